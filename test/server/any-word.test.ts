/** Schedules, tokens, tags and grid cells under words that every object knows: names like any other, or refused like any other. */
import { setTimeout as sleep } from 'node:timers/promises';
import { startWorker, type RunningWorker } from '../../src/cli/processes/in-process-worker.js';
import { cloneScenario } from '../../src/levers/own-scenarios.js';
import { tokenAccess } from '../../src/server/access.js';
import { parseTokens } from '../../src/server/tokens.js';
import { createLogger } from '../../src/shared/log.js';
import { bodyOf, problemIn, startApi, type ApiRig } from './rig.js';

const WORDS = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'prototype', 'valueOf', 'then'];
const NAMES = WORDS.filter((word) => !word.startsWith('_'));

let rig: ApiRig;
let worker: RunningWorker;
beforeAll(async () => {
  rig = await startApi();
  worker = await startWorker(rig.config, createLogger(rig.config));
});
afterAll(async () => {
  await worker.close();
  await rig.close();
});

test.each(NAMES)('a schedule %s is created, shown, paused, listed and deleted', async (name) => {
  const address = `/api/schedules/${name}`;
  expect((await rig.ask(address)).status).toBe(404);
  const created = await rig.post('/api/schedules', { name, cron: '0 6 1 1 *', note: name });
  expect(await created.json()).toMatchObject({ name, note: name, started: 0 });
  expect(await (await rig.post(`${address}/pause`, { reason: name })).json()).toMatchObject({
    name,
    paused: true,
    note: name,
  });
  const listed = async (): Promise<boolean> =>
    (await bodyOf(rig.client.api.schedules.$get())).schedules.some((one) => one.name === name);
  while (!(await listed())) await sleep(100);
  expect((await rig.ask(address, { method: 'DELETE' })).status).toBe(204);
  expect((await rig.ask(address)).status).toBe(404);
});

test('a schedule __proto__ is refused by its field', async () => {
  expect(await problemIn(rig.post('/api/schedules', { name: '__proto__', cron: '@daily' }))).toMatchObject({
    status: 422,
    code: 'REQUEST_INVALID',
    fields: { field: 'name', value: '__proto__' },
  });
});

test('a grid over scenarios of such names has a cell for each, and its runs take such tags', async () => {
  const by = 'ann';
  for (const name of NAMES)
    await cloneScenario(rig.config, {
      source: 'default',
      name,
      inherit: false,
      description: name,
      by,
      reason: 'try',
    });
  const asked = { targets: [2], scenarios: NAMES, years: '2025-2026', tolerance: 5 };
  expect((await rig.post('/api/grids', asked, { 'idempotency-key': 'constructor' })).status).toBe(202);
  const show = () => bodyOf(rig.client.api.grids[':id'].$get({ param: { id: 'constructor' } }));
  let seen = await show();
  for (; seen.status === 'running'; seen = await show()) await sleep(100);
  expect(seen).toMatchObject({
    status: 'completed',
    result: { counts: { cells: NAMES.length, converged: NAMES.length } },
  });
  const cells = seen.result?.cells ?? [];
  expect(cells.map(({ scenario }) => scenario)).toEqual(NAMES);
  // Copies of one scenario give equal figures, each its own.
  expect(new Set(cells.map(({ final_growth }) => final_growth)).size).toBe(1);

  const run = cells[0]?.run_id ?? '';
  const marks = await rig.ask(`/api/runs/${run}/marks`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ tags: NAMES }),
  });
  expect(await marks.json()).toMatchObject({ tags: NAMES });
  for (const tag of NAMES) {
    const { runs } = (await (await rig.ask(`/api/runs?find=${encodeURIComponent(`tag:${tag}`)}`)).json()) as {
      runs: { run_id: string }[];
    };
    expect(runs.map(({ run_id }) => run_id)).toEqual([run]);
  }
});

test('tokens of users of such names tell who asks', async () => {
  const entries = WORDS.map((user) => ({ user, role: 'viewer', token: user.padEnd(24, 'x') }));
  const access = tokenAccess(parseTokens(JSON.stringify(entries), 'tokens'));
  for (const { user, token } of entries) {
    expect(access.identify(token, undefined)).toMatchObject({ user, role: 'viewer' });
    expect(() => access.identify(user, undefined)).toThrow('token');
    const answer = await rig.ask('/api/session', { headers: { authorization: `Bearer ${token}` } }, access);
    expect(await answer.json()).toMatchObject({ user, role: 'viewer' });
  }
});
