import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { WithStartWorkflowOperation } from '@temporalio/client';
import { optimizationWorkflowId } from '../../src/runs/run-id.terms.js';
import { LeverStore } from '../../src/levers/store.js';
import type { compensationOptimizationLoop } from '../../src/runs/compensation-optimization-loop.workflow.js';
import { setMaxIterationsUpdate } from '../../src/runs/messages.workflow.js';
import { holdSimulations, moveLevers, useRig } from '../workflows/environment.js';

const at = useRig();
const { readJson } = at;

test('cancelling stops the simulation at work and keeps the best trial', async () => {
  const held = holdSimulations(at.rig, 3);
  const run = await at.rig.client.startOptimization({ target: 2 }, { id: 'cancelled' });
  await held.reached;
  await run.cancel();
  expect(await run.result()).toMatchObject({ status: 'cancelled', iterations_used: 0, applied: 'never' });
  const { status } = await at.server.environment.client.workflow.getHandle(run.workflowId).describe();
  expect(status.name).toBe('CANCELLED');
  expect(await readJson('runs', 'cancelled', 'result.json')).toMatchObject({ status: 'cancelled' });
});

test('a run cancelled before its first simulation was in says so', async () => {
  const held = holdSimulations(at.rig, 0);
  const run = await at.rig.client.startOptimization({}, { id: 'early' });
  await held.reached;
  await run.cancel();
  await expect(run.result()).rejects.toMatchObject({ code: 'CANCELLED' });
});

test('stopping keeps the best trial without cancelling', async () => {
  const held = holdSimulations(at.rig, 3);
  const run = await at.rig.client.startOptimization({
    target: 2,
    tolerance: 0.001,
    strategy: 'conservative',
  });
  await held.reached;
  await run.stopAndKeepBest();
  held.release();
  const result = await run.result();
  expect(['converged', 'not_converged']).toContain(result.status);
  expect(result.iterations_used).toBe(1);
  expect(result.recommendations.map(({ code }) => code)).toContain('STOPPED');
});

test('a paused run makes no simulation until it is resumed', async () => {
  const held = holdSimulations(at.rig, 1);
  const run = await at.rig.client.startOptimization();
  await held.reached;
  await run.pause();
  held.release();
  while ((await run.progress()).history.length < 2) await sleep(20);
  expect((await run.progress()).phase).toBe('paused');
  expect(at.rig.simulator.begun).toHaveLength(2);
  await run.resume();
  expect((await run.result()).status).toBe('converged');
});

test('the number of iterations can be changed within its limits while the run iterates', async () => {
  const held = holdSimulations(at.rig, 1);
  const run = await at.rig.client.startOptimization({ max_iterations: 1 });
  await held.reached;
  for (const value of [0, 51, 1.5])
    await expect(run.setMaxIterations(value)).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
      fields: { field: 'max_iterations' },
    });
  await run.setMaxIterations(7);
  expect((await run.progress()).max_iterations).toBe(7);
  held.release();
  expect((await run.result()).status).toBe('converged');
});

test('a number of iterations accepted before the request was checked is kept', async () => {
  const held = holdSimulations(at.rig, 0);
  // Start and update reach the run together, so that it is asked while it validates.
  const startWorkflowOperation = new WithStartWorkflowOperation<typeof compensationOptimizationLoop>(
    'compensationOptimizationLoop',
    {
      workflowId: optimizationWorkflowId('default', 'asked-early'),
      taskQueue: at.rig.config.taskQueue,
      args: [{ max_iterations: 3 }],
      workflowIdConflictPolicy: 'FAIL',
    },
  );
  const answer = await at.server.environment.client.workflow.executeUpdateWithStart(setMaxIterationsUpdate, {
    args: [{ max_iterations: 9 }],
    startWorkflowOperation,
  });
  expect(answer).toEqual({ max_iterations: 9 });
  await held.reached;
  const run = await at.rig.client.getRun('asked-early');
  expect((await run.progress()).max_iterations).toBe(9);
  held.release();
  expect((await run.result()).status).toBe('converged');
});

test('on convergence the levers become the current ones, with who and why', async () => {
  const result = await (
    await at.rig.client.startOptimization({ apply: 'on-convergence', requested_by: 'ann' }, { id: 'applied' })
  ).result();
  expect(result.applied).toBe('applied');
  const store = new LeverStore({
    home: at.rig.home,
    seedsDir: path.join(at.rig.config.projectRoot, 'seeds'),
  });
  expect(await store.current('default')).toBe(result.lever_set);
  const history = await readFile(path.join(at.rig.home, 'levers', 'history.ndjson'), 'utf8');
  expect(JSON.parse(history)).toMatchObject({
    scenario: 'default',
    by: 'ann',
    run_id: 'applied',
    to: result.lever_set,
  });
});

test('approval waits for someone else than who asked', async () => {
  const run = await at.rig.client.startOptimization({ apply: 'after-approval', requested_by: 'ann' });
  while ((await run.progress()).phase !== 'waiting_for_approval') await sleep(20);
  await expect(run.approve({ by: ' Ann ' })).rejects.toMatchObject({ code: 'OWN_REQUEST' });
  await expect(run.approve({ by: '' })).rejects.toMatchObject({
    code: 'REQUEST_INVALID',
    fields: { field: 'by' },
  });
  expect(await readJson('runs', run.runId, 'result.json')).toMatchObject({
    status: 'converged',
    applied: 'pending',
  });
  expect(await run.approve({ by: 'ben', comment: 'fits the budget' })).toEqual({ applied: 'applied' });
  expect(await run.result()).toMatchObject({ status: 'converged', applied: 'applied' });
});

test('a rejected run publishes nothing', async () => {
  const run = await at.rig.client.startOptimization({ apply: 'after-approval', requested_by: 'ann' });
  await expect(run.reject({ by: 'ben' })).rejects.toMatchObject({ code: 'RUN_NOT_WAITING' });
  while ((await run.progress()).phase !== 'waiting_for_approval') await sleep(20);
  expect(await run.reject({ by: 'ben', comment: 'too high' })).toEqual({ applied: 'rejected' });
  expect(await run.result()).toMatchObject({ applied: 'rejected' });
});

test.each(['on-convergence', 'after-approval'] as const)(
  'levers that somebody moved meanwhile stay, and the run has converged (%s)',
  async (apply) => {
    const held = holdSimulations(at.rig, 1);
    const run = await at.rig.client.startOptimization({ apply, requested_by: 'ann' }, { id: apply });
    await held.reached;
    const moved = await moveLevers(at.rig);
    held.release();
    const answers = [];
    if (apply === 'after-approval') {
      while ((await run.progress()).phase !== 'waiting_for_approval') await sleep(20);
      answers.push(await run.approve({ by: 'ben' }));
    }
    const result = await run.result();
    expect([...answers, result].map(({ applied }) => applied)).not.toContain('applied');
    expect(result).toMatchObject({ status: 'converged', applied: 'rejected' });
    const [remark] = result.recommendations.filter(({ code }) => code === 'LEVERS_MOVED');
    expect(remark?.message).toMatch(/cleo moved .*`meritloop levers diff current [0-9a-f]{12}`/);
    expect((await run.progress()).notes.join()).toContain('Not published');
    expect(await readJson('runs', apply, 'result.json')).toEqual(result);
    const seedsDir = path.join(at.rig.config.projectRoot, 'seeds');
    expect(await new LeverStore({ home: at.rig.home, seedsDir }).current('default')).toBe(moved);
  },
);

test('runs are listed, found again and followed', async () => {
  const run = await at.rig.client.startOptimization({}, { id: 'listed' });
  const seen: string[] = [];
  await run.follow(({ phase }) => seen.push(phase));
  expect(seen.at(-1)).toBe('done');
  const [listed] = await at.rig.client.listRuns();
  expect(listed).toMatchObject({
    runId: 'listed',
    status: 'converged',
    scenario: 'default',
    targetGrowth: 2,
  });
  expect((await (await at.rig.client.getRun('listed')).result()).run_id).toBe('listed');
  await expect(at.rig.client.getRun('nothing')).rejects.toMatchObject({ code: 'RUN_UNKNOWN' });
  await expect(run.pause()).rejects.toMatchObject({ code: 'RUN_FINISHED' });
});
