/** The published database's place: nobody may hold it while it is replaced, and it is replaced in one step. */
import { existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { failure, type MeritloopError } from '../../shared/errors/errors.js';
import { environmentFailure } from '../../shared/errors/explain.js';
import { Database } from '../engine/database.js';

const RETRY_MS = 200;

export interface Patience {
  /** How long to wait for a holder, milliseconds. */
  readonly waitMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Told once, when the wait begins, who holds the file. */
  readonly onWait?: ((held: MeritloopError) => void) | undefined;
}

/**
 * Puts the finished `draft` in the place of `target` while holding the target's own lock, so that nobody's unsaved
 * changes or write-ahead log meet the new file.
 * @throws MeritloopError DATABASE_LOCKED naming who held it all the time; REQUEST_INVALID for a file of another kind
 */
export async function replaceDatabase(
  draft: string,
  target: string,
  spillFolder: string,
  patience: Patience,
): Promise<void> {
  await flush(draft);
  const held = await hold(target, spillFolder, patience);
  try {
    if (held !== undefined) {
      await held.run('force checkpoint');
      await rm(`${target}.wal`, { force: true });
    }
    await rename(draft, target);
  } finally {
    await held?.close();
  }
  await flush(path.dirname(target));
}

/** Why the database cannot be written now; undefined when nobody holds it. */
export async function tryDatabase(file: string): Promise<MeritloopError | undefined> {
  try {
    const database = await Database.open(file, { spillFolder: path.dirname(file) });
    await database.close();
    return undefined;
  } catch (error) {
    return explainOpening(error, file);
  }
}

/** The target opened for writing, which nobody else can do meanwhile; undefined where there is no target. */
async function hold(
  target: string,
  spillFolder: string,
  { waitMs, signal, onWait }: Patience,
): Promise<Database | undefined> {
  const deadline = performance.now() + waitMs;
  for (let waited = false; existsSync(target); waited = true) {
    signal?.throwIfAborted();
    try {
      return await Database.open(target, { spillFolder });
    } catch (error) {
      const locked = explainOpening(error, target);
      if (locked.code !== 'DATABASE_LOCKED' || performance.now() >= deadline) throw locked;
      if (!waited) onWait?.(locked);
    }
    await sleep(RETRY_MS, undefined, { signal });
  }
  return undefined;
}

function explainOpening(error: unknown, target: string): MeritloopError {
  const explained = environmentFailure(error, 'opening the published database');
  if (explained !== undefined) return explained;
  return failure(
    'REQUEST_INVALID',
    {
      source: 'command line',
      field: '--out',
      value: target,
      rule: `must not exist, or be a DuckDB database that this release can open`,
    },
    error,
  );
}

async function flush(file: string): Promise<void> {
  const handle = await open(file);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
