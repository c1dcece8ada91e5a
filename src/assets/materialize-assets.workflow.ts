/** Materialises assets: plans once, then makes batch after batch, as many at a time as parallelism and pools allow. */
import {
  TemporalFailure,
  continueAsNew,
  defineQuery,
  isCancellation,
  log,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type {
  MaterializationProgress,
  MaterializationRequestInput,
  MaterializationResult,
} from './materialization.contract.js';
import { runIdOf } from '../runs/run-id.terms.js';
import { failure } from '../shared/errors/errors.js';
import { toApplicationFailure, toMeritloopError } from '../temporal/failures.js';
import { MaterializationCourse, type MaterializationState } from './materialization-course.workflow.js';
import { besides, lengthy } from '../temporal/proxies.workflow.js';

export const materializationProgressQuery = defineQuery<MaterializationProgress>('progress');

/** Without an argument everything that is due is made. */
export async function materializeAssets(
  request: MaterializationRequestInput = {},
  state?: MaterializationState,
): Promise<MaterializationResult> {
  const run = runIdOf(workflowInfo().workflowId);
  try {
    const outline = await lengthy.planMaterialization.executeWithOptions(
      { summary: state === undefined ? 'plan: what runs, what is reused, and why' : 'read the plan again' },
      [{ run, request }],
    );
    const course = new MaterializationCourse(run, outline, state);
    setHandler(materializationProgressQuery, () => course.progress());
    if (await course.makeAll()) {
      return await continueAsNew<typeof materializeAssets>(request, course.handOver());
    }
    if (course.result.status === 'succeeded') return course.result;
    if (outline.alerts === true) await alert(course.result);
    const { ran, reused, blocked, failed, errors, blocked_because } = course.result;
    throw failure('MATERIALIZATION_FAILED', { run, ran, reused, blocked, failed, errors, blocked_because });
  } catch (error) {
    if (isCancellation(error)) throw error;
    const explained = toMeritloopError(error);
    // Anything else is a fault in this code: Temporal retries the workflow task until a corrected worker comes.
    if (explained.code !== 'MATERIALIZATION_FAILED' && !(error instanceof TemporalFailure)) throw error;
    throw toApplicationFailure(explained);
  }
}

/** An address that does not answer changes nothing about the run. */
async function alert({
  run_id,
  failed,
  blocked,
  failed_checks,
  errors,
  blocked_because,
}: MaterializationResult): Promise<void> {
  const { workflowId: workflow_id } = workflowInfo();
  try {
    await besides.sendAlert.executeWithOptions(
      { summary: `tell that ${failed} failed, ${blocked} are blocked` },
      [
        {
          event: 'assets_not_made',
          run_id,
          workflow_id,
          failed,
          blocked,
          failed_checks,
          errors,
          blocked_because,
        },
      ],
    );
  } catch (error) {
    if (isCancellation(error)) throw error;
    log.warn('the alert could not be sent; the log of the worker says why', { run_id });
  }
}
