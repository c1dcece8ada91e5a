/** The one place where what an activity throws becomes what a workflow catches. */
import { activityInfo, cancellationDetails, cancellationSignal } from '@temporalio/activity';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { failure } from '../errors.js';
import { environmentFailure } from '../errors/explain.js';
import { toApplicationFailure } from '../temporal/failures.js';
import type { Logger } from '../log.js';

/** Failure type of an attempt that its worker gave up while shutting down; always retried. */
export const WORKER_SHUTDOWN = 'WORKER_SHUTDOWN';

/** Wraps an activity: explained errors keep code, hint and fields; a cancelled one ends as cancelled. */
export const explained =
  <Input, Output>(activity: (input: Input) => Promise<Output>, logger: Logger) =>
  async (input: Input): Promise<Output> => {
    try {
      return await activity(input);
    } catch (error) {
      throw translate(error, logger);
    }
  };

function translate(error: unknown, logger: Logger): unknown {
  if (cancellationSignal().aborted) {
    const { workerShutdown, cancelRequested } = cancellationDetails() ?? {};
    // Reported as cancelled, the server would refuse it: nobody asked for that. As a failure it goes on elsewhere at once.
    if (workerShutdown && !cancelRequested)
      return ApplicationFailure.retryable('the worker was shut down', WORKER_SHUTDOWN);
    return error instanceof CancelledFailure ? error : cancellationSignal().reason;
  }
  if (error instanceof ApplicationFailure) return error;
  const { activityType, attempt, workflowExecution } = activityInfo();
  const explainedError =
    environmentFailure(error, activityType) ?? failure('UNEXPECTED', { detail: messageOf(error) }, error);
  logger.warn(
    { activity: activityType, attempt, workflow: workflowExecution?.workflowId, code: explainedError.code },
    explainedError.message,
  );
  return toApplicationFailure(explainedError);
}

const messageOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
