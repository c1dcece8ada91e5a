/** A grid of runs on a real server: its table, its bound, its messages, and what a second start does. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { GridHandle, GridProgress, GridRequestInput } from '../../src/client/meritloop.js';
import { failure } from '../../src/shared/errors/errors.js';
import { gridWorkflowId } from '../../src/runs/run-id.terms.js';
import { holdSimulations, moveLevers, useRig } from '../workflows/environment.js';
import { childrenOf } from './grid-children.js';

const at = useRig();

const SMALL: GridRequestInput = {
  targets: '3..4:1',
  strategies: ['balanced', 'aggressive'],
  seeds: [1, 2],
  years: '2025-2026',
  tune: ['cola_rate'],
  requested_by: 'ann',
};
const CELLS = 8;
/** Four cells. */
const FEW: GridRequestInput = { ...SMALL, strategies: ['balanced'] };

const start = (request: GridRequestInput, id: string, rerun = false): Promise<GridHandle> =>
  at.rig.client.grids.start(request, { id, rerun });

const historyOf = (grid: GridHandle) => childrenOf(at.server.environment.client, grid.workflowId);

async function until(grid: GridHandle, isThere: (progress: GridProgress) => boolean): Promise<GridProgress> {
  for (;;) {
    const progress = await grid.progress();
    if (isThere(progress)) return progress;
    await sleep(20);
  }
}

test('every combination is a run of its own, two at a time, and a row of the table', async () => {
  const grid = await start(SMALL, 'whole');
  const result = await grid.result();
  expect(result).toMatchObject({
    grid_id: 'whole',
    workflow_id: 'grid/whole',
    status: 'completed',
    requested_by: 'ann',
    targets: [3, 4],
    scenarios: ['default'],
    seeds: [1, 2],
    years: { first: 2025, last: 2026 },
    counts: { cells: CELLS, converged: CELLS, reused: 0 },
  });
  for (const { target, final_growth, gap, payroll, payroll_final_year } of result.cells) {
    expect(Math.abs((final_growth ?? 0) - target)).toBeLessThanOrEqual(0.1);
    expect(gap).toBe(target - (final_growth ?? 0));
    expect({ payroll, payroll_final_year }).toEqual({ payroll: 20_000_000, payroll_final_year: 10_000_000 });
  }
  const { started, completed, most } = await historyOf(grid);
  expect(most).toBe(2);
  expect(started.toSorted()).toEqual(completed.toSorted());
  expect(new Set(started).size).toBe(CELLS);
  const runs = await readdir(path.join(at.rig.home, 'runs'));
  expect(runs.toSorted()).toEqual(result.cells.map(({ run_id }) => run_id).toSorted());
  expect(await at.readJson('grids', 'whole', 'grid.json')).toMatchObject({ result: { status: 'completed' } });
  expect(await grid.table()).toEqual(result);
  expect(await grid.progress()).toMatchObject({ phase: 'done', running: [] });
});

test('a cell that fails stands in the table; another start runs it and nothing else', async () => {
  const { simulator } = at.rig;
  simulator.onSimulate = async (index) => {
    if (simulator.begun[index]?.spec.seed === 2)
      throw failure('GROWTH_UNDEFINED', { metric: 'mean', year: 2025, reason: 'nobody is there' });
  };
  const request = { ...FEW, targets: [3, 40] };
  const first = await (await start(request, 'failing')).result();
  expect(first.counts).toMatchObject({ cells: 4, converged: 1, infeasible: 1, failed: 2 });
  expect(first.cells.map(({ seed, status, error }) => [seed, status, error?.code])).toEqual([
    [1, 'converged', undefined],
    [2, 'failed', 'GROWTH_UNDEFINED'],
    [1, 'infeasible', undefined],
    [2, 'failed', 'GROWTH_UNDEFINED'],
  ]);

  simulator.onSimulate = async () => {};
  const begun = simulator.begun.length;
  const again = await start(request, 'failing', true);
  expect(again.joined).toBe(false);
  const second = await again.result();
  expect(second.counts).toMatchObject({ converged: 2, infeasible: 2, failed: 0, reused: 2 });
  expect(second.cells.map(({ reused }) => reused)).toEqual([true, false, true, false]);
  expect(simulator.begun.slice(begun).every(({ spec }) => spec.seed === 2)).toBe(true);
  expect((await historyOf(again)).started).toHaveLength(2);
});

test('the same id joins, then returns the result; other cells under it are refused', async () => {
  const held = holdSimulations(at.rig, 0);
  const request = { ...FEW, targets: [3] };
  const first = await start(request, 'same');
  await held.reached;
  expect((await start({ ...request, parallel: 1, requested_by: 'ben' }, 'same')).joined).toBe(true);
  await expect(start({ ...request, targets: [3, 4] }, 'same')).rejects.toMatchObject({
    code: 'REQUEST_DIFFERS',
  });
  held.release();
  const result = await first.result();
  const begun = at.rig.simulator.begun.length;
  const again = await start(request, 'same');
  expect(again.joined).toBe(true);
  expect(await again.result()).toEqual(result);
  expect(at.rig.simulator.begun).toHaveLength(begun);
  await expect(start({ ...request, tolerance: 1 }, 'same')).rejects.toMatchObject({
    code: 'REQUEST_DIFFERS',
  });
  await expect(again.cancel()).rejects.toMatchObject({ code: 'GRID_FINISHED' });

  // With more cells the finished ones are reused; with other levers none is.
  const more = await (await start({ ...request, targets: [3, 4] }, 'same', true)).result();
  expect(more.cells.map(({ reused }) => reused)).toEqual([true, true, false, false]);
  await moveLevers(at.rig);
  const moved = await (await start(request, 'same', true)).result();
  expect(moved.counts).toMatchObject({ converged: 2, reused: 0 });
});

test('a paused grid ends the cells at work and begins none', async () => {
  const held = holdSimulations(at.rig, 0);
  const grid = await start(FEW, 'paused');
  await until(grid, ({ running }) => running.length === 2);
  await grid.pause();
  held.release();
  const progress = await until(grid, ({ running, phase }) => phase === 'paused' && running.length === 0);
  expect(progress.counts).toMatchObject({ converged: 2, pending: 2 });
  expect((await grid.table())?.cells.filter(({ status }) => status === 'converged')).toHaveLength(2);
  await grid.resume();
  expect((await grid.result()).counts).toMatchObject({ converged: 4 });
});

test('a cancelled grid cancels the cells at work and keeps those that had ended', async () => {
  const grid = await start({ ...FEW, parallel: 1 }, 'cancelled');
  await until(grid, ({ counts }) => counts.converged === 1);
  const held = holdSimulations(at.rig, at.rig.simulator.begun.length);
  await held.reached;
  const [label] = (await grid.progress()).running;
  await grid.cancel();
  const result = await grid.result();
  expect(result.status).toBe('cancelled');
  const { converged, cancelled, pending } = result.counts;
  expect({ cancelled, rest: converged + pending }).toEqual({ cancelled: 1, rest: 3 });
  expect(label).toBeDefined();
  const { client } = at.server.environment;
  for (const { run_id, status } of result.cells) {
    if (status !== 'cancelled') continue;
    const workflow = client.workflow.getHandle(`compensation-optimization/default/${run_id}`);
    expect((await workflow.describe()).status.name).toBe('CANCELLED');
  }
  held.release();
  at.rig.simulator.onSimulate = async () => {};
  const again = await (await start({ ...FEW, parallel: 1 }, 'cancelled')).result();
  expect(again.counts).toMatchObject({ converged: 4, reused: converged });
});

test('a run that somebody cancels is a row of the table, and the others go on', async () => {
  const held = holdSimulations(at.rig, 0);
  const grid = await start({ ...FEW, targets: [3] }, 'single');
  await until(grid, ({ running }) => running.length === 2);
  await held.reached;
  const [cell] = (await grid.table())?.cells ?? [];
  const run = await at.rig.client.getRun(cell?.run_id ?? '');
  await run.cancel();
  await until(grid, ({ counts }) => counts.cancelled === 1);
  held.release();
  expect((await grid.result()).cells.map(({ status }) => status)).toEqual(['cancelled', 'converged']);
});

test('a large grid goes on in new executions, and no cell is run twice', async () => {
  const { environment } = at.server;
  await environment.client.workflow.start('optimizationGrid', {
    workflowId: gridWorkflowId('large'),
    taskQueue: at.rig.config.taskQueue,
    args: [{ ...SMALL, parallel: 3 }],
    memo: { history_limit: 60 },
  });
  const grid = await at.rig.client.grids.get('large');
  const result = await grid.result();
  expect(result.counts).toMatchObject({ cells: CELLS, converged: CELLS, reused: 0 });
  const { started, completed, most, executions } = await historyOf(grid);
  expect(most).toBe(3);
  expect(executions).toBeGreaterThan(1);
  expect(started).toHaveLength(CELLS);
  expect(new Set(completed).size).toBe(CELLS);
});

test.each([
  [{ targets: '99' }, 'REQUEST_INVALID'],
  [{ scenarios: ['default', 'nope'] }, 'LEVER_MISSING'],
  [{ unheard: 1 }, 'REQUEST_INVALID'],
])('the workflow refuses %j', async (request, type) => {
  const { client } = at.server.environment;
  const refused = client.workflow.execute('optimizationGrid', {
    workflowId: gridWorkflowId(`refused-${JSON.stringify(request).length}`),
    taskQueue: at.rig.config.taskQueue,
    args: [request],
  });
  await expect(refused).rejects.toMatchObject({ cause: { type, nonRetryable: true } });
  expect(await readdir(at.rig.home)).not.toContain('runs');
});

test('a grid that nobody started is unknown', async () => {
  await expect(at.rig.client.grids.get('nobodys')).rejects.toMatchObject({ code: 'GRID_UNKNOWN' });
});
