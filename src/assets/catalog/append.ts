/** Appends asset events and moves the latest state with them, in one transaction. */
import type { AssetEvent } from '../graph/catalog-port.js';
import { attempt } from './database/attempts.js';
import type { CatalogDatabase } from './database/database.js';
import type { CatalogTransaction } from './database/tables.js';
import { partitionColumn, rowOf, slotOf } from './event-rows.js';

/** Rows of one statement; SQLite takes 32,766 parameters, which is ten a row. */
const ROWS = 1_000;

/** Known ids are skipped. Returns how many events were new. */
export async function append(database: CatalogDatabase, batch: readonly AssetEvent[]): Promise<number> {
  if (batch.length === 0) return 0;
  const events = firstOfEachId(batch);
  const rows = events.map(rowOf);
  return attempt(database, () =>
    database.connection.transaction().execute(async (transaction) => {
      await database.takeTurn(transaction);
      const sequences = new Map<string, number>();
      for (const part of inParts(rows)) {
        const added = await transaction
          .insertInto('asset_event')
          .values(part)
          .onConflict((conflict) => conflict.column('id').doNothing())
          .returning(['id', 'sequence'])
          .execute();
        for (const { id, sequence } of added) sequences.set(id, sequence);
      }
      await moveLatest(transaction, events, sequences);
      return sequences.size;
    }),
  );
}

function firstOfEachId(batch: readonly AssetEvent[]): AssetEvent[] {
  const first = new Map<string, AssetEvent>();
  for (const event of batch) if (!first.has(event.id)) first.set(event.id, event);
  return [...first.values()];
}

/** Events that were known already move nothing: later ones may have come since. */
async function moveLatest(
  transaction: CatalogTransaction,
  events: readonly AssetEvent[],
  sequences: ReadonlyMap<string, number>,
): Promise<void> {
  const moves = new Map<string, { asset: string; partition: string; slot: string; sequence: number }>();
  for (const event of events) {
    const sequence = sequences.get(event.id);
    if (sequence === undefined) continue;
    const place = { asset: event.asset, partition: partitionColumn(event.partition), slot: slotOf(event) };
    const key = JSON.stringify(place);
    if ((moves.get(key)?.sequence ?? 0) < sequence) moves.set(key, { ...place, sequence });
  }
  for (const part of inParts([...moves.values()])) {
    await transaction
      .insertInto('latest')
      .values(part)
      .onConflict((conflict) =>
        conflict
          .columns(['asset', 'partition', 'slot'])
          .doUpdateSet((row) => ({ sequence: row.ref('excluded.sequence') })),
      )
      .execute();
  }
}

function* inParts<Row>(rows: readonly Row[]): Generator<readonly Row[]> {
  for (let start = 0; start < rows.length; start += ROWS) yield rows.slice(start, start + ROWS);
}
