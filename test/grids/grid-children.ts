/** The runs of a grid, counted from its histories. */
import type { Client } from '@temporalio/client';

export interface GridChildren {
  /** Workflow ids, in the order in which they were started. */
  readonly started: readonly string[];
  readonly completed: readonly string[];
  /** Most runs that were open at a time. */
  readonly most: number;
  /** Executions of the grid itself. */
  readonly executions: number;
}

export async function childrenOf(client: Client, gridWorkflowId: string): Promise<GridChildren> {
  const { raw } = await client.workflow.getHandle(gridWorkflowId).describe();
  const started: string[] = [];
  const completed: string[] = [];
  let open = 0;
  let most = 0;
  let executions = 0;
  let next = raw.workflowExecutionInfo?.firstRunId ?? '';
  while (next !== '') {
    executions += 1;
    const { events } = await client.workflow.getHandle(gridWorkflowId, next).fetchHistory();
    next = '';
    for (const event of events ?? []) {
      const begun = event.childWorkflowExecutionStartedEventAttributes;
      const done = event.childWorkflowExecutionCompletedEventAttributes;
      if (begun) started.push(begun.workflowExecution?.workflowId ?? '');
      if (done) completed.push(done.workflowExecution?.workflowId ?? '');
      const isEnd =
        done ??
        event.childWorkflowExecutionFailedEventAttributes ??
        event.childWorkflowExecutionCanceledEventAttributes;
      open += (begun ? 1 : 0) - (isEnd ? 1 : 0);
      most = Math.max(most, open);
      next = event.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId ?? next;
    }
  }
  return { started, completed, most, executions };
}
