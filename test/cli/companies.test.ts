/** Companies on the command line: each command is about one of them, and says which. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadConfig } from '../../src/config.js';
import { borrowSample } from '../companies/borrowed-company.js';
import { runMeritloop } from './run-meritloop.js';

let home: string;

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'meritloop-cli-companies-'));
  const config = loadConfig({ home, logLevel: 'silent' }, {});
  await borrowSample(config, 'acme');
  await borrowSample(config, 'globex');
});
afterAll(() => rm(home, { recursive: true, force: true }));

const ask = async (argv: readonly string[], env: Record<string, string> = {}) => {
  const { exitCode, stdout, stderr } = await runMeritloop(['--json', ...argv], {
    MERITLOOP_HOME: home,
    ...env,
  });
  const document = stdout === '' ? {} : (JSON.parse(stdout) as Record<string, unknown>);
  return { exitCode, document, stderr };
};

test('the company of --company comes before that of the environment, and that before the one in use', async () => {
  const asked = async (argv: readonly string[], env: Record<string, string> = {}) =>
    (await ask([...argv, 'levers', 'history'], env)).document['company'];
  expect(await asked([])).toBe('sample');
  expect((await ask(['company', 'use', 'acme'])).document).toMatchObject({ company: 'acme', version: 1 });
  expect(await asked([])).toBe('acme');
  expect(await asked([], { MERITLOOP_COMPANY: 'globex' })).toBe('globex');
  expect(await asked(['--company', 'sample'], { MERITLOOP_COMPANY: 'globex' })).toBe('sample');
  expect((await ask(['company', 'list'])).document['companies']).toMatchObject([
    { company: 'sample', in_use: false },
    { company: 'acme', in_use: true },
    { company: 'globex', in_use: false },
  ]);
});

test('runs of two companies may bear the same name, and each is listed where it belongs', async () => {
  for (const company of ['acme', 'globex']) {
    const { exitCode, document } = await ask([
      '--company',
      company,
      'optimize',
      '--target',
      '3',
      '--id',
      'first',
    ]);
    expect({ exitCode, document }).toMatchObject({ exitCode: 0, document: { company, company_version: 1 } });
  }
  for (const company of ['acme', 'globex', 'sample'])
    expect((await ask(['--company', company, 'runs', 'list'])).document['runs']).toHaveLength(
      company === 'sample' ? 0 : 1,
    );
});

test('a text says whose plan it is', async () => {
  const first = async (...argv: string[]) =>
    (await runMeritloop(argv, { MERITLOOP_HOME: home })).stdout.split('\n', 1)[0];
  expect(await first('--company', 'globex', 'runs', 'list')).toBe('Company globex, version 1');
  expect(await first('--company', 'sample', 'simulate', '--years', '2025-2025')).toMatch(/^Company sample: /);
});

test.each([
  ['an unknown company', ['--company', 'nobody', 'runs', 'list'], 2, 'COMPANY_UNKNOWN'],
  ['one that is no name', ['--company', '../acme', 'runs', 'list'], 2, 'REQUEST_INVALID'],
  ['a removal that nobody confirmed', ['company', 'remove', 'acme'], 2, 'REQUEST_INVALID'],
  [
    'a rollback to a version that is not there',
    ['--company', 'acme', 'company', 'rollback', '7'],
    2,
    'COMPANY_VERSION_UNKNOWN',
  ],
  ['a removal of the sample', ['company', 'remove', 'sample', '--yes'], 2, 'COMPANY_FIXED'],
])('%s is refused', async (_, argv, exitCode, code) => {
  expect(await ask(argv)).toMatchObject({ exitCode, document: { error: { code } } });
});

test('after the one in use was removed, commands mean the sample; where its folder is gone they say so', async () => {
  expect(await ask(['company', 'use', 'globex'])).toMatchObject({ exitCode: 0 });
  expect(await ask(['company', 'remove', 'globex', '--yes'])).toMatchObject({ exitCode: 0 });
  expect((await ask(['levers', 'history'])).document).toMatchObject({ company: 'sample' });
  await writeFile(path.join(home, 'companies', 'in-use.json'), '{"company":"globex"}\n');
  expect(await ask(['levers', 'history'])).toMatchObject({
    document: { error: { code: 'COMPANY_UNKNOWN' } },
  });
  expect(await ask(['company', 'use', 'sample'])).toMatchObject({ exitCode: 0 });
  expect(await ask(['levers', 'history'])).toMatchObject({ exitCode: 0, document: { company: 'sample' } });
});
