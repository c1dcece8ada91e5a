/** Runs that are started, and decided on, at Temporal itself: they may run, and publish nothing without a signed word. */
import { setTimeout as sleep } from 'node:timers/promises';
import { readFile, stat } from 'node:fs/promises';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { OptimizationResult } from '../../src/client/meritloop.js';
import { byHand } from '../../src/levers/gate.js';
import { leverStore } from '../../src/levers/open.js';
import { atHome } from '../../src/levers/move-policy.pure.js';
import { applyRun } from '../../src/runs/apply-run.js';
import { runMeritloop } from '../cli/run-meritloop.js';
import { homeKeyFile } from '../../src/shared/files/home-key.js';
import { useRig } from '../workflows/environment.js';

const at = useRig();

const SMALL = { target: 3, years: '2025-2026', tune: ['cola_rate' as const], requested_by: 'ann' };
const temporal = () => at.server.environment.client.workflow;
const moves = () => leverStore(at.rig.config).history();

async function startRaw(args: unknown[], workflowId: string, memo: Record<string, unknown> = {}) {
  const handle = await temporal().start('compensationOptimizationLoop', {
    args,
    memo,
    workflowId,
    taskQueue: at.rig.config.taskQueue,
  });
  return (await handle.result()) as OptimizationResult;
}

const codesOf = ({ recommendations }: OptimizationResult): string[] =>
  recommendations.map(({ code }) => code);

test('a raw start with on-convergence converges, publishes nothing and says how to apply; then somebody may', async () => {
  const result = await startRaw([{ ...SMALL, apply: 'on-convergence' }], 'from-a-web-page');
  expect(result).toMatchObject({ status: 'converged', applied: 'never' });
  const unsigned = result.recommendations.find(({ code }) => code === 'MOVE_UNSIGNED');
  expect(unsigned?.message).toContain('meritloop runs apply from-a-web-page --by WHO --reason WHY');
  expect(await moves()).toEqual([]);

  const made = await applyRun(at.rig.config, {
    run: 'from-a-web-page',
    mover: atHome('ben'),
    reason: 'board',
  });
  expect(made.move).toMatchObject({ by: 'ben', run_id: 'from-a-web-page', to: result.lever_set });
});

test('the word of one run lets no other run publish, nor the same one with another request', async () => {
  const signed = await at.rig.client.startOptimization(
    { ...SMALL, apply: 'on-convergence' },
    { id: 'signed' },
  );
  expect(await signed.result()).toMatchObject({ applied: 'applied' });
  const { memo } = await temporal().getHandle(signed.workflowId).describe();
  const count = (await moves()).length;
  const request = { ...SMALL, apply: 'on-convergence' };
  const others: [object, string][] = [
    [request, 'compensation-optimization/default/other'],
    [{ ...request, target: 4 }, signed.workflowId],
    [{ ...request, requested_by: 'eve' }, signed.workflowId],
  ];
  for (const [asked, id] of others)
    expect(codesOf(await startRaw([asked], id, memo))).toContain('MOVE_UNSIGNED');
  expect(await moves()).toHaveLength(count);
});

test('what a raw start makes up of an execution before it publishes nothing', async () => {
  const signed = await at.rig.client.startOptimization(
    { ...SMALL, apply: 'on-convergence' },
    { id: 'carried' },
  );
  const { lever_set } = await signed.result();
  const { spec } = (await at.readJson('runs', 'carried', 'run.json')) as { spec: { published: string } };
  const store = leverStore(at.rig.config);
  const [row, ...rest] = await store.load(spec.published);
  if (row === undefined) throw new Error('no levers');
  const wanted = await store.save([{ ...row, parameter_value: 0.05 }, ...rest]);
  // The levers are again as the run found them, so that nothing but the gate stands in the way.
  const back = { scenario: 'default', fingerprint: spec.published, expected: lever_set, reason: 'back' };
  await store.publish({ ...back, action: 'rollback', warrant: byHand(atHome('ben')) });
  const before = await moves();
  // As somebody would write it who has read all of the run: its true specification and word, and levers of their own.
  const control = {
    spec,
    applied: 'never',
    stopRequested: false,
    paused: false,
    phase: 'saving',
    iteration: 1,
    maxIterations: 10,
    simulationsRun: 1,
    simulationsReused: 0,
    engine: 'plan',
    notes: [],
    remarks: [],
    lines: [],
  };
  const best = { simulation_id: '0'.repeat(32), growth: 3, is_baseline: false };
  const proposal = { state: 'none', next: { kind: 'done', status: 'converged' }, iterations: 1, best };
  const trials = { leverSet: wanted, engine: 'plan', stages: {}, proposal, isKept: true };
  const handle = await temporal().start('compensationOptimizationLoop', {
    args: [
      { ...SMALL, apply: 'on-convergence' },
      { control, trials },
    ],
    workflowId: signed.workflowId,
    taskQueue: at.rig.config.taskQueue,
  });
  await expect(handle.result()).rejects.toThrow('Workflow execution failed');
  expect(JSON.stringify(await handle.fetchHistory())).toContain('MOVE_UNSIGNED');
  expect(await moves()).toEqual(before);
});

test('a decision without the signature of this home is refused, and says how to decide', async () => {
  const run = await at.rig.client.startOptimization({ ...SMALL, apply: 'after-approval' }, { id: 'waits' });
  while ((await run.progress()).phase !== 'waiting_for_approval') await sleep(20);
  const handle = temporal().getHandle(run.workflowId);
  const send = async (update: string, argument: object): Promise<string> => {
    try {
      await handle.executeUpdate<unknown, [unknown]>(update, { args: [argument] });
      return 'accepted';
    } catch (error) {
      const failure = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
      const innermost =
        failure instanceof ApplicationFailure ? failure : (failure as { cause?: unknown })?.cause;
      return innermost instanceof ApplicationFailure
        ? `${innermost.type}: ${JSON.stringify(innermost.details)}`
        : String(error);
    }
  };
  for (const forged of [{}, { signature: '' }, { signature: 'f'.repeat(64) }, { signature: 7 }]) {
    expect(await send('approve', { by: 'ben', ...forged })).toMatch(/^DECISION_UNSIGNED.*runs approve waits/);
    expect(await send('reject', { by: 'ben', ...forged })).toMatch(/^DECISION_UNSIGNED/);
  }
  expect((await run.progress()).phase).toBe('waiting_for_approval');
  expect(await run.approve({ by: 'ben' })).toEqual({ applied: 'applied' });
  await run.result();

  // The key is its owner's alone, and the same for everybody who signs.
  const file = homeKeyFile(at.rig.home);
  expect([(await stat(file)).mode & 0o777, (await readFile(file, 'utf8')).length]).toEqual([0o600, 64]);
});

test('levers that miss the target are a second step: refused with what they miss, and applied when it is said again', async () => {
  const run = await at.rig.client.startOptimization({ ...SMALL, target: 40 }, { id: 'out-of-reach' });
  const { status, final_growth } = await run.result();
  expect(status).toBe('infeasible');
  const before = (await moves()).length;
  const asked = { run: 'out-of-reach', mover: atHome('ben'), reason: 'board' };
  await expect(applyRun(at.rig.config, asked)).rejects.toMatchObject({
    code: 'RUN_MISSED_TARGET',
    message: expect.stringContaining(`${final_growth.toFixed(2)} % instead of 40.00 %`),
    hint: expect.stringContaining('--anyway'),
  });
  const argv = ['runs', 'apply', 'out-of-reach', '--by', 'ben', '--reason', 'board', '--json'];
  const said = async (...more: string[]) => {
    const { exitCode, stdout } = await runMeritloop([...argv, ...more, '--home', at.rig.home]);
    return { exitCode, ...(JSON.parse(stdout) as object) };
  };
  expect(await said()).toMatchObject({ exitCode: 2, error: { code: 'RUN_MISSED_TARGET' } });
  expect(await moves()).toHaveLength(before);
  expect(await said('--anyway')).toMatchObject({
    exitCode: 0,
    move: { by: 'ben', run_id: 'out-of-reach' },
    notices: [expect.stringContaining('a gap of')],
  });
  expect(await moves()).toHaveLength(before + 1);
});
