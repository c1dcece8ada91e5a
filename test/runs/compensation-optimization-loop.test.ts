import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { failure } from '../../src/shared/errors/errors.js';
import { LeverStore } from '../../src/levers/store.js';
import { holdSimulations, useRig } from '../workflows/environment.js';

const at = useRig();
const { readJson } = at;

test('a reachable target converges, and every file of the run says the same', async () => {
  const run = await at.rig.client.startOptimization({ target: 2, requested_by: 'ann' }, { id: 'first' });
  const result = await run.result();
  expect(result).toMatchObject({
    status: 'converged',
    run_id: 'first',
    workflow_id: 'compensation-optimization/default/first',
    requested_by: 'ann',
    target_growth: 2,
    tolerance: 0.1,
    applied: 'never',
    engine: 'plan',
    simulations_reused: 0,
    locked_rows_skipped: 0,
  });
  expect(result.initial_growth).toBeCloseTo(3.768, 9);
  expect(Math.abs(result.final_gap)).toBeLessThanOrEqual(0.1);
  expect(result.final_gap).toBe(2 - result.final_growth);
  expect(result.attainable_growth[0]).toBeCloseTo(0.12, 9);
  expect(result.attainable_growth[1]).toBeCloseTo(14.2, 9);
  expect(result.levers).toHaveLength(75);
  expect(result.simulations_run).toBe(3 + result.iterations_used + 1);
  expect(result.iterations.at(-1)?.simulation_id).toBe(result.simulation_id);
  expect(await readJson('runs', 'first', 'result.json')).toEqual(result);
  expect(at.rig.simulator.begun.map(({ keep }) => keep)).toEqual([
    'tables',
    ...Array.from({ length: 2 + result.iterations_used }, () => 'summary'),
    'tables',
  ]);
});

test('the kept lever set holds exactly the reported levers and leaves the first one as it was', async () => {
  const result = await (await at.rig.client.startOptimization({ target: 2 })).result();
  const store = new LeverStore({
    home: at.rig.home,
    seedsDir: path.join(at.rig.config.projectRoot, 'seeds'),
  });
  const rows = await store.load(result.lever_set);
  for (const { fiscal_year, job_level, parameter_name, after } of result.levers) {
    const row = rows.find(
      (one) =>
        one.fiscal_year === fiscal_year &&
        one.job_level === job_level &&
        one.parameter_name === parameter_name,
    );
    expect(row?.parameter_value).toBe(after);
  }
  expect(await store.current('default')).not.toBe(result.lever_set);
});

test('the report follows in a workflow of its own, and both assets are recorded once', async () => {
  await (await at.rig.client.startOptimization({ target: 2 }, { id: 'reported' })).result();
  const report = await at.rig.client.summarize('reported');
  expect(report).toMatchObject({ run_id: 'reported', status: 'converged', scenario: 'default' });
  expect(report.decomposition).toHaveLength(5);
  expect(Object.keys(report.seconds_by_stage)).toEqual([
    'validation',
    'baseline',
    'bounds',
    'iterations',
    'saving',
  ]);
  expect(await readJson('runs', 'reported', 'report.json')).toEqual(report);
  const markdown = await readFile(path.join(at.rig.home, 'runs', 'reported', 'report.md'), 'utf8');
  expect(markdown).toContain('| 2025 | merit_base |');
  const recorded = await at.rig.catalog.history({ run: 'reported', limit: 10 });
  expect(recorded.filter(({ event }) => event.asset === 'compensation_optimization_loop')).toHaveLength(1);
  expect(recorded.map(({ event }) => event.asset)).toContain('optimization_results_summary');
  expect((await at.rig.client.summarize()).run_id).toBe('reported');
});

test.each([
  ['above', 30, 'high'],
  ['below', -5, 'low'],
] as const)(
  'a target %s the range is infeasible, with the range and the binding bounds',
  async (_, target, bound) => {
    const result = await (await at.rig.client.startOptimization({ target })).result();
    // Baseline, both ends, two corners in which the years alternate, and the kept trial's tables.
    expect(result).toMatchObject({
      status: 'infeasible',
      iterations_used: 0,
      simulations_run: 6,
      attainable_search: 'box',
      attainable_corners: 2,
    });
    expect(result.binding).toHaveLength(75);
    expect(new Set(result.binding.map((one) => one.bound))).toEqual(new Set([bound]));
    expect(result.recommendations.map(({ code }) => code)).toContain('CHANGE_TARGET');
  },
);

test('a baseline that meets the target is kept as it is', async () => {
  const result = await (await at.rig.client.startOptimization({ target: 3.8 })).result();
  expect(result).toMatchObject({
    status: 'converged',
    iterations_used: 0,
    final_growth: result.initial_growth,
  });
  expect(result.levers.every(({ before, after }) => before === after)).toBe(true);
});

test.each([
  ['an unknown key', { goal: 2 }, 'goal'],
  ['a number out of range', { tolerance: 9 }, 'tolerance'],
  ['a wrong type', { target: 'two' }, 'target'],
])('%s ends the run at once and names the field', async (_, request, field) => {
  const handle = await at.server.environment.client.workflow.start('compensationOptimizationLoop', {
    workflowId: `bad-${field}-${path.basename(at.rig.home)}`,
    taskQueue: at.rig.config.taskQueue,
    args: [request],
  });
  await expect(handle.result()).rejects.toMatchObject({
    cause: {
      type: 'REQUEST_INVALID',
      nonRetryable: true,
      details: [{ code: 'REQUEST_INVALID', fields: { field } }],
    },
  });
  await expect(readJson('runs', handle.workflowId, 'result.json')).rejects.toMatchObject({ code: 'ENOENT' });
});

test('the client refuses a bad request before anything is started', async () => {
  await expect(at.rig.client.startOptimization({ max_iterations: 51 })).rejects.toMatchObject({
    code: 'REQUEST_INVALID',
    fields: { field: 'max_iterations' },
  });
});

test('without an argument every default holds, and any workflow id names a run', async () => {
  const handle = await at.server.environment.client.workflow.start('compensationOptimizationLoop', {
    workflowId: `team a/${path.basename(at.rig.home)}`,
    taskQueue: at.rig.config.taskQueue,
  });
  expect(await handle.result()).toMatchObject({
    status: 'converged',
    target_growth: 2,
    run_id: `team-a-${path.basename(at.rig.home)}`,
    requested_by: 'unknown',
  });
});

test('one name cannot stand for the runs of two workflows', async () => {
  await (await at.rig.client.startOptimization({}, { id: 'taken' })).result();
  const handle = await at.server.environment.client.workflow.start('compensationOptimizationLoop', {
    workflowId: 'taken',
    taskQueue: at.rig.config.taskQueue,
  });
  await expect(handle.result()).rejects.toMatchObject({ cause: { type: 'RUN_NAME_TAKEN' } });
  expect(await readJson('runs', 'taken', 'result.json')).toMatchObject({ status: 'converged' });
});

test('an open run of the same id is joined; a finished one gives its result; rerun starts again', async () => {
  const held = holdSimulations(at.rig, 1);
  const first = await at.rig.client.startOptimization({}, { id: 'again' });
  await held.reached;
  const second = await at.rig.client.startOptimization({}, { id: 'again' });
  expect([first.joined, second.joined]).toEqual([false, true]);
  held.release();
  const result = await first.result();
  expect(await second.result()).toEqual(result);
  const before = at.rig.simulator.begun.length;
  const third = await at.rig.client.startOptimization({}, { id: 'again' });
  expect(third.joined).toBe(true);
  expect(await third.result()).toEqual(result);
  expect(at.rig.simulator.begun).toHaveLength(before);
  const fourth = await at.rig.client.startOptimization({}, { id: 'again', rerun: true });
  expect(await fourth.result()).toMatchObject({
    status: 'converged',
    simulations_run: 0,
    simulation_id: result.simulation_id,
  });
  expect(fourth.joined).toBe(false);
});

test('a simulation that fails once for a passing reason is tried again', async () => {
  at.rig.simulator.onSimulate = async (index) => {
    if (index === 1) throw failure('SERVER_UNREACHABLE', { address: 'store', detail: 'gone for a moment' });
  };
  const result = await (await at.rig.client.startOptimization()).result();
  expect(result.status).toBe('converged');
});

test('a failure that retrying cannot help ends the run with code, hint and fields', async () => {
  at.rig.simulator.onSimulate = async () => {
    throw failure('ENGINE_FAILED', { engine: 'plan', step: 'flow 2026', detail: 'disk full' });
  };
  const run = await at.rig.client.startOptimization({}, { id: 'broken' });
  await expect(run.result()).rejects.toMatchObject({
    code: 'ENGINE_FAILED',
    fields: { engine: 'plan', step: 'flow 2026', detail: 'disk full' },
    exitCode: 6,
    hint: expect.stringContaining('doctor'),
  });
  expect(await readJson('runs', 'broken', 'result.json')).toMatchObject({
    status: 'failed',
    error: { code: 'ENGINE_FAILED' },
  });
});

test('kept levers that do not give their growth again are an error and publish nothing', async () => {
  at.rig.simulator.onSimulate = async (index, { keep }) => {
    if (index > 0 && keep === 'tables') at.rig.simulator.drift = 0.5;
  };
  const run = await at.rig.client.startOptimization({ apply: 'on-convergence' });
  await expect(run.result()).rejects.toMatchObject({ code: 'RESULT_NOT_REPRODUCED' });
  // What was found by then stands beside the reason.
  expect(await readJson('runs', run.runId, 'result.json')).toMatchObject({
    status: 'failed',
    error: { code: 'RESULT_NOT_REPRODUCED' },
    target_growth: 2,
    iterations_used: 1,
    applied: 'never',
  });
});
