/** Keeps the server informed while work goes on, so that a killed worker is noticed and a cancellation arrives. */
import { activityInfo, cancellationSignal, heartbeat } from '@temporalio/activity';

/** A tenth of the workflows' heartbeat timeout. */
const BEAT_MS = 1000;

/** Beats on every report of progress and, while a single step says nothing, on a timer. */
export async function whileBeating<T>(
  work: (beat: (details: object) => void, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const failures = earlierFailures();
  let latest: object = {};
  const beat = (): void => heartbeat(failures === 0 ? latest : { ...latest, failures });
  const timer = setInterval(beat, BEAT_MS);
  try {
    beat();
    return await work((details) => {
      latest = details;
      beat();
    }, cancellationSignal());
  } finally {
    clearInterval(timer);
  }
}

/**
 * How often this activity itself failed before. Attempts lost with their worker do not count, so Temporal's number of
 * the attempt does not tell; the heartbeat's details do, because they reach the next attempt.
 */
export function earlierFailures(): number {
  const details: unknown = activityInfo().heartbeatDetails;
  if (typeof details !== 'object' || details === null || !('failures' in details)) return 0;
  return typeof details.failures === 'number' ? details.failures : 0;
}

/** Call it last, right before the attempt fails. */
export const tellNextAttempt = (failures: number): void => heartbeat({ failures });
