/** One Temporal server per home folder: started detached, found again by whoever comes next, stopped by the last holder. */
import { rootConfig, type Config } from '../config.js';
import { MeritloopError } from '../shared/errors/errors.js';
import type { Logger } from '../shared/log.js';
import { withLock } from '../shared/files/exclusive-lock.js';
import { isAlive } from '../shared/files/process-identity.js';
import { dropDeadLeases, dropLease, dropLeasesOf, livingHolders, takeLease } from './leases.js';
import { ensureNamespace } from './namespaces.js';
import { ensureRunning, HEALTHY_WITHIN_MS } from './run-server.js';
import { isHealthy } from './server-process.js';
import { addressOf, readServerRecord, serverPaths, uiAddressOf, writeServerRecord } from './server-record.js';
import { terminate } from './terminate.js';

const WATCH_MS = 1000;

export interface ServerLease {
  /** host:port of the gRPC service. */
  readonly address: string;
  /** Base address of Temporal's web page; undefined for an outside server, whose page is not known. */
  readonly uiAddress: string | undefined;
  /** False for an outside server. */
  readonly embedded: boolean;
  /** Gives the server back; the last holder's release stops it. Calling it again does nothing. */
  release(): Promise<void>;
}

export interface ServerStatus {
  readonly embedded: boolean;
  readonly address: string | undefined;
  readonly uiAddress: string | undefined;
  readonly pid: number | undefined;
  readonly healthy: boolean;
  /** Pids of the living processes that use it. */
  readonly holders: readonly number[];
}

/**
 * Starts the embedded server or joins the one that runs; while held, a server that died is started again.
 * With `config.temporalAddress` nothing is started: that server is only checked. All companies of a home have one server,
 * each a namespace of its own there, which is made where it is missing.
 * @param healthyWithinMs how long the embedded server may take to answer
 * @throws MeritloopError SERVER_UNREACHABLE, SERVER_START_FAILED, TEMPORAL_MISSING, LOCK_HELD, NAMESPACE_REFUSED
 */
export async function acquireServer(
  config: Config,
  logger?: Logger,
  healthyWithinMs = HEALTHY_WITHIN_MS,
): Promise<ServerLease> {
  const server = await acquire(rootConfig(config), logger, healthyWithinMs);
  if (config.within === undefined) return server;
  try {
    await ensureNamespace(config, server.address);
    return server;
  } catch (error) {
    await server.release();
    throw error;
  }
}

async function acquire(
  config: Config,
  logger: Logger | undefined,
  healthyWithinMs: number,
): Promise<ServerLease> {
  if (config.temporalAddress !== undefined)
    return {
      address: config.temporalAddress,
      uiAddress: undefined,
      embedded: false,
      release: async () => {},
    };
  const { lock, leases } = serverPaths(config);
  const { lease, record } = await withLock(lock, async () => {
    const lease = await takeLease(leases);
    try {
      return { lease, record: await ensureRunning(config, logger, healthyWithinMs) };
    } catch (error) {
      await dropLease(lease);
      throw error;
    }
  });
  const unwatch = watch(config, logger);
  let released: Promise<void> | undefined;
  const release = async (): Promise<void> => {
    await unwatch();
    await withLock(lock, async () => {
      await dropLease(lease);
      if ((await dropDeadLeases(leases)) === 0) await stopRecorded(config, false);
    });
  };
  return {
    address: addressOf(record),
    uiAddress: uiAddressOf(record),
    embedded: true,
    release: () => (released ??= release()),
  };
}

/** Gives back, at once, all that this process holds of the server, which then ends at once unless somebody else uses it. */
export async function abandonServer(of: Config): Promise<void> {
  if (of.temporalAddress !== undefined) return;
  const config = rootConfig(of);
  const { lock, leases } = serverPaths(config);
  await withLock(lock, async () => {
    await dropLeasesOf(leases, process.pid);
    // Marked as stopped: this process still watches it, and must not start it again.
    if ((await dropDeadLeases(leases)) === 0) await stopRecorded(config, true);
  });
}

/** Stops the embedded server whoever holds it. Returns whether one ran. */
export async function stopServer(of: Config): Promise<boolean> {
  const config = rootConfig(of);
  try {
    return await withLock(serverPaths(config).lock, () => stopRecorded(config, true), 10_000);
  } catch (error) {
    // A hung starter must not keep anybody from stopping the server.
    if (error instanceof MeritloopError && error.code === 'LOCK_HELD') return stopRecorded(config, true);
    throw error;
  }
}

export async function serverStatus(of: Config): Promise<ServerStatus> {
  const config = rootConfig(of);
  const { temporalAddress, temporalNamespace } = config;
  if (temporalAddress !== undefined)
    return {
      embedded: false,
      address: temporalAddress,
      uiAddress: undefined,
      pid: undefined,
      holders: [],
      healthy: await isHealthy(temporalAddress, temporalNamespace),
    };
  const record = await readServerRecord(config);
  const alive = record?.process != null && isAlive(record.process);
  return {
    embedded: true,
    address: record && addressOf(record),
    uiAddress: record && uiAddressOf(record),
    pid: alive ? record.process?.pid : undefined,
    healthy: alive && (await isHealthy(addressOf(record), temporalNamespace)),
    holders: (await livingHolders(serverPaths(config).leases)).map(({ pid }) => pid),
  };
}

async function stopRecorded(config: Config, stopped: boolean): Promise<boolean> {
  const record = await readServerRecord(config);
  if (record === undefined) return false;
  const running = record.process !== null && isAlive(record.process);
  // Marked first: a holder that watches must not start it again meanwhile.
  await writeServerRecord(config, { ...record, stopped });
  if (record.process !== null) await terminate(record.process);
  await writeServerRecord(config, { ...record, process: null, stopped });
  return running;
}

/** Starts a server that was killed again, unless it was stopped on purpose. Returns the function that ends the watch. */
function watch(config: Config, logger: Logger | undefined): () => Promise<void> {
  const { lock } = serverPaths(config);
  let busy: Promise<void> = Promise.resolve();
  let checking = false;
  const isDead = async (): Promise<boolean> => {
    const record = await readServerRecord(config);
    if (record === undefined || record.stopped) return false;
    // Null: the start before this one failed.
    return record.process === null || !isAlive(record.process);
  };
  const check = async (): Promise<void> => {
    if (checking) return;
    checking = true;
    try {
      if (!(await isDead())) return;
      logger?.warn('the Temporal server has died: starting it again');
      await withLock(lock, async () => {
        if (await isDead()) await ensureRunning(config, logger);
      });
    } catch (error) {
      logger?.error({ err: error }, 'the Temporal server could not be started again');
    } finally {
      checking = false;
    }
  };
  const timer = setInterval(() => {
    if (!checking) busy = check();
  }, WATCH_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await busy;
  };
}
