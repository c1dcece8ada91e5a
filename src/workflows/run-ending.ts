/** How a run ends: published or not, written down, recorded in the catalog, and summarised. */
import { ParentClosePolicy, isCancellation, startChild, workflowInfo } from '@temporalio/workflow';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import type { OptimizationResult, RunStatus } from '../contract/optimization.js';
import { runIdOf, summaryWorkflowId } from '../contract/run-id.js';
import { failure } from '../errors.js';
import { explain, toMeritloopError } from '../temporal/failures.js';
import { optimizationResultsSummary } from './optimization-results-summary.js';
import { brief } from './proxies.js';
import { ASSET, type RunControl } from './run-control.js';
import type { RunTrials } from './run-trials.js';

/** Applies the request's policy to a converged run; a run that is not converged publishes nothing. */
export async function settle(control: RunControl, trials: RunTrials): Promise<void> {
  const policy = control.spec?.apply ?? 'never';
  if (policy === 'never' || trials.status !== 'converged') return;
  if (policy === 'on-convergence') {
    await publish(control, trials, control.spec?.requested_by ?? '', 'converged');
    return;
  }
  control.result = await writeResult(control, trials, trials.status, 'pending');
  control.enter('waiting_for_approval');
  const { kind, by, comment } = await control.awaitDecision();
  if (kind === 'approved') await publish(control, trials, by, comment ?? 'approved');
  else control.applied = 'rejected';
}

async function publish(control: RunControl, trials: RunTrials, by: string, reason: string): Promise<void> {
  if (control.spec === undefined) return;
  await brief.publishLevers.executeWithOptions(
    { summary: `publish the levers for ${control.spec.scenario}` },
    [{ spec: control.spec, lever_set: trials.leverSet, by, reason }],
  );
  control.applied = 'applied';
}

/** Writes the result, records the asset, and leaves the report to a workflow of its own. */
export async function saveRun(
  control: RunControl,
  trials: RunTrials,
  status: RunStatus,
): Promise<OptimizationResult> {
  if (status === 'cancelled') trials.leverSet = await trials.keptLevers();
  const result = await writeResult(control, trials, status, control.applied);
  await brief.recordMaterialization.executeWithOptions({ summary: `record ${ASSET}` }, [
    {
      asset: ASSET,
      partition: null,
      run_id: result.run_id,
      metadata: {
        status,
        scenario: control.spec?.scenario ?? '',
        final_growth: result.final_growth,
        iterations_used: result.iterations_used,
        simulation_id: result.simulation_id,
        lever_set: result.lever_set,
        applied: result.applied,
        seconds: result.seconds,
      },
    },
  ]);
  await startSummary(result.run_id);
  control.result = result;
  control.enter('done', status);
  return result;
}

/**
 * A run that ended with nothing to keep: what went wrong stands where its result would. A refused request leaves
 * nothing behind but its workflow.
 */
export async function recordFailure(control: RunControl, error: unknown): Promise<void> {
  const { workflowId, startTime } = workflowInfo();
  const cancelled = isCancellation(error);
  const status = cancelled ? 'cancelled' : 'failed';
  if (control.spec === undefined && !cancelled) {
    control.enter('done', status);
    return;
  }
  const reason = cancelled
    ? failure('CANCELLED', { what: `run ${runIdOf(workflowId)}` })
    : toMeritloopError(error);
  await brief.saveFailure.executeWithOptions({ summary: `write why the run ${status}` }, [
    {
      run_id: runIdOf(workflowId),
      workflow_id: workflowId,
      requested_by: control.spec?.requested_by ?? 'unknown',
      status,
      error: explain(reason),
      started_at: startTime.toISOString(),
    },
  ]);
  control.enter('done', status);
}

async function writeResult(
  control: RunControl,
  trials: RunTrials,
  status: RunStatus,
  applied: OptimizationResult['applied'],
): Promise<OptimizationResult> {
  const { spec } = control;
  if (spec === undefined) throw failure('UNEXPECTED', { detail: 'no checked request' });
  return brief.saveResult.executeWithOptions({ summary: `write the result: ${status.replace('_', ' ')}` }, [
    {
      spec,
      state: trials.proposal.state,
      status,
      applied,
      stopped: control.stopRequested,
      lever_set: trials.leverSet,
      engine: trials.engine,
      simulations_run: control.simulationsRun,
      simulations_reused: control.simulationsReused,
      seconds: trials.workSeconds(),
      stages: trials.stages,
    },
  ]);
}

async function startSummary(runId: string): Promise<void> {
  try {
    await startChild(optimizationResultsSummary, {
      workflowId: summaryWorkflowId(runId),
      args: [{ run_id: runId }],
      parentClosePolicy: ParentClosePolicy.ABANDON,
      staticSummary: `report of run ${runId}`,
    });
  } catch (error) {
    // An earlier report of the same run is still being written: it reads the result that stands there now.
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
