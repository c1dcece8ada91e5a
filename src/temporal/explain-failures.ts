/** The one place where what an activity throws becomes what a workflow catches. */
import { activityInfo, cancellationDetails, cancellationSignal } from '@temporalio/activity';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { failure } from '../shared/errors/errors.js';
import { environmentFailure } from '../shared/errors/explain.js';
import { toApplicationFailure } from './failures.js';
import type { Logger } from '../shared/log.js';
import { earlierFailures, tellNextAttempt } from './heartbeat.js';

/** Failure type of an attempt that its worker gave up while shutting down; always retried. */
const WORKER_SHUTDOWN = 'WORKER_SHUTDOWN';
/** An activity may fail so often; attempts that were lost with their worker are none of these. */
const OWN_FAILURES = 5;
const HAND_OVER = '200 milliseconds';

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
      return ApplicationFailure.create({
        message: 'the worker was shut down',
        type: WORKER_SHUTDOWN,
        nextRetryDelay: HAND_OVER,
      });
    return error instanceof CancelledFailure ? error : cancellationSignal().reason;
  }
  if (error instanceof ApplicationFailure) return error;
  const { activityType, workflowExecution } = activityInfo();
  const failures = earlierFailures() + 1;
  const explainedError =
    environmentFailure(error, activityType) ?? failure('UNEXPECTED', { detail: messageOf(error) }, error);
  logger.warn(
    { activity: activityType, failures, workflow: workflowExecution?.workflowId, code: explainedError.code },
    explainedError.message,
  );
  const isLast = failures >= OWN_FAILURES;
  if (explainedError.retryable && !isLast) tellNextAttempt(failures);
  return toApplicationFailure(explainedError, { isLast });
}

const messageOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
