/** Companies of a home: versions, the pointer, the one in use; what is damaged, unknown or moved is refused by name. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { companyConfig, companyInUse } from '../../src/companies/company-config.js';
import { Companies } from '../../src/companies/companies.js';
import { loadConfig, rootConfig, type Config } from '../../src/config.js';
import { borrowSample } from './borrowed-company.js';

let home: string;
let config: Config;
let companies: Companies;

beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'meritloop-companies-'));
  config = loadConfig({ home, logLevel: 'silent' }, {});
  companies = new Companies(config);
});
afterEach(() => rm(home, { recursive: true, force: true }));

const listed = async () =>
  (await companies.list()).map(({ company, version, in_use }) => [company, version, in_use]);

test('a home of its own has the sample, which is in use', async () => {
  expect(await listed()).toEqual([['sample', null, true]]);
  expect(await companies.show('sample')).toMatchObject({
    employees: 5000,
    active: 4397,
    as_of: '2024-12-31',
  });
});

test('a company stands beside the sample, with a home and a namespace of its own on the same server', async () => {
  await borrowSample(config, 'acme');
  expect(await listed()).toEqual([
    ['sample', null, true],
    ['acme', 1, false],
  ]);
  const of = companyConfig(config, 'acme');
  expect(of).toMatchObject({
    home: path.join(home, 'companies', 'acme'),
    company: { name: 'acme', version: 1 },
    temporalNamespace: 'default-acme',
  });
  expect(rootConfig(of)).toEqual(config);
  expect(companyConfig(of, 'sample')).toEqual(config);
});

test('the one in use is what is meant without a name, until it is removed', async () => {
  await borrowSample(config, 'acme');
  await companies.use('acme');
  expect(companyInUse(home)).toBe('acme');
  await companies.remove('acme');
  expect(companyInUse(home)).toBe('sample');
  expect(await readdir(path.join(home, 'companies'))).toEqual(['in-use.json']);
});

test('versions are numbered, an earlier one comes back as the newest, and each says who made it and why', async () => {
  await borrowSample(config, 'acme', { reason: 'first' });
  await borrowSample(config, 'acme', { expected: 1, reason: 'second' });
  await companies.rollback('acme', 1, { by: 'bob', reason: 'too early' });
  expect(
    (await companies.history('acme')).map(({ version, by, action, reason }) => ({
      version,
      by,
      action,
      reason,
    })),
  ).toEqual([
    { version: 1, by: 'ann', action: 'add', reason: 'first' },
    { version: 2, by: 'ann', action: 'add', reason: 'second' },
    { version: 3, by: 'bob', action: 'rollback', reason: 'too early' },
  ]);
  expect(companyConfig(config, 'acme').seeds).toBe(
    path.join(home, 'companies', 'acme', 'versions', '3', 'seeds'),
  );
});

test('of two who change the same version one is told who was first', async () => {
  await borrowSample(config, 'acme');
  const outcomes = await Promise.allSettled([
    borrowSample(config, 'acme', { expected: 1, by: 'bob', reason: 'one' }),
    borrowSample(config, 'acme', { expected: 1, by: 'eve', reason: 'two' }),
  ]);
  const [winner] = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  const [refused] = outcomes.flatMap((outcome) =>
    outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
  );
  expect(winner).toMatchObject({ version: 2 });
  expect(refused).toMatchObject({ code: 'COMPANY_MOVED', fields: { expected: 1, found: 2, by: winner?.by } });
  expect(await companies.history('acme')).toHaveLength(2);
});

test.each([
  ['an unknown one', () => companies.show('nobody'), 'COMPANY_UNKNOWN'],
  ['an unknown version', () => companies.show('acme', 9), 'COMPANY_VERSION_UNKNOWN'],
  ['a version of the sample', () => companies.show('sample', 1), 'COMPANY_VERSION_UNKNOWN'],
  ['the sample rolled back', () => companies.rollback('sample', 1, NOTE), 'COMPANY_FIXED'],
  ['the sample removed', () => companies.remove('sample'), 'COMPANY_FIXED'],
  ['a path as a name', () => companies.show('../acme'), 'REQUEST_INVALID'],
  ['capital letters', () => companies.use('Acme'), 'REQUEST_INVALID'],
  ['constructor', () => companies.show('constructor'), 'COMPANY_UNKNOWN'],
])('%s is refused', async (_, ask, code) => {
  await borrowSample(config, 'acme');
  await expect(ask()).rejects.toMatchObject({ code });
  expect(await listed()).toHaveLength(2);
});

const NOTE = { by: 'ann', reason: 'a test' };

test.each([
  'company.json',
  'versions/1/version.json',
  'versions/1/census.parquet',
  'versions/1/seeds/config_workforce.csv',
])('damage in %s is found before anything is planned with it', async (file) => {
  await borrowSample(config, 'acme');
  const damaged = path.join(home, 'companies', 'acme', file);
  const before = await readFile(damaged);
  await writeFile(damaged, Buffer.concat([before.subarray(0, before.length / 2), Buffer.from('x')]));
  await expect(companies.show('acme')).rejects.toMatchObject({
    code: 'STORED_FILE_DAMAGED',
    message: expect.stringContaining(damaged),
  });
});
