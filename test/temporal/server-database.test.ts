/** What a kill or a disk does to the server's database, and to the server when all who used it are killed. */
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadConfig, type Config } from '../../src/config.js';
import { identify, isAlive } from '../../src/shared/files/process-identity.js';
import { acquireServer, serverStatus } from '../../src/temporal/embedded-server.js';
import { databaseProblem, databasesAside, prepareDatabase } from '../../src/temporal/server-database.js';
import { readServerRecord, serverPaths } from '../../src/temporal/server-record.js';
import { runMeritloop, startMeritloop } from '../cli/run-meritloop.js';

let root: string;
let sound: string;

const configOf = (home: string): Config => loadConfig({ home }, {});
const running = async (config: Config): Promise<boolean> => {
  const known = (await readServerRecord(config))?.process ?? null;
  return known !== null && isAlive(known);
};
const until = async (holds: () => Promise<boolean>): Promise<void> => {
  while (!(await holds())) await sleep(50);
};

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'meritloop-database-'));
  const config = configOf(path.join(root, 'sound'));
  await (await acquireServer(config)).release();
  sound = serverPaths(config).database;
});

afterAll(async () => {
  // The watchdog of a server that has just ended may still be writing its last file.
  await rm(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
});

test('a database that the server has made is sound, and is used again', async () => {
  const config = configOf(path.join(root, 'sound'));
  expect(await databaseProblem(config, true)).toBeUndefined();
  expect(await prepareDatabase(config)).toBeUndefined();
  await (await acquireServer(config)).release();
  expect(await databasesAside(config)).toEqual([]);
});

/** Each row spoils a copy of a sound database. */
const DAMAGE: readonly (readonly [name: string, spoil: (file: string) => Promise<void>])[] = [
  ['empty', (file) => truncate(file, 0)],
  ['cut within its head', (file) => truncate(file, 50)],
  ['cut in the middle', (file) => truncate(file, 300_000)],
  ['of another kind', (file) => writeFile(file, 'hello '.repeat(1000))],
  [
    'flipped here and there',
    async (file) => {
      const bytes = await readFile(file);
      for (let at = 5000; at < bytes.length; at += 997) bytes[at] = (bytes[at] ?? 0) ^ 255;
      await writeFile(file, bytes);
    },
  ],
  ['never finished', (file) => writeFile(`${file}.unfinished`, '')],
  [
    'without its last part',
    async (file) => {
      const { default: Database } = await import('libsql');
      const database = new Database(file);
      database.exec('drop trigger executions_visibility_au');
      database.close();
    },
  ],
];

const spoiled = async (name: string, spoil: (file: string) => Promise<void>): Promise<Config> => {
  const config = configOf(path.join(root, name));
  const { database, folder } = serverPaths(config);
  await mkdir(folder, { recursive: true });
  await copyFile(sound, database);
  await spoil(database);
  return config;
};

test.each(DAMAGE)('a database that is %s is found, and set aside as it is', async (name, spoil) => {
  const config = await spoiled(`damaged ${name}`, spoil);
  const bytes = await readFile(serverPaths(config).database);
  const problem = await databaseProblem(config);
  expect(problem).toEqual(expect.any(String));
  const aside = await prepareDatabase(config);
  expect(aside).toEqual({ file: expect.any(String) as unknown, problem });
  expect(await databasesAside(config)).toEqual([aside?.file]);
  expect(await readFile(aside?.file ?? '')).toEqual(bytes);
  expect(existsSync(serverPaths(config).database)).toBe(false);
});

test('doctor finds a damaged database and mends it; the next start makes a new one', async () => {
  const config = await spoiled('doctor', (file) => truncate(file, 300_000));
  const seen = async (...options: string[]) => {
    const { stdout } = await runMeritloop(['doctor', ...options, '--home', config.home, '--json']);
    const { checks } = JSON.parse(stdout) as {
      checks: { check: string; status: string; fix: string | null }[];
    };
    return checks.find(({ check }) => check === 'Server database');
  };
  expect(await seen()).toMatchObject({ status: 'fail', fix: expect.stringContaining('--repair') as unknown });
  expect(await databasesAside(config)).toEqual([]);
  expect(await seen('--repair')).toMatchObject({ status: 'pass' });
  expect(await databasesAside(config)).toHaveLength(1);
  const lease = await acquireServer(config);
  expect(await serverStatus(config)).toMatchObject({ healthy: true });
  await lease.release();
  expect(await databaseProblem(config, true)).toBeUndefined();
});

// Later and later: before its database is there, while it is made, and after.
test.each([0, 60, 500])(
  'when the first start is killed %i ms on, the next one works and says what it did',
  async (ms) => {
    const config = configOf(path.join(root, `killed ${ms}`));
    const { folder } = serverPaths(config);
    const command = startMeritloop(['server', '--home', config.home]);
    await until(async () => existsSync(folder) && (await readdir(folder)).includes('server.json'));
    await sleep(ms);
    command.process.kill('SIGKILL');
    const server = (await readServerRecord(config))?.process ?? null;
    if (server !== null && isAlive(server)) process.kill(-server.pid, 'SIGKILL');
    await command.finished;

    const warnings: unknown[] = [];
    const logger = { warn: (fields: unknown) => warnings.push(fields), error: () => undefined };
    const lease = await acquireServer(config, logger as never);
    expect(await serverStatus(config)).toMatchObject({ healthy: true });
    await lease.release();
    const aside = await databasesAside(config);
    expect(warnings).toEqual(aside.map((file) => ({ file, problem: expect.any(String) as unknown })));
    expect(await databaseProblem(config, true)).toBeUndefined();
  },
);

test('a server whose holders were all killed ends by itself', async () => {
  const home = path.join(root, 'orphan');
  const config = configOf(home);
  const command = startMeritloop(['server', '--home', home]);
  await until(async () => (await serverStatus(config)).healthy);
  const server = (await readServerRecord(config))?.process;
  command.process.kill('SIGKILL');
  await command.finished;
  await until(async () => !(await running(config)));
  expect(server).toBeDefined();
  await until(async () => (await readServerRecord(config))?.process === null);
});

test('a server that no record names is ended before another one is started on its database', async () => {
  const home = path.join(root, 'stray');
  const config = configOf(home);
  const { folder, lock, record } = serverPaths(config);
  const command = startMeritloop(['server', '--home', home]);
  await until(async () => (await serverStatus(config)).healthy);
  const server = (await readServerRecord(config))?.process ?? identify(0);
  await until(() => Promise.resolve(!existsSync(lock)));
  command.process.kill('SIGSTOP');
  // As if its starter had been killed right after starting it.
  await rm(record);
  const lease = await acquireServer(config);
  expect(isAlive(server)).toBe(false);
  expect(await serverStatus(config)).toMatchObject({ healthy: true });
  command.process.kill('SIGKILL');
  await command.finished;
  await lease.release();
  expect(await readdir(folder)).toContain('temporal.db');
});

test.each(['a#b', 'a?b=c', 'a%20b', 'a \'b\' "c"', 'größe 数', 'a;b&c', 'a[b]*'])(
  'the database of the home %j is in that home',
  async (name) => {
    const parent = await mkdtemp(path.join(root, 'names-'));
    const config = configOf(path.join(parent, name));
    const lease = await acquireServer(config);
    await lease.release();
    expect(await readdir(parent)).toEqual([name]);
    expect(await readdir(serverPaths(config).folder)).toContain('temporal.db');
    expect(await databaseProblem(config, true)).toBeUndefined();
  },
);
