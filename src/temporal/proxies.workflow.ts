/** The activities as workflows call them: timeouts, retries, and the line that Temporal's web page shows. */
import { ActivityCancellationType, proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/index.js';

/** Every activity beats each second: work of a killed worker goes on elsewhere within seconds. */
const heartbeatTimeout = '10 seconds';

/**
 * An activity ends its own failures after the fifth (see `explain-failures.ts`). An attempt that was lost with its
 * worker is none of them: only a worker that dies of this very work is given up, after so many deaths.
 */
const retry = {
  initialInterval: '1 second',
  backoffCoefficient: 2,
  maximumInterval: '30 seconds',
  maximumAttempts: 100,
} as const;

/** Reads and small writes. */
export const brief = proxyActivities<Activities>({
  startToCloseTimeout: '2 minutes',
  heartbeatTimeout,
  retry,
});

/** Simulations and what reads every person. */
export const lengthy = proxyActivities<Activities>({
  startToCloseTimeout: '12 hours',
  heartbeatTimeout,
  retry,
  // The next attempt, or the end of the run, must not meet a simulation that still writes.
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
});

/** What no run waits for. */
export const besides = proxyActivities<Activities>({
  startToCloseTimeout: '30 seconds',
  heartbeatTimeout,
  retry: { initialInterval: '1 second', maximumAttempts: 2 },
});
