/** What Temporal's client throws, explained: a run's own failure, a lost server, or a run that is not there. */
import { setTimeout as sleep } from 'node:timers/promises';
import { isGrpcServiceError, WorkflowNotFoundError } from '@temporalio/client';
import { failure, type MeritloopError } from '../errors.js';
import { toMeritloopError } from '../temporal/failures.js';

const UNAVAILABLE = 14;
const DEADLINE_EXCEEDED = 4;
/** A killed server is started again within seconds; one that moves, within a minute. */
const PATIENCE_MS = 120_000;

const grpcCode = (error: unknown): number | undefined =>
  isGrpcServiceError(error) ? error.code : codeOfCause(error);

const codeOfCause = (error: unknown): number | undefined => {
  const cause = (error as { cause?: unknown } | undefined)?.cause;
  return isGrpcServiceError(cause) ? cause.code : undefined;
};

/** Asks again while the server is away: for reads and for waiting, which may be repeated. */
export async function patiently<T>(ask: () => Promise<T>, address: string): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      const code = grpcCode(error);
      if (code !== UNAVAILABLE && code !== DEADLINE_EXCEEDED) throw error;
      if (Date.now() > deadline)
        throw failure('SERVER_UNREACHABLE', { address, detail: String((error as Error).message) }, error);
      await sleep(500);
    }
  }
}

/** Runs one call about a run; what it throws is explained. */
export async function about<T>(
  run: string,
  finished: () => Promise<boolean>,
  call: () => Promise<T>,
): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw await explainCall(run, finished, error);
  }
}

async function explainCall(
  run: string,
  finished: () => Promise<boolean>,
  error: unknown,
): Promise<MeritloopError> {
  if (error instanceof WorkflowNotFoundError)
    return (await finished())
      ? failure('RUN_FINISHED', { run }, error)
      : failure('RUN_UNKNOWN', { run }, error);
  if (grpcCode(error) === UNAVAILABLE)
    return failure(
      'SERVER_UNREACHABLE',
      { address: 'of the client', detail: String((error as Error).message) },
      error,
    );
  return toMeritloopError(error);
}
