/** The asset `compensation_optimization_loop`: simulates, lets the tuner propose levers, and repeats until it is done. */
import {
  CancellationScope,
  ContinueAsNew,
  TemporalFailure,
  allHandlersFinished,
  condition,
  continueAsNew,
  isCancellation,
  workflowInfo,
} from '@temporalio/workflow';
import type { OptimizationResult } from './optimization.contract.js';
import type { OptimizationRequestInput } from './request.contract.js';
import { runIdOf, START_WORD } from './run-id.terms.js';
import { toApplicationFailure, toMeritloopError } from '../temporal/failures.js';
import type { ControlState } from './control-state.workflow.js';
import { isHistoryLong } from '../temporal/history-length.workflow.js';
import { publish, recordFailure, saveRun, settle } from './run-ending.workflow.js';
import { RunControl } from './run-control.workflow.js';
import { RunTrials, type TrialsState } from './run-trials.workflow.js';
import { lengthy } from '../temporal/proxies.workflow.js';

/** What a run whose history has grown long hands to its next execution. */
export interface CarriedRun {
  readonly control: ControlState;
  readonly trials: TrialsState;
}

/**
 * Ids, messages and results: docs/reference/workflows.md. Without an argument every default holds.
 * @param carried by the execution before this one alone; callers leave it out
 */
export async function compensationOptimizationLoop(
  request?: OptimizationRequestInput,
  carried?: CarriedRun,
): Promise<OptimizationResult> {
  const control = new RunControl(runIdOf(workflowInfo().workflowId), carried?.control);
  const trials = new RunTrials(control, carried?.trials);
  const goOnAnew = (): Promise<never> =>
    continueAsNew<typeof compensationOptimizationLoop>(request, {
      control: control.state,
      trials: trials.state,
    });
  try {
    if (control.spec === undefined) await validate(control, trials, request);
    while (!trials.isKept) {
      await trials.step();
      if (isHistoryLong()) await goOnAnew();
    }
    const decision = await settle(control, trials);
    if (decision === 'awaited') {
      // A decision that is being looked at must not get lost between two executions.
      await condition(allHandlersFinished);
      return await goOnAnew();
    }
    // Levers that move, and a result that stands, are not taken back: here a cancellation comes too late.
    return await CancellationScope.nonCancellable(async () => {
      if (decision !== 'keep') await publish(control, trials, decision);
      const result = await saveRun(control, trials, trials.status);
      await condition(allHandlersFinished);
      return result;
    });
  } catch (error) {
    if (error instanceof ContinueAsNew) throw error;
    // Anything else is a fault in this code: Temporal retries the workflow task until a corrected worker comes.
    if (!(error instanceof TemporalFailure)) throw error;
    await CancellationScope.nonCancellable(async () => {
      if (isCancellation(error) && trials.hasBaseline) await saveRun(control, trials, 'cancelled');
      else await recordFailure(control, trials, error);
    });
    throw isCancellation(error) ? error : toApplicationFailure(toMeritloopError(error));
  }
}

async function validate(
  control: RunControl,
  trials: RunTrials,
  request: OptimizationRequestInput | undefined,
): Promise<void> {
  const { workflowId, startTime, memo } = workflowInfo();
  const word: unknown = memo?.[START_WORD];
  control.enter('validating', 'running');
  await trials.timed('validation', async () => {
    const spec = await lengthy.validateRequest.executeWithOptions(
      { summary: 'check the request, copy its inputs' },
      [
        {
          request: request ?? {},
          workflow_id: workflowId,
          started_at: startTime.toISOString(),
          ...(word === undefined ? {} : { word }),
        },
      ],
    );
    control.begin(spec);
  });
}
