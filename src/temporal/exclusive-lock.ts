/** A lock between processes: a file made exclusively that names its holder, so that a dead holder's can be broken. */
import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { failure } from '../errors.js';
import { identify, isAlive, processIdentity, type ProcessIdentity } from './process-identity.js';

const RETRY_MS = 25;

/**
 * Runs `work` while holding the lock at `file`.
 * @param patienceMs how long to wait for a living holder
 * @throws MeritloopError LOCK_HELD naming the holder
 */
export async function withLock<T>(file: string, work: () => Promise<T>, patienceMs = 60_000): Promise<T> {
  await mkdir(path.dirname(file), { recursive: true });
  const deadline = Date.now() + patienceMs;
  while (!(await tryTake(file))) {
    const holder = await readHolder(file);
    if (holder !== undefined && !isAlive(holder)) await breakLock(file, holder);
    else if (Date.now() > deadline)
      throw failure('LOCK_HELD', {
        path: file,
        holder: holder === undefined ? 'unknown' : `process ${holder.pid}`,
      });
    else await sleep(RETRY_MS);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

/** Written beside and linked into place: whoever sees the lock can also read its holder. */
async function tryTake(file: string): Promise<boolean> {
  const draft = `${file}.${randomUUID()}`;
  const handle = await open(draft, 'wx');
  try {
    await handle.writeFile(JSON.stringify(identify(process.pid)));
  } finally {
    await handle.close();
  }
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

async function readHolder(file: string): Promise<ProcessIdentity | undefined> {
  try {
    return processIdentity.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Only one of several breakers gets the rename; a lock taken in between by someone else is put back. */
async function breakLock(file: string, dead: ProcessIdentity): Promise<void> {
  const aside = `${file}.broken.${randomUUID()}`;
  try {
    await rename(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const moved = await readHolder(aside);
  if (moved !== undefined && (moved.pid !== dead.pid || moved.started !== dead.started))
    await link(aside, file);
  await rm(aside, { force: true });
}
