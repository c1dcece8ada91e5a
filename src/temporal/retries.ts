/** The client's retries of single calls, which end before the connection does. */
import { setTimeout as sleep } from 'node:timers/promises';
import { defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from '@temporalio/client';

/** Between the due time of a retry and its start. */
const MARGIN_MS = 50;

export interface Retries {
  readonly interceptor: ReturnType<typeof makeGrpcRetryInterceptor>;
  /** Lets no further retry begin and waits, at most six seconds, for those that have. */
  end(): Promise<void>;
}

/** A retry whose timer ends on a closed channel would throw where nobody can catch it, and end the process. */
export function createRetries(): Retries {
  const { delayFunction, retryableDecider } = defaultGrpcRetryOptions();
  let ending = false;
  /** When the last of the retries begun so far starts, ms of the epoch. */
  let lastDue = 0;
  const interceptor = makeGrpcRetryInterceptor({
    retryableDecider: (attempt, status) => !ending && retryableDecider(attempt, status),
    delayFunction: (attempt, status) => {
      const delay = delayFunction(attempt, status);
      lastDue = Math.max(lastDue, Date.now() + delay);
      return delay;
    },
  });
  return {
    interceptor,
    async end() {
      ending = true;
      const wait = lastDue + MARGIN_MS - Date.now();
      if (wait > 0) await sleep(wait);
    },
  };
}
