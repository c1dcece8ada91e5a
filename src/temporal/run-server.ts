/** Sees to it that a home's embedded server runs: joins the one that is recorded, or starts it, again where it died. */
import { setTimeout as sleep } from 'node:timers/promises';
import { readdir, readFile, readlink, realpath, open } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import path from 'node:path';
import type { Config } from '../config.js';
import { failure, MeritloopError } from '../shared/errors/errors.js';
import type { Logger } from '../shared/log.js';
import { identify, isAlive, type ProcessIdentity } from '../shared/files/process-identity.js';
import { choosePorts } from './choose-ports.js';
import { databaseIsMade, prepareDatabase } from './server-database.js';
import { isHealthy, keepFinishedRuns, spawnServer } from './server-process.js';
import {
  addressOf,
  readServerRecord,
  writeServerRecord,
  type ServerRecord,
  serverPaths,
} from './server-record.js';
import { endOfLog, readStartCause, type StartCause } from './start-cause.js';
import { terminate } from './terminate.js';
import type { WatchdogJob } from './server-watchdog.js';

/** For all attempts together: with the time to end a hung server it stays below the patience of others at the lock. */
export const HEALTHY_WITHIN_MS = 30_000;
const REAP_MS = 10;
const START_ATTEMPTS = 6;
/** Before the second attempt; doubled before each further one. */
const PAUSE_MS = 100;

/** Call it under the lock, with the configuration of the home itself. */
export async function ensureRunning(
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

/**
 * Servers of a home that no record names: their starter was killed before it had written one. Each works in the home's
 * server folder. Elsewhere than on Linux, which has /proc, none is found.
 */
async function strayServersOf(config: Pick<Config, 'home'>): Promise<ProcessIdentity[]> {
  const folder = await orUndefined(realpath(serverPaths(config).folder));
  const names = (await orUndefined(readdir('/proc'))) ?? [];
  if (folder === undefined) return [];
  const found = await Promise.all(
    names
      .filter((name) => /^\d+$/.test(name))
      .map(async (name) => {
        if ((await orUndefined(readlink(`/proc/${name}/cwd`))) !== folder) return [];
        const command = (await orUndefined(readFile(`/proc/${name}/cmdline`, 'utf8'))) ?? '';
        return command.includes('\0server\0start-dev\0') ? [identify(Number(name))] : [];
      }),
  );
  return found.flat();
}

/** A process may end, or belong to somebody else, while it is looked at. */
const orUndefined = <T>(look: Promise<T>): Promise<T | undefined> => look.catch(() => undefined);

/**
 * Starts the process that guards the server's page, and ends the server when nobody is left who uses it.
 * In a session of its own: whatever ends the starter must not end it. What it has to say
 * stands in the server's log.
 */
async function startWatchdog(config: Config, record: ServerRecord): Promise<void> {
  const { process: server, ui_port, page_host, page_port } = record;
  if (server === null) return;
  const behind =
    page_host === undefined || page_port === undefined ? null : { host: page_host, port: page_port };
  const job: WatchdogJob = { server, page: behind && { port: ui_port, behind } };
  const program = path.join(config.projectRoot, 'dist', 'temporal', 'server-watchdog.js');
  const log = await open(serverPaths(config).log, 'a');
  try {
    spawn(process.execPath, [program, config.home, JSON.stringify(job)], {
      cwd: path.parse(config.home).root,
      detached: true,
      stdio: ['ignore', 'ignore', log.fd],
    }).unref();
  } finally {
    await log.close();
  }
}
