/** Pools across runs: of all runs on one home, one batch of a pool is made at a time, by a lock that dies with its holder. */
import path from 'node:path';
import { takeUnlessHeld } from '../shared/files/exclusive-lock.js';

export interface PoolHeld {
  /** Batch and run. */
  readonly heldBy: string;
}

/** Does the work while holding the pool, or says who holds it. @param pool null: none is needed */
export async function inPool<Result extends object>(
  home: string,
  pool: string | null,
  holder: string,
  work: () => Promise<Result>,
): Promise<Result | PoolHeld> {
  if (pool === null) return work();
  const attempt = await takeUnlessHeld(path.join(home, 'pools', encodeURIComponent(pool)), holder);
  if ('heldBy' in attempt) return attempt;
  try {
    return await work();
  } finally {
    await attempt.release();
  }
}
