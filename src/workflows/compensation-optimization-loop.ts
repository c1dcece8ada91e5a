/** The asset `compensation_optimization_loop`: simulates, lets the tuner propose levers, and repeats until it is done. */
import {
  CancellationScope,
  TemporalFailure,
  allHandlersFinished,
  condition,
  isCancellation,
  workflowInfo,
} from '@temporalio/workflow';
import type { OptimizationResult } from '../contract/optimization.js';
import type { OptimizationRequestInput } from '../contract/request.js';
import { runIdOf } from '../contract/run-id.js';
import { toApplicationFailure, toMeritloopError } from '../temporal/failures.js';
import { recordFailure, saveRun, settle } from './run-ending.js';
import { RunControl } from './run-control.js';
import { RunTrials } from './run-trials.js';
import { lengthy } from './proxies.js';

/** Ids, messages and results: docs/reference/workflows.md. Without an argument every default holds. */
export async function compensationOptimizationLoop(
  request?: OptimizationRequestInput,
): Promise<OptimizationResult> {
  const { workflowId, startTime } = workflowInfo();
  const control = new RunControl(runIdOf(workflowId));
  const trials = new RunTrials(control);
  try {
    control.enter('validating', 'running');
    const spec = await lengthy.validateRequest.executeWithOptions(
      { summary: 'check the request, copy its inputs' },
      [{ request: request ?? {}, workflow_id: workflowId, started_at: startTime.toISOString() }],
    );
    control.begin(spec);
    await trials.measure();
    await trials.keep();
    await settle(control, trials);
    const result = await saveRun(control, trials, trials.status);
    await condition(allHandlersFinished);
    return result;
  } catch (error) {
    // Anything else is a fault in this code: Temporal retries the workflow task until a corrected worker comes.
    if (!(error instanceof TemporalFailure)) throw error;
    await CancellationScope.nonCancellable(async () => {
      if (isCancellation(error) && trials.hasBaseline) await saveRun(control, trials, 'cancelled');
      else await recordFailure(control, error);
    });
    throw isCancellation(error) ? error : toApplicationFailure(toMeritloopError(error));
  }
}
