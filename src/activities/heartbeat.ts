/** Keeps the server informed while work goes on, so that a killed worker is noticed and a cancellation arrives. */
import { cancellationSignal, heartbeat } from '@temporalio/activity';

/** A tenth of the workflows' heartbeat timeout. */
const BEAT_MS = 1000;

/** Beats on every report of progress and, while a single step says nothing, on a timer. */
export async function whileBeating<T>(
  work: (beat: (details: unknown) => void, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  let latest: unknown;
  const timer = setInterval(() => heartbeat(latest), BEAT_MS);
  try {
    heartbeat();
    return await work((details) => {
      latest = details;
      heartbeat(details);
    }, cancellationSignal());
  } finally {
    clearInterval(timer);
  }
}
