/** Companies over the API: each request is about one, and nothing of one is in the answer about another. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connectMeritloop, type MeritloopClient } from '../../src/client/meritloop.js';
import { loadConfig, type Config } from '../../src/config.js';
import { createLogger } from '../../src/shared/log.js';
import { sha256, systemAccess, tokenAccess } from '../../src/server/access.js';
import type { Listening } from '../../src/server/listen.js';
import { startServer } from '../../src/server/start.js';
import { borrowSample } from '../companies/borrowed-company.js';

let home: string;
let config: Config;
let client: MeritloopClient;
let server: Listening;
let guarded: Listening;

const HOLDERS = (['viewer', 'analyst', 'approver'] as const).map((role) => ({
  user: role,
  role,
  sha256: sha256(`token of the ${role}`),
}));

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'meritloop-api-companies-'));
  config = loadConfig({ home, logLevel: 'silent' }, {});
  const logger = createLogger(config);
  client = await connectMeritloop({ config, logger });
  await borrowSample(config, 'acme');
  await borrowSample(config, 'globex');
  const options = { config, logger, client, version: '0', host: '127.0.0.1', port: 0 };
  server = await startServer({ ...options, access: systemAccess('ann') });
  guarded = await startServer({ ...options, access: tokenAccess(HOLDERS) });
});
afterAll(async () => {
  await server.close();
  await guarded.close();
  await client.close();
  await rm(home, { recursive: true, force: true });
});

const ask = async (address: string, init: RequestInit = {}, at = server) => {
  const response = await fetch(`${at.url}${address}`, init);
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
};
const send = (method: string, body: unknown): RequestInit => ({
  method,
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json' },
});

test('the companies are listed, with the one that a request without a name is about', async () => {
  const { body } = await ask('/api/companies');
  expect(body).toMatchObject({
    asked: 'sample',
    companies: [{ company: 'sample' }, { company: 'acme', version: 1 }, { company: 'globex', version: 1 }],
  });
  expect((await ask('/api/companies?company=acme')).body).toMatchObject({ asked: 'acme' });
});

test('levers that are set for one company are those of no other', async () => {
  const levers = async (query: string) => (await ask(`/api/levers${query}`)).body;
  const { lever_set } = (await levers('?company=acme')) as { readonly lever_set: string };
  const moved = await ask(
    '/api/levers/publish?company=acme',
    send('POST', {
      scenario: 'default',
      expected: lever_set,
      changes: [{ fiscal_year: 2025, job_level: 1, parameter_name: 'merit_base', value: 0.0123 }],
      reason: 'a test',
    }),
  );
  expect(moved.status).toBe(200);
  expect(await levers('?company=acme')).not.toMatchObject({ lever_set });
  for (const other of ['', '?company=sample', '?company=globex'])
    expect(await levers(other)).toMatchObject({ lever_set });
});

test('a company that gets a new version is answered for as it is then', async () => {
  expect((await ask('/api/companies/globex')).body).toMatchObject({ version: 1 });
  await borrowSample(config, 'globex', { expected: 1 });
  expect((await ask('/api/companies/globex?company=globex')).body).toMatchObject({ version: 2 });
  const back = await ask('/api/companies/globex/rollback', send('POST', { version: 1, reason: 'a test' }));
  expect(back).toMatchObject({ status: 200, body: { version: 3, action: 'rollback', by: 'ann' } });
  expect((await ask('/api/companies/globex/history')).body).toMatchObject({
    versions: [{ version: 3 }, { version: 2 }, { version: 1 }],
  });
});

test('a file is sent, looked at with its questions, answered, and is a company with settings', async () => {
  const file =
    'id;dob;start date;salary;currency\n1;09.05.1980;15.03.2010;60.000,00;EUR\n2;19.05.1985;25.03.2012;90.000,00;EUR\n';
  const sent = await ask('/api/company-files?name=people.csv', {
    method: 'PUT',
    body: file,
    headers: { 'content-type': 'application/octet-stream' },
  });
  expect(sent).toMatchObject({ status: 201, body: { name: 'people.csv' } });
  const start = { file: sent.body['file'], name: 'initech' };
  const looked = await ask('/api/companies', send('POST', { ...start, dry_run: true }));
  expect(looked).toMatchObject({
    status: 200,
    body: {
      version: null,
      currency: 'EUR',
      employees: 2,
      questions: [{ code: 'AS_OF', options: ['2012-03-31'] }],
    },
  });
  expect(await ask('/api/companies', send('POST', start))).toMatchObject({
    status: 422,
    body: { code: 'CENSUS_QUESTIONS' },
  });
  const made = await ask('/api/companies', send('POST', { ...start, answers: { as_of: '2024-12-31' } }));
  expect(made).toMatchObject({ status: 201, body: { company: 'initech', version: 1, active: 2 } });
  expect(await ask('/api/companies', send('POST', start))).toMatchObject({
    status: 404,
    body: { code: 'UPLOAD_UNKNOWN' },
  });
  const settings = await ask('/api/companies/initech/settings');
  expect(settings.body['settings']).toContainEqual(
    expect.objectContaining({ name: 'start_year', value: 2025 }),
  );
  const changes = { changes: [{ setting: 'headcount_growth', value: 0.01 }], reason: 'a test' };
  expect(await ask('/api/companies/initech/settings', send('PUT', changes))).toMatchObject({
    status: 200,
    body: { version: 2, action: 'set', reason: 'a test' },
  });
  expect((await ask('/api/levers?company=initech')).body).toMatchObject({
    years: [2025, 2026, 2027, 2028, 2029],
  });
});

test.each([
  ['an unknown one', '/api/levers?company=nobody', 404, 'COMPANY_UNKNOWN'],
  ['one that is no name', '/api/levers?company=..%2Facme', 422, 'REQUEST_INVALID'],
  ['an unknown version', '/api/companies/acme?version=7', 404, 'COMPANY_VERSION_UNKNOWN'],
])('%s is refused by name', async (_, address, status, code) => {
  expect(await ask(address)).toMatchObject({ status, body: { code } });
});

test('who may not ask learns of no company', async () => {
  for (const address of ['/api/levers?company=nobody', '/api/levers?company=acme', '/api/companies'])
    expect(await ask(address, {}, guarded)).toMatchObject({ status: 401, body: { code: 'TOKEN_MISSING' } });
});

test.each([
  ['viewer', 403],
  ['analyst', 403],
  ['approver', 204],
])('a %s who removes a company gets %i', async (role, status) => {
  const headers = { authorization: `Bearer token of the ${role}` };
  expect((await ask('/api/companies/acme', { method: 'DELETE', headers }, guarded)).status).toBe(status);
});
