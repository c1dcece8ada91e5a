/** Connections to Temporal: plain to the embedded server, by the standard environment configuration to an outside one. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection, defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { NativeConnection, NativeConnectionOptions } from '@temporalio/worker';
import type { Config } from '../config.js';
import { failure } from '../shared/errors/errors.js';

/**
 * TLS, mTLS and API key of an outside server come from TEMPORAL_TLS_*, TEMPORAL_API_KEY, TEMPORAL_PROFILE or
 * Temporal's own configuration file; the embedded server needs none and ignores them.
 */
export const connectOptions = (config: Config, address: string): NativeConnectionOptions =>
  config.temporalAddress === undefined
    ? { address }
    : { ...loadClientConnectConfig().connectionOptions, address };

/** A client for starting and asking workflows. Close `client.connection` after use. @throws MeritloopError SERVER_UNREACHABLE */
export async function connectClient(config: Config, address: string): Promise<Client> {
  const retries = createRetries();
  const connection = await reach(address, () =>
    Connection.connect({ ...connectOptions(config, address), interceptors: [retries.interceptor] }),
  );
  const close = connection.close.bind(connection);
  connection.close = async () => {
    await retries.end();
    await close();
  };
  return new Client({ connection, namespace: config.temporalNamespace });
}

/** A worker's connection. Close it after the worker has stopped. @throws MeritloopError SERVER_UNREACHABLE */
export async function connectWorker(config: Config, address: string): Promise<NativeConnection> {
  // Loaded here: a mere client needs none of it.
  const worker = await import('@temporalio/worker');
  return reach(address, () => worker.NativeConnection.connect(connectOptions(config, address)));
}

async function reach<T>(address: string, connect: () => Promise<T>): Promise<T> {
  try {
    return await connect();
  } catch (error) {
    throw failure('SERVER_UNREACHABLE', { address, detail: (error as Error).message }, error);
  }
}

/** Between the due time of a retry and its start. */
const MARGIN_MS = 50;

interface Retries {
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
