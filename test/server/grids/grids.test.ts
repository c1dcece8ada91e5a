/** Grids over the API: started once for each key, read while they run and after, and refused. A real worker simulates. */
import { setTimeout as sleep } from 'node:timers/promises';
import { startWorker, type RunningWorker } from '../../../src/cli/processes/in-process-worker.js';
import { createLogger } from '../../../src/shared/log.js';
import { bodyOf, problemIn, startApi, type ApiRig } from '../rig.js';

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

const REQUEST = { targets: '2..3', years: '2025-2026', tolerance: 1 };
const key = (text: string) => ({ 'idempotency-key': text });
const show = (id: string) => bodyOf(rig.client.api.grids[':id'].$get({ param: { id } }));
const list = async () => (await bodyOf(rig.client.api.grids.$get())).grids;

test('a grid is started once for a key, and read until its table is whole', async () => {
  const started = await rig.post('/api/grids', REQUEST, key('board'));
  expect(started.status).toBe(202);
  expect(await started.json()).toEqual({
    grid_id: 'board',
    workflow_id: 'grid/board',
    joined: false,
    temporal_url: expect.stringContaining('/workflows/grid%2Fboard'),
  });
  const again = await rig.post('/api/grids', REQUEST, key('board'));
  expect(await again.json()).toMatchObject({ grid_id: 'board', joined: true });
  const other = rig.post('/api/grids', { ...REQUEST, targets: [2] }, key('board'));
  expect(await problemIn(other)).toMatchObject({ status: 422, code: 'IDEMPOTENCY_KEY_REUSED' });

  let seen = await show('board');
  while (seen.status === 'running') {
    await sleep(100);
    seen = await show('board');
  }
  expect(seen).toMatchObject({
    status: 'completed',
    progress: null,
    error: null,
    result: { requested_by: 'ann', counts: { cells: 2, converged: 2 } },
  });
  expect(seen.result?.pareto.map(({ target }) => target)).toEqual([2, 3]);
  expect(await problemIn(rig.post('/api/grids/board/cancel', {}))).toMatchObject({
    status: 409,
    code: 'GRID_FINISHED',
  });
  expect(await list()).toEqual([
    {
      grid_id: 'board',
      workflow_id: 'grid/board',
      status: 'completed',
      requested_by: 'ann',
      finished_at: expect.stringMatching(/^20\d\d-/),
      cells: 2,
      converged: 2,
    },
  ]);
});

test('a grid is held, let go and cancelled', async () => {
  await rig.post('/api/grids', { ...REQUEST, seeds: '1..5', parallel: 1 }, key('held'));
  for (const verb of ['pause', 'resume', 'cancel'])
    expect((await rig.post(`/api/grids/held/${verb}`, {})).status).toBe(202);
  let seen = await show('held');
  while (seen.status === 'running') {
    await sleep(100);
    seen = await show('held');
  }
  expect(seen.status).toBe('cancelled');
});

test.each([
  ['a target out of range', { targets: [99] }, 'targets'],
  ['too many cells', { targets: '0..10:0.1', seeds: '1..10' }, 'targets'],
  ['a strategy that is none', { strategies: ['bold'] }, 'strategies.0'],
  ['a path', { levers: '/etc/passwd' }, 'levers'],
])('%s is refused, naming the field', async (_, request, field) => {
  expect(await problemIn(rig.post('/api/grids', request))).toMatchObject({
    status: 422,
    code: 'REQUEST_INVALID',
    field,
  });
});

test('an unknown grid is unknown', async () => {
  expect(await problemIn(rig.ask('/api/grids/nobodys'))).toMatchObject({ status: 404, code: 'GRID_UNKNOWN' });
});
