/** Retention: old events go, the latest state and the audit log stay. */
import { attempt } from './database/attempts.js';
import type { CatalogDatabase } from './database/database.js';
import { timeColumn } from './event-rows.js';

/** One transaction has so many, so that writers wait for a moment only. */
const ROWS = 5_000;

/**
 * Removes the events recorded before a time (ISO 8601), but for those that are the latest of their kind. May be stopped
 * at any moment and run again.
 * @returns how many went
 */
export async function purge(database: CatalogDatabase, before: string): Promise<number> {
  const cutoff = timeColumn(before);
  let removed = 0;
  for (;;) {
    const count = await attempt(database, () => purgeSome(database, cutoff));
    removed += count;
    if (count < ROWS) break;
  }
  await attempt(database, () => database.tidy());
  return removed;
}

const purgeSome = ({ connection, takeTurn }: CatalogDatabase, cutoff: string): Promise<number> =>
  connection.transaction().execute(async (transaction) => {
    await takeTurn(transaction);
    const old = transaction
      .selectFrom('asset_event')
      .leftJoin('latest', 'latest.sequence', 'asset_event.sequence')
      .select('asset_event.sequence')
      .where('recorded_at', '<', cutoff)
      .where('latest.slot', 'is', null)
      .limit(ROWS);
    const { numDeletedRows } = await transaction
      .deleteFrom('asset_event')
      .where('sequence', 'in', old)
      .executeTakeFirstOrThrow();
    return Number(numDeletedRows);
  });
