/** How a run ends: published or not, written down, recorded in the catalog, and summarised. */
import { ParentClosePolicy, isCancellation, startChild, workflowInfo } from '@temporalio/workflow';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import type { ResultInput } from './save-result.activities.js';
import type { RunWord } from '../levers/gate.js';
import type { OptimizationResult, RunStatus } from './optimization.contract.js';
import { runIdOf, summaryWorkflowId } from './run-id.terms.js';
import { failure, explain } from '../shared/errors/errors.js';
import { toMeritloopError } from '../temporal/failures.js';
import { optimizationResultsSummary } from './optimization-results-summary.workflow.js';
import { brief } from '../temporal/proxies.workflow.js';
import { ASSET, type RunControl } from './run-control.workflow.js';
import type { RunTrials } from './run-trials.workflow.js';

/** Why a run's levers are published, and on whose word. */
export interface Publication {
  readonly reason: string;
  /** The signed word that the gate asks for; null where there is none. */
  readonly word: RunWord | null;
}

/**
 * What becomes of the levers by the request's policy; only a converged run publishes any.
 * `awaited`: nobody has decided yet, and the run's history has grown long.
 */
export async function settle(
  control: RunControl,
  trials: RunTrials,
): Promise<Publication | 'keep' | 'awaited'> {
  const policy = control.spec?.apply ?? 'never';
  if (policy === 'never' || trials.status !== 'converged') return 'keep';
  if (policy === 'on-convergence')
    return (await control.untilResumed())
      ? { reason: 'converged', word: control.spec?.word ?? null }
      : 'awaited';
  control.result = await brief.saveResult.executeWithOptions({ summary: 'write the result to approve' }, [
    resultInput(control, trials, trials.status, 'pending'),
  ]);
  control.enter('waiting_for_approval');
  control.approval.ask();
  const verdict = await control.approval.decided();
  if (verdict === undefined) return 'awaited';
  if (verdict.kind === 'approved') return { reason: verdict.comment ?? 'approved', word: verdict.word };
  control.state.applied = 'rejected';
  if (verdict.kind === 'expired')
    control.state.remarks.push({
      code: 'APPROVAL_EXPIRED',
      message: `Not published: nobody had decided by ${verdict.at}. Start the run again under another id to ask anew; its simulations are reused.`,
    });
  return 'keep';
}

/**
 * Where somebody moved the levers since the run began, theirs stay; and where nobody who may has signed for it, nothing
 * is published. The run has converged all the same, and says so.
 */
export async function publish(
  control: RunControl,
  trials: RunTrials,
  { reason, word }: Publication,
): Promise<void> {
  const { spec, state } = control;
  if (spec === undefined) return;
  try {
    await trials.timed('publishing', () =>
      brief.publishLevers.executeWithOptions({ summary: `publish the levers for ${spec.scenario}` }, [
        { spec, lever_set: trials.state.leverSet, reason, word, approval: control.approval.record },
      ]),
    );
    state.applied = 'applied';
  } catch (error) {
    const { code, message, hint } = toMeritloopError(error);
    if (code !== 'LEVERS_MOVED' && code !== 'MOVE_UNSIGNED') throw error;
    state.applied = code === 'LEVERS_MOVED' ? 'rejected' : 'never';
    state.remarks.push({ code, message: `Not published: ${message}. ${hint}` });
    control.note(`Not published: ${message}.`);
  }
}

/** Writes the result, records the asset, and leaves the report to a workflow of its own. */
export async function saveRun(
  control: RunControl,
  trials: RunTrials,
  status: RunStatus,
): Promise<OptimizationResult> {
  if (status === 'cancelled') trials.state.leverSet = await trials.keptLevers();
  const result = await brief.saveResult.executeWithOptions(
    { summary: `write the result: ${status.replace('_', ' ')}` },
    [resultInput(control, trials, status, control.state.applied)],
  );
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
        ...(result.uncertainty && {
          probability_within_tolerance: result.uncertainty.probability_within_tolerance,
        }),
      },
    },
  ]);
  await startSummary(result.run_id);
  control.result = result;
  control.enter('done', status);
  return result;
}

/**
 * A run that ended without a result: what went wrong stands where its result would, with what was known by then. A
 * refused request leaves nothing behind but its workflow.
 */
export async function recordFailure(control: RunControl, trials: RunTrials, error: unknown): Promise<void> {
  const { workflowId, startTime } = workflowInfo();
  const { spec } = control;
  const cancelled = isCancellation(error);
  const status = cancelled ? 'cancelled' : 'failed';
  if (spec === undefined && !cancelled) {
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
      requested_by: spec?.requested_by ?? 'unknown',
      status,
      error: explain(reason),
      started_at: spec?.started_at ?? startTime.toISOString(),
      known: trials.hasBaseline ? resultInput(control, trials, status, control.state.applied) : null,
    },
  ]);
  control.enter('done', status);
}

function resultInput(
  { spec, state, approval }: RunControl,
  trials: RunTrials,
  status: RunStatus,
  applied: OptimizationResult['applied'],
): ResultInput {
  if (spec === undefined) throw failure('UNEXPECTED', { detail: 'no checked request' });
  return {
    spec,
    state: trials.proposal.state,
    status,
    applied,
    stopped: state.stopRequested,
    remarks: state.remarks,
    approval: approval.record,
    ...(spec.seeds && { evaluation: trials.state.evaluation ?? null }),
    lever_set: trials.state.leverSet,
    engine: trials.state.engine,
    simulations_run: state.simulationsRun,
    simulations_reused: state.simulationsReused,
    seconds: trials.workSeconds(),
    stages: trials.state.stages,
  };
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
