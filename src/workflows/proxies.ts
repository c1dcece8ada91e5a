/** The activities as workflows call them: timeouts, retries, and the line that Temporal's web page shows. */
import { ActivityCancellationType, proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/create-activities.js';

const retry = {
  initialInterval: '1 second',
  backoffCoefficient: 2,
  maximumInterval: '30 seconds',
  maximumAttempts: 5,
} as const;

/** Reads and small writes. */
export const brief = proxyActivities<Activities>({ startToCloseTimeout: '2 minutes', retry });

/** Simulations and what reads every person: they heartbeat, so that a killed worker's work goes on within seconds. */
export const lengthy = proxyActivities<Activities>({
  startToCloseTimeout: '12 hours',
  heartbeatTimeout: '10 seconds',
  retry,
  // The next attempt, or the end of the run, must not meet a simulation that still writes.
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
});
