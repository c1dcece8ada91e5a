/** Asset events as rows of the catalog and back. */
import type { Insertable, Selectable } from 'kysely';
import type { AssetEvent, StoredEvent } from '../graph/catalog-port.js';
import type { AssetEventTable } from './database/tables.js';

/** What stands in the column `partition` for an asset without partitions. */
export const NO_PARTITION = '';

export const partitionColumn = (partition: string | null): string => partition ?? NO_PARTITION;
export const partitionOf = (column: string): string | null => (column === NO_PARTITION ? null : column);

/** Text with a fixed width, so that it sorts as time does. @throws RangeError for what is no time */
export const timeColumn = (time: string): string => new Date(time).toISOString();

/** @throws RangeError for an event that would not come back as it went in */
export function rowOf(event: AssetEvent): Insertable<AssetEventTable> {
  const { id, kind, asset, partition, run, recorded_at, ...rest } = event;
  if (partition === NO_PARTITION) throw new RangeError(`event ${id}: a partition's key must not be empty`);
  return {
    id,
    kind,
    asset,
    partition: partitionColumn(partition),
    run,
    recorded_at: timeColumn(recorded_at),
    check_name: event.kind === 'check' ? event.check : null,
    passed: event.kind === 'check' ? Number(event.passed) : null,
    milliseconds: 'seconds' in event ? Math.round(event.seconds * 1000) : null,
    body: jsonOf(rest),
  };
}

export function eventOf(row: Selectable<AssetEventTable>): AssetEvent {
  const { id, kind, asset, partition, run, recorded_at, body } = row;
  const head = { id, kind, asset, partition: partitionOf(partition), run, recorded_at };
  // Only `rowOf` writes these columns.
  return { ...head, ...(JSON.parse(body) as object) } as AssetEvent;
}

export const storedEventOf = (row: Selectable<AssetEventTable>): StoredEvent => ({
  sequence: row.sequence,
  event: eventOf(row),
});

/** JSON that says the same when read again. @throws RangeError for NaN and infinities, which JSON turns into null */
export const jsonOf = (value: unknown): string =>
  JSON.stringify(value, (key, part: unknown) => {
    if (typeof part === 'number' && !Number.isFinite(part))
      throw new RangeError(`${key} is ${part}, which JSON cannot hold`);
    return part;
  });

const CHECK_SLOT = 'check ';

/** Where the latest state keeps an event: a later one of the same slot takes its place. */
export function slotOf(event: AssetEvent): string {
  switch (event.kind) {
    case 'materialization':
    case 'observation':
      return event.kind;
    case 'check':
      return `${CHECK_SLOT}${event.check}`;
    case 'planned':
    case 'failed':
    case 'blocked':
      return 'attempt';
  }
}
