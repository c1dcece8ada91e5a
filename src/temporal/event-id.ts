/** Idempotency keys of what an activity records: the same for every attempt. */
import { createHash } from 'node:crypto';
import type { Info } from '@temporalio/activity';

/** `part` tells several records of one activity apart. */
export function eventId({ workflowExecution, activityId }: Info, part = ''): string {
  const { workflowId = '', runId = '' } = workflowExecution ?? {};
  return createHash('sha256')
    .update(JSON.stringify([workflowId, runId, activityId, part]))
    .digest('hex')
    .slice(0, 32);
}
