/** What Temporal's client throws, explained: a run's own failure, a lost server, or a run that is not there. */
import { setTimeout as sleep } from 'node:timers/promises';
import { isGrpcServiceError, WorkflowNotFoundError } from '@temporalio/client';
import { failure, MeritloopError } from '../shared/errors/errors.js';
import { environmentFailure } from '../shared/errors/explain.js';
import { toMeritloopError } from './failures.js';

const UNAVAILABLE = 14;
const DEADLINE_EXCEEDED = 4;
const FAILED_PRECONDITION = 9;
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

/** A query that meets a run between two executions, or a worker that just starts, is lost: it is asked once more. */
export async function onceMore<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (grpcCode(error) !== DEADLINE_EXCEEDED) throw error;
    return ask();
  }
}

/** While a run tries a step of its workflow again, the server turns updates away; none of it has reached the run. */
const TURNED_AWAY_MS = 15_000;

/** An update, sent again while the server turns it away. */
export async function onceAdmitted<T>(update: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + TURNED_AWAY_MS;
  for (;;) {
    try {
      return await update();
    } catch (error) {
      if (grpcCode(error) !== FAILED_PRECONDITION || Date.now() > deadline) throw error;
      await sleep(300);
    }
  }
}

/** Runs one call about no run in particular; what it throws is explained. */
export async function onServer<T>(address: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw explainServerCall(address, error);
  }
}

/** Runs one call about a run; what it throws is explained. */
export async function about<T>(
  { run, address }: { readonly run: string; readonly address: string },
  finished: () => Promise<boolean>,
  call: () => Promise<T>,
): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw await explainCall(run, address, finished, error);
  }
}

async function explainCall(
  run: string,
  address: string,
  finished: () => Promise<boolean>,
  error: unknown,
): Promise<MeritloopError> {
  if (error instanceof WorkflowNotFoundError)
    return (await finished())
      ? failure('RUN_FINISHED', { run }, error)
      : failure('RUN_UNKNOWN', { run }, error);
  // The server answers at once; a query waits for a worker.
  if (grpcCode(error) === DEADLINE_EXCEEDED) return failure('WORKER_SILENT', { run }, error);
  return explainServerCall(address, error);
}

function explainServerCall(address: string, error: unknown): MeritloopError {
  if (error instanceof MeritloopError) return error;
  if (grpcCode(error) === UNAVAILABLE)
    return failure('SERVER_UNREACHABLE', { address, detail: String((error as Error).message) }, error);
  const explained = toMeritloopError(error);
  // The home's own files are read as well.
  if (explained.code === 'UNEXPECTED')
    return environmentFailure(error, 'reading the home folder') ?? explained;
  return explained;
}
