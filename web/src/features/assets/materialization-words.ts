/** Where a materialisation stands, in words and numbers. Pure. */
import type { MaterializationState } from '../../api/types.js';

type Progress = NonNullable<MaterializationState['progress']>;

/** Steps that are over, whatever became of them. */
export const doneOf = ({ ran, reused, blocked, failed }: Progress): number => ran + reused + blocked + failed;

/** @param now milliseconds; the clock of a browser may be behind the server's */
export const elapsedSeconds = (
  { started_at, finished_at }: Pick<MaterializationState, 'started_at' | 'finished_at'>,
  now: number,
): number =>
  Math.max(0, (finished_at === null ? now : Date.parse(finished_at)) - Date.parse(started_at)) / 1000;

export function courseOf(status: MaterializationState['status'], progress: Progress | null): string {
  if (progress === null)
    return status === 'running' ? 'The plan is being made.' : `It ended before there was a plan: ${status}.`;
  const { ran, reused, blocked, failed, steps_total } = progress;
  const ended = {
    running: '',
    succeeded: 'Done: ',
    failed: 'Failed: ',
    cancelled: 'Cancelled; what was made stays: ',
  };
  return `${ended[status]}${doneOf(progress)} of ${steps_total} steps: ${ran} made, ${reused} reused, ${blocked} blocked, ${failed} failed.`;
}
