/** The container files say what the code says: versions, variables, ports, commands and paths. No container is started. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { runInProcess } from '../cli/capture.js';
import { atLeast } from '../../src/cli/doctor/finding.js';
import { loadConfig } from '../../src/config.js';
import { COMPOSE, copiesOf, instructions, ofStage, read, ROOT, serviceOf } from './files.js';

const run = promisify(execFile);
const manifest = JSON.parse(read('package.json')) as { version: string; engines: { node: string } };
const OURS = ['worker', 'client'];

/** An ENV instruction or a CMD in exec form. */
const execForm = (text: string | undefined): string[] => JSON.parse(text ?? '[]') as string[];
const imageVariables = (): Record<string, string> =>
  Object.fromEntries(
    ofStage('runtime', 'ENV').flatMap((line) =>
      line.split(/\s+/).map((pair) => pair.split('=') as [string, string]),
    ),
  );

describe('linters', () => {
  test('hadolint has nothing to say about the Dockerfile', async () => {
    const hadolint = path.join(ROOT, '.cache', 'test-tools', 'bin', 'hadolint');
    const { stdout } = await run(hadolint, ['--format', 'json', path.join(ROOT, 'Dockerfile')]).catch(
      (error: { stdout: string }) => error,
    );
    expect(JSON.parse(stdout)).toEqual([]);
  });

  test('docker-compose.yml keeps to the schema of Compose files', async () => {
    const dclint = path.join(ROOT, 'node_modules', 'dclint', 'bin', 'dclint.cjs');
    const settings = path.join(ROOT, 'test', 'containers', 'dclint.json');
    const args = [dclint, '--formatter', 'json', '--config', settings, path.join(ROOT, 'docker-compose.yml')];
    const { stdout } = await run(process.execPath, args, { env: { PATH: process.env['PATH'] } }).catch(
      (error: { stdout: string }) => error,
    );
    const [{ messages }] = JSON.parse(stdout) as [{ messages: unknown[] }];
    expect(messages).toEqual([]);
  });
});

describe('versions', () => {
  test('Node of the image is one that the package runs on', () => {
    const { value } = instructions().find(({ name }) => name === 'ARG') ?? { value: '' };
    const [, version = ''] = /^NODE_VERSION=(\d+\.\d+\.\d+)$/.exec(value) ?? [];
    expect(atLeast(version, manifest.engines.node.replace('>=', ''))).toBe(true);
  });

  test('Temporal and its web page are those of the embedded server', async () => {
    const { stdout } = await run(path.join(ROOT, '.venv', 'bin', 'temporal'), ['--version']);
    const [, server, ui] = /\(Server ([\d.]+), UI ([\d.]+)\)/.exec(stdout) ?? [];
    expect(serviceOf('temporal').image).toBe(`temporalio/server:${server}`);
    expect(serviceOf('temporal-schema').image).toBe(`temporalio/admin-tools:${server}`);
    expect(serviceOf('temporal-namespace').image).toBe(`temporalio/admin-tools:${server}`);
    expect(serviceOf('temporal-ui').image).toBe(`temporalio/ui:${ui}`);
  });

  test.each(Object.entries(COMPOSE.services).map(([name, { image }]) => [name, image]))(
    '%s runs an exact version: %s',
    (_, image) => {
      expect(image).toMatch(/:\d+\.\d+(\.\d+)?(-[a-z]+)?$/);
    },
  );

  test('our own image has the version of the package', () => {
    expect(serviceOf('worker').image).toBe(`meritloop:${manifest.version}`);
  });
});

describe('variables', () => {
  /** What the program reads, by its own source. */
  const known = new Set(read('src/config.ts').match(/\b(?:MERITLOOP|TEMPORAL)_[A-Z_]+/g));

  test.each(OURS)('%s is given only variables that the program reads', (name) => {
    expect(Object.keys(serviceOf(name).environment).filter((variable) => !known.has(variable))).toEqual([]);
  });

  test('the image sets only variables that the program or its tools read', () => {
    const own = Object.keys(imageVariables()).filter((variable) => variable.startsWith('MERITLOOP_'));
    expect(own.filter((variable) => !known.has(variable))).toEqual([]);
  });

  test('a worker finds the server, its home and its queue by them', () => {
    const {
      projectRoot: _,
      seeds: __,
      census: ___,
      ...config
    } = loadConfig({}, serviceOf('worker').environment, '/app');
    expect(config).toEqual({
      home: '/data/home',
      company: { name: 'sample', version: undefined },
      cache: '/data/cache',
      logLevel: 'info',
      temporalAddress: 'temporal:7233',
      inputFolders: [],
      nexus: false,
      smallestCell: 5,
      temporalNamespace: loadConfig({}, {}).temporalNamespace,
      taskQueue: loadConfig({}, {}).taskQueue,
    });
    const { home, cache } = loadConfig({}, imageVariables(), '/app');
    expect({ home, cache }).toEqual({ home: config.home, cache: config.cache });
  });

  test('no value that differs from place to place is fixed: each has a default for development', () => {
    const references = read('docker-compose.yml').match(/(?<!\$)\$\{[^}]*\}/g) ?? [];
    expect(references.filter((reference) => !/^\$\{[A-Z_]+:-[^}]+\}$/.test(reference))).toEqual([]);
    const secrets = read('docker-compose.yml').match(/^.*(PASSWORD|PWD|SECRET|KEY|TOKEN):.*$/gm) ?? [];
    expect(secrets.filter((line) => !line.includes('${'))).toEqual([]);
  });
});

describe('ports', () => {
  const published = Object.entries(COMPOSE.services).flatMap(([name, { ports }]) =>
    ports.map((port) => [name, port] as const),
  );

  test('are published to this machine alone', () => {
    expect(published).toEqual([
      ['temporal', '127.0.0.1:7233:7233'],
      ['temporal-ui', '127.0.0.1:8233:8080'],
    ]);
  });

  test('everybody asks for Temporal and PostgreSQL where they listen', () => {
    for (const name of [...OURS, 'temporal-namespace', 'temporal-ui'])
      expect(serviceOf(name).environment['TEMPORAL_ADDRESS']).toBe('temporal:7233');
    const { environment } = serviceOf('temporal');
    expect([environment['POSTGRES_SEEDS'], environment['DB_PORT']]).toEqual(['postgresql', '5432']);
    const schema = serviceOf('temporal-schema').environment;
    expect([schema['SQL_HOST'], schema['SQL_PORT'], schema['SQL_PLUGIN']]).toEqual([
      'postgresql',
      environment['DB_PORT'],
      environment['DB'],
    ]);
  });
});

describe('commands', () => {
  const health = execForm(ofStage('runtime', 'HEALTHCHECK')[0]?.split(' CMD ')[1]);

  test.each([
    ['the image', execForm(ofStage('runtime', 'CMD')[0])],
    ['its health check', health.slice(2)],
    ...OURS.map((name) => [name, serviceOf(name).command ?? []] as const),
  ])('%s calls one that the command line has', async (_, command) => {
    const { exitCode, stdout } = await runInProcess([...command, '--help'], tmpdir());
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(new RegExp(`^Usage: meritloop ${command[0]} `));
  });

  test('are in exec form, so that a signal reaches the program', () => {
    const entry = execForm(ofStage('runtime', 'ENTRYPOINT')[0]);
    expect(entry).toEqual(['node', '/app/bin/meritloop']);
    expect(health.slice(0, 2)).toEqual(entry);
  });
});

describe('safety', () => {
  test.each(OURS)('%s writes to the volume and /tmp alone, as a normal user', (name) => {
    const { read_only, tmpfs, cap_drop, security_opt, volumes, environment } = serviceOf(name);
    expect({ read_only, tmpfs, cap_drop, security_opt, volumes }).toEqual({
      read_only: true,
      tmpfs: ['/tmp'],
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      volumes: ['meritloop:/data'],
    });
    expect(environment['MERITLOOP_HOME']).toMatch(/^\/data\//);
    expect(ofStage('runtime', 'USER')).toEqual(['1000:1000']);
  });

  test.each(
    Object.entries(COMPOSE.services).flatMap(([name, { depends_on }]) =>
      Object.entries(depends_on).map(([other, { condition }]) => [name, other, condition] as const),
    ),
  )('%s waits for %s until it is %s', (_, other, condition) => {
    const hasCheck = serviceOf(other).healthcheck !== undefined;
    expect(condition).toBe(hasCheck ? 'service_healthy' : 'service_completed_successfully');
  });

  test('only the one-shot client is left out of a plain start', () => {
    const left = Object.entries(COMPOSE.services).filter(([, { profiles }]) => profiles.length > 0);
    expect(left.map(([name]) => name)).toEqual(['client']);
  });
});

describe('files', () => {
  const stages = ['build', 'runtime'];
  const fromProject = stages.flatMap((stage) => copiesOf(stage)).filter(({ from }) => from === undefined);
  const allowed = read('.dockerignore')
    .split('\n')
    .filter((line) => line.startsWith('!'))
    .map((line) => line.slice(1));

  test('what is copied exists and is let through by .dockerignore, and nothing else is', () => {
    const copied = [...new Set(fromProject.flatMap(({ sources }) => sources))];
    expect(copied.filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
    expect(allowed.toSorted()).toEqual(copied.toSorted());
  });
});
