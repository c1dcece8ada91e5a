/** Starts a run that goes on in a new execution after few events, where a real one does after thousands. */
import { optimizationWorkflowId } from '../../src/contract/run-id.js';
import type { OptimizationRequestInput } from '../../src/contract/request.js';
import type { RunHandle } from '../../src/client.js';
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
