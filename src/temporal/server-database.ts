/**
 * The embedded server's database: made once, looked at before each start, and set aside where it cannot be used. The
 * server makes it in several hundred steps, and its program does not go on with half of them: until it has answered
 * for the first time a mark stands beside the file. No client has used a database that bears the mark.
 */
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config.js';
import { failure } from '../shared/errors/errors.js';
import { serverPaths } from './server-record.js';

/** What a server cannot be without, and the last thing that its program makes. */
const MADE = ['namespaces', 'executions', 'executions_visibility', 'executions_visibility_au'];
/** Up to this size every page is looked at before each start: a tenth of a second. */
const SMALL_BYTES = 64 * 1024 ** 2;
const UNREADABLE = /^(SQLITE_(BUSY|LOCKED|CANTOPEN|READONLY|PERM|FULL|IOERR|NOMEM)|E[A-Z]+$)/;
/** How long a server that was killed may take to let go of it. */
const LOCKED_WITHIN_MS = 10_000;
const LOCKED_PAUSE_MS = 100;
const BESIDE = ['', '-journal', '-wal', '-shm'];

export interface SetAside {
  /** Where the damaged file is now. */
  readonly file: string;
  readonly problem: string;
}

const markOf = (config: Pick<Config, 'home'>): string => `${serverPaths(config).database}.unfinished`;

/**
 * Sets a database aside that is damaged or was never finished, and marks one that is about to be made. Call it under
 * the server's lock while no server runs.
 * @param thorough looks at every page however many there are
 */
export async function prepareDatabase(
  config: Pick<Config, 'home'>,
  thorough = false,
): Promise<SetAside | undefined> {
  const problem = await databaseProblem(config, thorough);
  const aside = problem === undefined ? undefined : await setAside(config, problem);
  if (!(await exists(serverPaths(config).database))) {
    await mkdir(serverPaths(config).folder, { recursive: true });
    await (await open(markOf(config), 'a')).close();
  }
  return aside;
}

/** The server has answered: its database is whole, and from now on holds what must not be lost. */
export const databaseIsMade = (config: Pick<Config, 'home'>): Promise<void> =>
  rm(markOf(config), { force: true });

/** What is wrong with it; undefined for one that is sound or not there. Only while no server runs. */
export async function databaseProblem(
  config: Pick<Config, 'home'>,
  thorough = false,
): Promise<string | undefined> {
  const { database } = serverPaths(config);
  if (!(await exists(database))) return undefined;
  if (await exists(markOf(config))) return 'its making was broken off';
  const deadline = Date.now() + LOCKED_WITHIN_MS;
  for (;;) {
    try {
      return await problemIn(database, thorough);
    } catch (error) {
      // A server that is just dying still has it.
      if (!isLocked(error) || Date.now() > deadline)
        throw failure('FILE_SYSTEM', { path: database, reason: (error as Error).message }, error);
      await sleep(LOCKED_PAUSE_MS);
    }
  }
}

/** Throws what says nothing about the file itself. */
async function problemIn(database: string, thorough: boolean): Promise<string | undefined> {
  const { size } = await stat(database);
  const { default: Database } = await import('libsql');
  try {
    // For writing: what a killed server left in the journal is taken back first.
    const opened = new Database(database);
    try {
      const names = opened.prepare('select name from sqlite_master').all() as readonly { name: string }[];
      const missing = MADE.filter((name) => !names.some((known) => known.name === name));
      if (missing.length > 0) return `it was never finished: it has no ${missing.join(', no ')}`;
      if (!thorough && size > SMALL_BYTES) return undefined;
      const [found] = opened.prepare('pragma quick_check(1)').all() as readonly { quick_check: string }[];
      return found?.quick_check === 'ok' ? undefined : found?.quick_check;
    } finally {
      opened.close();
    }
  } catch (error) {
    if (isUnreadable(error)) throw error;
    return (error as Error).message;
  }
}

/** The databases that were set aside, the oldest first. */
export async function databasesAside(config: Pick<Config, 'home'>): Promise<string[]> {
  const folder = asideFolder(config);
  if (!(await exists(folder))) return [];
  const names = await readdir(folder);
  return names
    .filter((name) => name.endsWith('.db'))
    .toSorted()
    .map((name) => path.join(folder, name));
}

const asideFolder = (config: Pick<Config, 'home'>): string =>
  path.join(serverPaths(config).folder, 'set-aside');

/** Nothing is deleted: somebody may still want to look for a run in it. */
async function setAside(config: Pick<Config, 'home'>, problem: string): Promise<SetAside> {
  const { database } = serverPaths(config);
  const folder = asideFolder(config);
  await mkdir(folder, { recursive: true });
  const name = `temporal-${new Date().toISOString().replaceAll(':', '-')}.db`;
  for (const suffix of BESIDE.toReversed())
    if (await exists(`${database}${suffix}`))
      await rename(`${database}${suffix}`, path.join(folder, `${name}${suffix}`));
  await rm(markOf(config), { force: true });
  return { file: path.join(folder, name), problem };
}

const isLocked = (error: unknown): boolean =>
  /^SQLITE_(BUSY|LOCKED)/.test((error as { readonly code?: string }).code ?? '');

/** A fault of the disk or of rights says nothing about what stands in the file. */
function isUnreadable(error: unknown): boolean {
  const { code = '', message = '' } = error as { readonly code?: string; readonly message?: string };
  // The driver's word for a file that it cannot open has no code.
  return message.startsWith('ConnectionFailed(') || UNREADABLE.test(code);
}

async function exists(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
