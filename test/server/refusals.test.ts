/** How the API refuses: unknown things, broken rules, foreign pages, wrong tokens, paths that lead elsewhere. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { tokenAccess } from '../../src/server/access.js';
import { parseTokens } from '../../src/server/tokens.js';
import { problemIn, startApi, type ApiRig } from './rig.js';

let rig: ApiRig;
beforeAll(async () => {
  rig = await startApi();
});
afterAll(() => rig.close());

describe('refusals', () => {
  const NOWHERE = '0'.repeat(32);
  test.each([
    ['an unknown route', '/api/nothing', 404, 'ROUTE_UNKNOWN'],
    ['an unknown run', '/api/runs/nobody', 404, 'RUN_UNKNOWN'],
    ['an unknown simulation', `/api/simulations/${NOWHERE}/results`, 404, 'SIMULATION_UNKNOWN'],
    ['an unknown job', '/api/simulation-jobs/none/events', 404, 'JOB_UNKNOWN'],
    ['an unknown schedule', '/api/schedules/none', 404, 'SCHEDULE_UNKNOWN'],
    ['an unknown census', `/api/censuses/${'0'.repeat(64)}`, 404, 'CENSUS_UNKNOWN'],
    ['an unknown lever set', `/api/levers?lever_set=${'0'.repeat(64)}`, 404, 'LEVER_SET_UNKNOWN'],
    ['an unknown scenario', '/api/levers?scenario=none', 404, 'SCENARIO_UNKNOWN'],
    ['a path that is no id', '/api/simulations/..%2F..%2Fetc/results', 422, 'REQUEST_INVALID'],
    ['a number out of range', '/api/runs?limit=0', 422, 'REQUEST_INVALID'],
  ])('%s is %s: %i %s', async (_, address, status, code) => {
    expect(await problemIn(rig.ask(address))).toMatchObject({
      status,
      code,
      type: `urn:meritloop:error:${code}`,
      instance: address.split('?')[0],
      detail: expect.any(String),
      hint: expect.any(String),
    });
  });

  test('every broken rule of a body is named with its path and value', async () => {
    const changes = [{ fiscal_year: 2025, job_level: 99, parameter_name: 'merit_base', value: 'much' }];
    const answer = rig.post('/api/levers/validate', { changes, colour: 'red' });
    const { errors, ...problem } = await problemIn(answer);
    expect(problem).toMatchObject({ status: 422, code: 'REQUEST_INVALID' });
    expect(errors).toEqual([
      { where: 'body', field: 'changes.0.job_level', value: '99', rule: 'must be at most 40', line: null },
      { where: 'body', field: 'changes.0.value', value: 'much', rule: 'must be number', line: null },
      { where: 'body', field: 'colour', value: 'red', rule: 'is no known key', line: null },
    ]);
  });

  test('what is no JSON is refused as such', async () => {
    expect(await problemIn(rig.post('/api/levers/validate', '{'))).toMatchObject({
      status: 400,
      code: 'BODY_UNREADABLE',
    });
  });

  test('a known path names the methods that it takes', async () => {
    const response = await rig.ask('/api/levers', { method: 'DELETE' });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET']);
  });

  test.each([
    '/api/levers/validate',
    '/api/runs',
    '/api/grids',
    '/api/simulations',
    '/api/schedules',
    '/api/impact',
  ])('a body of 100,000 levels to %s is refused, not looked through', async (address) => {
    const deep = `{"changes":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect(await problemIn(rig.post(address, deep))).toMatchObject({
      status: 400,
      code: 'BODY_UNREADABLE',
      detail: expect.stringContaining('64 levels') as unknown,
    });
  });

  test.each([
    ['another name', { host: 'evil.example.org' }, 'HOST_REFUSED'],
    ['another name that ends like ours', { host: 'localhost.evil.example.org' }, 'HOST_REFUSED'],
    ['a page of another site', { origin: 'http://evil.example.org' }, 'ORIGIN_REFUSED'],
    ['a page of another port', { origin: 'http://localhost:9' }, 'ORIGIN_REFUSED'],
    ['a page that hides where it is from', { origin: 'null' }, 'ORIGIN_REFUSED'],
    ['a form of another site', { 'sec-fetch-site': 'cross-site' }, 'ORIGIN_REFUSED'],
  ])('a change asked under %s is refused', async (_, headers, code) => {
    expect(await problemIn(rig.post('/api/levers/validate', {}, headers))).toMatchObject({
      status: 403,
      code,
    });
  });

  test.each([{ host: 'plan.example.org' }, { host: '127.0.0.1:4680' }, { host: '[::1]:4680' }])(
    'the server is known as %j',
    async (headers) => {
      expect((await rig.ask('/api/health', { headers })).status).toBe(200);
    },
  );

  test('no script may stand in the page, and nothing of the API is cached', async () => {
    const { headers } = await rig.ask('/api/health');
    expect(headers.get('content-security-policy')).toMatch(/script-src 'self';/);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });
});

describe('tokens', () => {
  const holder = (user: string, role: string) => ({ user, role, token: `${user}-${'x'.repeat(20)}` });
  const access = tokenAccess(
    parseTokens(
      JSON.stringify([holder('vera', 'viewer'), holder('ann', 'analyst'), holder('ben', 'approver')]),
      't',
    ),
  );
  const as = (user: string) => ({ authorization: `Bearer ${holder(user, '').token}` });

  test.each([
    ['nobody', {}, '/api/levers', 401],
    ['a stranger', { authorization: `Bearer ${'y'.repeat(24)}` }, '/api/levers', 401],
    ['nobody, whether it lives', {}, '/api/health', 200],
    ['a viewer, levers', as('vera'), '/api/levers', 200],
    ['a viewer, rows', as('vera'), `/api/simulations/${'0'.repeat(32)}/rows`, 403],
    ['an analyst, rows', as('ann'), `/api/simulations/${'0'.repeat(32)}/rows`, 404],
    ['a viewer by cookie', { cookie: `meritloop_session=${holder('vera', '').token}` }, '/api/session', 200],
  ])('%s asking %j for %s gets %i', async (_, headers, address, status) => {
    expect((await rig.ask(address, { headers }, access)).status).toBe(status);
  });

  test.each([
    ['vera', '/api/simulations', 403],
    ['ann', '/api/levers/publish', 403],
    ['ann', '/api/runs/some/approve', 403],
    ['ben', '/api/runs/some/approve', 404],
  ])('%s posting to %s gets %i', async (user, address, status) => {
    const body = JSON.stringify({});
    const headers = { ...as(user), 'content-type': 'application/json' };
    expect((await rig.ask(address, { method: 'POST', headers, body }, access)).status).toBe(status);
  });

  test('a name in a header stands for nobody where tokens do', async () => {
    const headers = { ...as('vera'), 'meritloop-user': 'ben' };
    const answer = await rig.ask('/api/session', { headers }, access);
    expect(await answer.json()).toMatchObject({ user: 'vera', role: 'viewer', authenticated_by: 'token' });
  });

  test('signing in gives a cookie that no script reads', async () => {
    const body = JSON.stringify({ token: holder('ann', '').token });
    const headers = { 'content-type': 'application/json' };
    const answer = await rig.ask('/api/session', { method: 'POST', headers, body }, access);
    expect(answer.headers.get('set-cookie')).toMatch(/^meritloop_session=.*HttpOnly; SameSite=Strict$/);
  });

  test.each([
    ['no JSON', '[', 'it is no JSON'],
    ['a short token', '[{"user":"a","role":"viewer","token":"short"}]', '0.token'],
    ['an unknown role', '[{"user":"a","role":"king","token":"xxxxxxxxxxxxxxxxxxxx"}]', '0.role'],
    ...['\u200B', '\u3164', '\u2800', 'ben\u034F', 'ben\u0000'].map((user): [string, string, string] => [
      `the user ${JSON.stringify(user)}, who cannot be seen`,
      JSON.stringify([holder(user, 'approver')]),
      '0.user',
    ]),
    [
      'the same token twice',
      JSON.stringify([holder('a', 'viewer'), holder('a', 'viewer')]),
      'the same token',
    ],
  ])('a file with %s is refused without its tokens', (_, text, reason) => {
    const parse = () => parseTokens(text, 'tokens.json');
    expect(parse).toThrow(expect.objectContaining({ code: 'TOKENS_INVALID' }));
    expect(parse).toThrow(reason);
    expect(parse).not.toThrow('xxxx');
  });
});

describe('the page', () => {
  beforeAll(async () => {
    const folder = path.join(rig.config.home, 'page');
    await mkdir(path.join(folder, 'assets'), { recursive: true });
    await writeFile(path.join(folder, 'index.html'), '<p>page</p>');
    await writeFile(path.join(folder, 'assets', 'app-1a2b.js'), 'let a');
    await writeFile(path.join(rig.config.home, 'secret.txt'), 'kept apart');
  });

  test.each([
    ['/', 200, 'no-cache'],
    ['/runs/some-run?year=2025', 200, 'no-cache'],
    ['/assets/app-1a2b.js', 200, 'public, max-age=31536000, immutable'],
    ['/assets/app-gone.js', 404, null],
    ['/..%2Fsecret.txt', 404, null],
    ['/%2e%2e/secret.txt', 404, null],
  ])('%s is %i, cached %s', async (address, status, caching) => {
    const answer = await rig.ask(address);
    expect(answer.status).toBe(status);
    expect(await answer.text()).not.toContain('kept apart');
    const cached = answer.headers.get('cache-control');
    expect(cached === 'no-store' ? null : cached).toBe(caching);
  });
});
