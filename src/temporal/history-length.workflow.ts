/** When a run should go on in a new execution: Temporal ends one whose history outgrows its limits. */
import { workflowInfo } from '@temporalio/workflow';

/** A memo of that name lowers the number of events at which a run goes on anew. */
const HISTORY_LIMIT_MEMO = 'history_limit';

export function isHistoryLong(): boolean {
  const { continueAsNewSuggested, historyLength, memo } = workflowInfo();
  const limit = memo?.[HISTORY_LIMIT_MEMO];
  return continueAsNewSuggested || (typeof limit === 'number' && historyLength >= limit);
}
