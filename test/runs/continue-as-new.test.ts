/** A run whose history grows long goes on in a new execution under its id; nobody who follows or steers it notices. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunHandle } from '../../src/client/meritloop.js';
import { useRig, type Rig } from '../workflows/environment.js';
import { sayUntilAnew, startWithHistoryLimit } from '../workflows/history-limit.js';

const at = useRig();

const EVENTS = 60;

const executionOf = async ({ workflowId }: RunHandle): Promise<string> =>
  (await at.server.environment.client.workflow.getHandle(workflowId).describe()).runId;

const start = (rig: Rig, id: string, request: object): Promise<RunHandle> =>
  startWithHistoryLimit(at.server, rig, id, request, EVENTS);

test('a run that simulates, is held and waits for approval carries everything along', async () => {
  const run = await start(at.rig, 'long', { target: 2, apply: 'after-approval', requested_by: 'ann' });
  const first = await executionOf(run);
  await run.pause();
  while ((await run.progress()).phase !== 'paused') await sleep(20);
  await sayUntilAnew(at.server, run, () => run.pause());
  expect(await run.progress()).toMatchObject({ phase: 'paused', target_growth: 2 });
  await run.setMaxIterations(7);

  const seen: string[] = [];
  const followed = run.follow(({ phase }) => seen.push(phase));
  await run.resume();
  // Whoever follows looks now and then: until that look came, nothing is decided.
  while (!seen.includes('waiting_for_approval')) await sleep(20);
  expect((await run.progress()).history.map(({ label }) => label)).toEqual([
    'baseline',
    'low bound',
    'high bound',
    'iteration 1',
  ]);
  await sayUntilAnew(at.server, run, () => run.resume());
  await expect(run.approve({ by: 'Ann' })).rejects.toMatchObject({ code: 'OWN_REQUEST' });
  expect(await run.approve({ by: 'ben' })).toEqual({ applied: 'applied' });

  expect(await followed).toMatchObject({
    status: 'converged',
    applied: 'applied',
    requested_by: 'ann',
    iterations_used: 1,
    simulations_run: 5,
  });
  expect(await run.progress()).toMatchObject({ phase: 'done', max_iterations: 7 });
  expect(await executionOf(run)).not.toBe(first);
  const [listed] = await at.rig.client.listRuns();
  expect(listed).toMatchObject({ runId: 'long', status: 'converged', targetGrowth: 2 });
  const { typedSearchAttributes } = await at.server.environment.client.workflow
    .getHandle(run.workflowId)
    .describe();
  expect(JSON.stringify(typedSearchAttributes)).toContain('compensation_optimization_loop');
  // Every simulation was made once: nothing was begun anew.
  expect(at.rig.simulator.begun).toHaveLength(5);
});

test('a cancelled run of several executions keeps what it had in all of them', async () => {
  const run = await start(at.rig, 'cancelled', { target: 2, tolerance: 0.001, strategy: 'conservative' });
  while ((await run.progress()).history.length < 2) await sleep(20);
  await run.pause();
  await sayUntilAnew(at.server, run, () => run.pause());
  await run.cancel();
  const result = await run.result();
  expect(result).toMatchObject({ status: 'cancelled', applied: 'never' });
  expect(result.initial_growth).toBeCloseTo(3.768, 9);
});
