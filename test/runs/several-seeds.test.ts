/** A run over several seeds: tuned on their mean, judged on others, side by side, and steered like any run. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunHandle } from '../../src/client/meritloop.js';
import { failure } from '../../src/shared/errors/errors.js';
import { percentilesOf } from '../../src/tuning/random-seeds/percentile.js';
import { holdSimulations, useRig } from '../workflows/environment.js';
import { sayUntilAnew, startWithHistoryLimit } from '../workflows/history-limit.js';

const at = useRig();

const sorted = (seeds: readonly number[]): number[] => seeds.toSorted((left, right) => left - right);

const REQUEST = { target: 2, years: '2025-2026', seeds: 4, requested_by: 'ann' } as const;
const TUNING = [42, 43, 44, 45];
const EVALUATION = Array.from({ length: 20 }, (_, index) => 1042 + index);

/** Percentage points: the first four tuning seeds cancel out, the evaluation seeds spread over half a point. */
const chance = (seed: number): number =>
  seed < 1000 ? ([0.4, -0.4, 0.2, -0.2][seed - 42] ?? 0) : (seed - 1050) / 40;

beforeEach(() => {
  at.rig.simulator.chance = chance;
});

/** For each simulation the places in the history at which it was asked for and came in. */
async function simulationsOf({ workflowId }: RunHandle): Promise<{ asked: number; done: number }[]> {
  const { events } = await at.server.environment.client.workflow.getHandle(workflowId).fetchHistory();
  const found = new Map<string, { asked: number; done: number }>();
  for (const [place, event] of (events ?? []).entries()) {
    const scheduled = event.activityTaskScheduledEventAttributes;
    if (scheduled?.activityType?.name === 'runMultiYearSimulation')
      found.set(String(event.eventId), { asked: place, done: Number.POSITIVE_INFINITY });
    const ended = found.get(String(event.activityTaskCompletedEventAttributes?.scheduledEventId));
    if (ended !== undefined) ended.done = place;
  }
  return [...found.values()];
}

test('it is tuned on the mean of its seeds and judged on others', async () => {
  const run = await at.rig.client.startOptimization(REQUEST);
  const result = await run.result();
  expect(result.status).toBe('converged');
  expect(Math.abs(result.final_growth - 2)).toBeLessThanOrEqual(0.1);
  const { uncertainty } = result;
  const tuned = uncertainty?.simulations.filter(({ role }) => role === 'tuning') ?? [];
  const judged = uncertainty?.simulations.filter(({ role }) => role === 'evaluation') ?? [];
  expect(tuned.map(({ seed }) => seed)).toEqual(TUNING);
  expect(judged.map(({ seed }) => seed)).toEqual(EVALUATION);
  // The mean is on target, though no seed of it is.
  expect(tuned.reduce((sum, { growth }) => sum + growth, 0) / 4).toBe(result.final_growth);
  expect(tuned.filter(({ growth }) => Math.abs(growth - 2) <= 0.1)).toEqual([]);
  expect(result.simulation_id).toBe(tuned[0]?.simulation_id);
  const met = judged.filter(({ growth }) => Math.abs(growth - 2) <= 0.1).length;
  expect(met).toBeGreaterThan(0);
  expect(uncertainty).toMatchObject({
    tuning_seeds: TUNING,
    evaluation_seeds: EVALUATION,
    growth: percentilesOf(judged.map(({ growth }) => growth)),
    probability_within_tolerance: met / 20,
  });
  expect(uncertainty?.years.map(({ year }) => year)).toEqual([2025, 2026]);
  expect(result.recommendations.map(({ code }) => code)).toContain('TOLERANCE_BELOW_CHANCE');

  const { begun } = at.rig.simulator;
  const steps = 4 * (3 + result.iterations_used);
  const seedsOf = (first: number, end: number) => begun.slice(first, end).map(({ spec }) => spec.seed);
  for (let first = 0; first < steps; first += 4) expect(sorted(seedsOf(first, first + 4))).toEqual(TUNING);
  expect(begun[steps]).toMatchObject({ spec: { seed: 42 }, keep: 'tables' });
  expect(sorted(seedsOf(steps + 1, begun.length))).toEqual(EVALUATION);
  expect(begun.filter(({ keep }) => keep === 'tables')).toHaveLength(2);
  expect(result.simulations_run).toBe(begun.length);

  const report = await at.rig.client.summarize(run.runId);
  expect(report.uncertainty).toEqual(uncertainty);
  expect(report.seconds_by_stage['evaluation']).toBeGreaterThan(0);
});

test('each year’s growth is averaged too, so that every year can be tuned', async () => {
  const request = { ...REQUEST, target_mode: 'every-year', tolerance: 0.01 } as const;
  const result = await (await at.rig.client.startOptimization(request)).result();
  expect(result.status).toBe('converged');
  const growths = Object.values(result.iterations.at(-1)?.growth_by_year ?? {});
  expect(growths).toHaveLength(2);
  for (const growth of growths) expect(Math.abs(growth - 2)).toBeLessThanOrEqual(0.01);
  // Among the evaluation seeds only the one without any chance meets it in each year.
  expect(result.uncertainty?.probability_within_tolerance).toBe(1 / 20);
});

test('simulations wait for all workers at once, within a bound, and two run at the same time on one', async () => {
  const both = { begun: 0, open: () => {} };
  const opened = new Promise<void>((resolve) => (both.open = resolve));
  // Each waits for the other: one after the other they would never end.
  at.rig.simulator.onSimulate = async (index) => {
    if (index > 1) return;
    both.begun += 1;
    if (both.begun === 2) both.open();
    await opened;
  };
  const run = await at.rig.client.startOptimization(REQUEST);
  await run.result();
  const simulations = await simulationsOf(run);
  const openAt = simulations.map(
    ({ asked }) => simulations.filter((other) => other.asked <= asked && other.done > asked).length,
  );
  expect(openAt.slice(0, 4)).toEqual([1, 2, 3, 4]);
  expect(Math.max(...openAt)).toBe(16);
});

test('a pause lets what is at work end; resumed, in another execution too, no seed is simulated twice', async () => {
  const held = holdSimulations(at.rig, 0);
  const run = await startWithHistoryLimit(at.server, at.rig, 'held', { ...REQUEST, seeds: 18 }, 150);
  await held.reached;
  await run.pause();
  held.release();
  while ((await run.progress()).seeds?.done !== 16) await sleep(20);
  expect(await run.progress()).toMatchObject({ phase: 'paused', seeds: { done: 16, total: 18 } });
  await sayUntilAnew(at.server, run, () => run.pause());
  expect(at.rig.simulator.begun).toHaveLength(16);
  await run.resume();
  const result = await run.result();
  const { begun } = at.rig.simulator;
  expect(sorted(begun.slice(0, 18).map(({ spec }) => spec.seed))).toEqual(result.uncertainty?.tuning_seeds);
  expect(begun).toHaveLength(18 * (3 + result.iterations_used) + 1 + 20);
  expect(result.simulations_run).toBe(begun.length);
});

test.each([
  ['an iteration', 18, 54, 'high bound'],
  ['its evaluation', 4, 17, 'iteration 1'],
])('stopped in %s it keeps the best so far and does not judge it', async (_, seeds, first, latest) => {
  const held = holdSimulations(at.rig, first);
  const run = await at.rig.client.startOptimization({ ...REQUEST, seeds, max_iterations: 1 });
  await held.reached;
  await run.stopAndKeepBest();
  held.release();
  const result = await run.result();
  expect(result.uncertainty).toBeNull();
  expect((await run.progress()).history.at(-1)?.label).toBe(latest);
  expect(result.status).toBe(latest === 'iteration 1' ? 'converged' : 'not_converged');
});

test('cancelled while it is judged it keeps its levers, and nothing stays at work', async () => {
  const held = holdSimulations(at.rig, 17);
  const run = await at.rig.client.startOptimization({ ...REQUEST, apply: 'on-convergence' });
  await held.reached;
  expect(await run.progress()).toMatchObject({ phase: 'evaluating', seeds: { done: 0, total: 20 } });
  const details = await at.server.environment.client.workflow
    .getHandle(run.workflowId)
    .query<{ currentDetails: string }>('__temporal_workflow_metadata');
  expect(JSON.stringify(details)).toContain('seed 0 of 20');
  await run.cancel();
  const result = await run.result();
  expect(result).toMatchObject({ status: 'cancelled', applied: 'never', uncertainty: null });
  expect(at.rig.simulator.begun.length).toBeLessThan(17 + 20);
});

test('a seed that cannot be simulated ends the run with its reason, and the others with it', async () => {
  let begun = 0;
  at.rig.simulator.onSimulate = async (index, { signal }) => {
    begun += 1;
    if (index === 1) throw failure('ENGINE_FAILED', { engine: 'plan', step: 'flow', detail: 'disk full' });
    await new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error)));
  };
  const run = await at.rig.client.startOptimization(REQUEST);
  await expect(run.result()).rejects.toMatchObject({ code: 'ENGINE_FAILED' });
  const ended = begun;
  await sleep(300);
  expect(begun).toBe(ended);
});

test('several seeds and several targets are refused together', async () => {
  const targets = [{ fiscal_year: 2025, metric_name: 'headcount', target_value: 1, tolerance: 1 }] as const;
  const run = await at.rig.client.startOptimization({ ...REQUEST, targets: { targets: [...targets] } });
  await expect(run.result()).rejects.toMatchObject({ code: 'NOT_SUPPORTED', fields: { option: 'seeds' } });
});
