/** `optimizationGrid`: one optimisation for every target, strategy, scenario and seed, so many at a time, as one table. */
import {
  CancellationScope,
  ContinueAsNew,
  TemporalFailure,
  continueAsNew,
  isCancellation,
  workflowInfo,
} from '@temporalio/workflow';
import type { GridRequestInput, GridResult } from './grid.contract.js';
import { gridIdOf } from '../runs/run-id.terms.js';
import { toApplicationFailure, toMeritloopError } from '../temporal/failures.js';
import { GridCourse, type GridState } from './grid-course.workflow.js';

/**
 * Ids, messages and result: docs/reference/workflows.md. Without an argument every default holds.
 * @param carried by the execution before this one alone; callers leave it out
 */
export async function optimizationGrid(request?: GridRequestInput, carried?: GridState): Promise<GridResult> {
  const { workflowId } = workflowInfo();
  const course = new GridCourse(workflowId, gridIdOf(workflowId), carried);
  try {
    await course.plan(request ?? {});
    if (!(await course.runCells()))
      return await continueAsNew<typeof optimizationGrid>(request, course.state);
    return await course.finish('completed', request);
  } catch (error) {
    if (error instanceof ContinueAsNew) throw error;
    // Anything else is a fault in this code: Temporal retries the workflow task until a corrected worker comes.
    if (!(error instanceof TemporalFailure)) throw error;
    if (!isCancellation(error)) throw toApplicationFailure(toMeritloopError(error));
    // One that was not even planned leaves nothing behind.
    if (course.state.plan !== undefined)
      await CancellationScope.nonCancellable(() => course.finish('cancelled', request));
    throw error;
  }
}
