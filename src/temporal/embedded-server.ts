/** One Temporal server per home folder: started detached, found again by whoever comes next, stopped by the last holder. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config.js';
import { failure, MeritloopError } from '../shared/errors/errors.js';
import type { Logger } from '../shared/log.js';
import { withLock } from '../shared/files/exclusive-lock.js';
import { choosePorts } from './choose-ports.js';
import { dropDeadLeases, dropLease, dropLeasesOf, livingHolders, takeLease } from './leases.js';
import { identify, isAlive, type ProcessIdentity } from '../shared/files/process-identity.js';
import { databaseIsMade, prepareDatabase } from './server-database.js';
import { isHealthy, keepFinishedRuns, spawnServer } from './server-process.js';
import {
  addressOf,
  readServerRecord,
  serverPaths,
  uiAddressOf,
  writeServerRecord,
  type ServerRecord,
} from './server-record.js';
import { endOfLog, readStartCause, type StartCause } from './start-cause.js';
import { startWatchdog } from './start-watchdog.js';
import { strayServersOf } from './stray-servers.js';
import { terminate } from './terminate.js';

/** For all attempts together: with the time to end a hung server it stays below the patience of others at the lock. */
const HEALTHY_WITHIN_MS = 30_000;
const WATCH_MS = 1000;
const REAP_MS = 10;
const START_ATTEMPTS = 6;
/** Before the second attempt; doubled before each further one. */
const PAUSE_MS = 100;

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
 * With `config.temporalAddress` nothing is started: that server is only checked.
 * @param healthyWithinMs how long the embedded server may take to answer
 * @throws MeritloopError SERVER_UNREACHABLE, SERVER_START_FAILED, TEMPORAL_MISSING, LOCK_HELD
 */
export async function acquireServer(
  config: Config,
  logger?: Logger,
  healthyWithinMs = HEALTHY_WITHIN_MS,
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
export async function abandonServer(config: Config): Promise<void> {
  if (config.temporalAddress !== undefined) return;
  const { lock, leases } = serverPaths(config);
  await withLock(lock, async () => {
    await dropLeasesOf(leases, process.pid);
    // Marked as stopped: this process still watches it, and must not start it again.
    if ((await dropDeadLeases(leases)) === 0) await stopRecorded(config, true);
  });
}

/** Stops the embedded server whoever holds it. Returns whether one ran. */
export async function stopServer(config: Config): Promise<boolean> {
  try {
    return await withLock(serverPaths(config).lock, () => stopRecorded(config, true), 10_000);
  } catch (error) {
    // A hung starter must not keep anybody from stopping the server.
    if (error instanceof MeritloopError && error.code === 'LOCK_HELD') return stopRecorded(config, true);
    throw error;
  }
}

export async function serverStatus(config: Config): Promise<ServerStatus> {
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

/** Call it under the lock. */
async function ensureRunning(
  config: Config,
  logger: Logger | undefined,
  withinMs = HEALTHY_WITHIN_MS,
): Promise<ServerRecord> {
  const deadline = Date.now() + withinMs;
  const known = await readServerRecord(config);
  if (known?.process != null && isAlive(known.process)) {
    if (await join(config, known, known.process, deadline)) return known;
    logger?.warn('the Temporal server died while it was joined: starting it again');
  }
  // Two servers on one database would spoil it.
  for (const stray of await strayServersOf(config)) await terminate(stray);
  await prepare(config, logger, false);
  let reason: unknown;
  for (let attempt = 0; attempt < START_ATTEMPTS; attempt += 1) {
    const record = await choosePorts(known);
    try {
      return await start(config, record, deadline);
    } catch (error) {
      const ended = error instanceof MeritloopError && error.code === 'SERVER_START_FAILED';
      if (!ended || (await isStopped(config))) throw error;
      reason = error;
      // It may have met damage deep inside its database.
      if (await prepare(config, logger, true)) continue;
      if (error.fields['passes'] !== true) throw error;
      await sleep(PAUSE_MS * 2 ** attempt);
    }
  }
  throw reason;
}

/** Returns false where it dies meanwhile: it may have been dying already, having been killed a moment ago. */
async function join(
  config: Config,
  known: ServerRecord,
  server: ProcessIdentity,
  deadline: number,
): Promise<boolean> {
  try {
    await waitUntilHealthy(config, known, deadline, () => isAlive(server));
  } catch (error) {
    if (error instanceof MeritloopError && error.code === 'SERVER_START_FAILED') return false;
    throw error;
  }
  // Its starter may have been killed in between.
  await databaseIsMade(config);
  return true;
}

/** Returns whether a database was set aside, which nobody is left to wonder about. */
async function prepare(config: Config, logger: Logger | undefined, thorough: boolean): Promise<boolean> {
  const aside = await prepareDatabase(config, thorough);
  if (aside !== undefined)
    logger?.warn(aside, 'the database of the Temporal server was damaged: set aside, a new one is made');
  return aside !== undefined;
}

/** Leaves no process behind when it fails. */
async function start(config: Config, ports: ServerRecord, deadline: number): Promise<ServerRecord> {
  const from = await endOfLog(config);
  const child = await spawnServer(config, ports);
  const started = identify(child.pid);
  const record: ServerRecord = { ...ports, process: started, stopped: false };
  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null;
  try {
    await writeServerRecord(config, record);
    await startWatchdog(config, record);
    await waitUntilHealthy(config, record, deadline, isRunning, () =>
      readStartCause(config, from, child.signalCode),
    );
    await databaseIsMade(config);
    await keepFinishedRuns(addressOf(record), config.temporalNamespace);
    return record;
  } catch (error) {
    await terminate(started);
    // Until this process, its parent, has taken note, an ended one still answers signals.
    while (isRunning()) await sleep(REAP_MS);
    await writeServerRecord(config, { ...record, process: null, stopped: await isStopped(config) });
    throw error;
  }
}

/** `server stop` need not wait for a starter: what it asked for holds. */
const isStopped = async (config: Config): Promise<boolean> =>
  (await readServerRecord(config))?.stopped ?? false;

async function waitUntilHealthy(
  config: Config,
  record: ServerRecord,
  deadline: number,
  isRunning: () => boolean,
  cause: () => Promise<StartCause> = async () => ({ line: 'it was ended meanwhile', passes: true }),
): Promise<void> {
  const address = addressOf(record);
  while (!(await isHealthy(address, config.temporalNamespace))) {
    if (!isRunning()) {
      const { line, passes } = await cause();
      throw failure('SERVER_START_FAILED', { address, detail: line, passes });
    }
    if (Date.now() > deadline)
      throw failure('SERVER_UNREACHABLE', {
        address,
        detail: 'its process runs, but does not answer',
        hung: true,
      });
    await sleep(50);
  }
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
