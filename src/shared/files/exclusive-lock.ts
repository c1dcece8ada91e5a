/** A lock between processes: a file made exclusively that names its holder, so that a dead holder's can be broken. */
import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { failure } from '../errors/errors.js';
import { identify, isAlive, processIdentity } from './process-identity.js';

const RETRY_MS = 25;
const BREAKING_MS = 60_000;

/** `taking` tells one taking of the lock from every other; `note` is what the holder says of itself. */
const lockHolder = processIdentity.extend({
  taking: z.string().default(''),
  note: z.string().default(''),
});
type LockHolder = z.infer<typeof lockHolder>;

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
    if (holder !== undefined && !isAlive(holder)) await breakLock(file, holder, patienceMs);
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

/** Undone by `release`; or else what the living holder says of itself. */
export type LockAttempt = { readonly release: () => Promise<void> } | { readonly heldBy: string };

/** Takes the lock at `file` unless a living process holds it; waits for nobody. @param note for whoever meets the lock */
export async function takeUnlessHeld(file: string, note: string): Promise<LockAttempt> {
  await mkdir(path.dirname(file), { recursive: true });
  while (!(await tryTake(file, note))) {
    const holder = await readHolder(file);
    if (holder !== undefined && isAlive(holder)) return { heldBy: holder.note };
    if (holder !== undefined) await breakLock(file, holder, BREAKING_MS);
  }
  return { release: () => rm(file, { force: true }) };
}

/** Written beside and linked into place: whoever sees the lock can also read its holder. */
async function tryTake(file: string, note = ''): Promise<boolean> {
  const taking = randomUUID();
  const draft = `${file}.${taking}`;
  const handle = await open(draft, 'wx');
  try {
    await handle.writeFile(JSON.stringify({ ...identify(process.pid), taking: taking.slice(0, 8), note }));
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

async function readHolder(file: string): Promise<LockHolder | undefined> {
  try {
    return lockHolder.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Several may find the same holder dead. Looking again and removing are one step under a lock of that holder's own:
 * otherwise the slower one would remove the lock that somebody has taken since.
 */
function breakLock(file: string, dead: LockHolder, patienceMs: number): Promise<void> {
  return withLock(
    `${file}.dead-${dead.taking}`,
    async () => {
      const found = await readHolder(file);
      if (found?.taking === dead.taking && found.pid === dead.pid) await rm(file, { force: true });
    },
    patienceMs,
  );
}
