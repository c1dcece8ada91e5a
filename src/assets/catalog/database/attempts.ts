/** Runs a piece of work on the database, again where another writer was in the way, and explains what it cannot mend. */
import { setTimeout as sleep } from 'node:timers/promises';
import { types } from 'node:util';
import { failure, type MeritloopError } from '../../../shared/errors/errors.js';
import type { CatalogDatabase, Fault } from './database.js';

/** How long a fault is worth waiting for. */
const PATIENCE_MS: Readonly<Record<Fault, number>> = {
  busy: 30_000,
  lost: 2_000,
  unreachable: 0,
  damaged: 0,
  full: 0,
};
const LONGEST_PAUSE_MS = 100;

/**
 * `work` may run more than once, and must mean the same each time.
 * @throws MeritloopError CATALOG_BUSY, CATALOG_UNREACHABLE, CATALOG_DAMAGED, DISK_FULL
 */
export async function attempt<Result>(
  database: CatalogDatabase,
  work: () => Promise<Result>,
): Promise<Result> {
  const startedAt = performance.now();
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      const fault = database.faultOf(error);
      if (fault === undefined) throw error;
      if (performance.now() - startedAt >= PATIENCE_MS[fault]) throw explained(database, fault, error);
      // Unequal pauses, so that writers who met once do not meet again.
      await sleep(Math.random() * Math.min(LONGEST_PAUSE_MS, 5 * 2 ** tries));
    }
  }
}

function explained({ place, kind }: CatalogDatabase, fault: Fault, error: unknown): MeritloopError {
  const detail = types.isNativeError(error) ? error.message : String(error);
  switch (fault) {
    case 'busy':
      return failure('CATALOG_BUSY', { place, detail }, error);
    case 'lost':
    case 'unreachable':
      return failure('CATALOG_UNREACHABLE', { place, database: kind, detail }, error);
    case 'damaged':
      return failure('CATALOG_DAMAGED', { place, database: kind, detail }, error);
    case 'full':
      return failure('DISK_FULL', { path: place, step: 'catalog', detail }, error);
  }
}
