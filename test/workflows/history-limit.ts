/** Starts a run that goes on in a new execution after few events, where a real one does after thousands. */
import { setTimeout as sleep } from 'node:timers/promises';
import { optimizationWorkflowId } from '../../src/runs/run-id.terms.js';
import type { OptimizationRequestInput } from '../../src/runs/request.contract.js';
import type { RunHandle } from '../../src/client/meritloop.js';
import type { Rig, TestServer } from './environment.js';

export async function startWithHistoryLimit(
  { environment }: TestServer,
  { client, config }: Rig,
  runId: string,
  request: OptimizationRequestInput,
  events: number,
): Promise<RunHandle> {
  await environment.client.workflow.start('compensationOptimizationLoop', {
    workflowId: optimizationWorkflowId('default', runId),
    taskQueue: config.taskQueue,
    args: [request],
    memo: { history_limit: events },
  });
  for (;;) {
    const found = await client.getRun(runId).catch(() => undefined);
    if (found !== undefined) return found;
  }
}

/** Messages make events: says them until the run has gone on in another execution, one when the last is dealt with. */
export async function sayUntilAnew(
  { environment }: TestServer,
  { workflowId }: RunHandle,
  say: () => Promise<void>,
): Promise<void> {
  const handle = environment.client.workflow.getHandle(workflowId);
  const { runId: before } = await handle.describe();
  for (;;) {
    await say();
    let now = await handle.describe();
    // A message that comes while the run begins anew makes it begin anew again.
    while (now.raw.pendingWorkflowTask) {
      await sleep(20);
      now = await handle.describe();
    }
    if (now.runId !== before) return;
  }
}
