/** Figures of materialisations over time, for sparklines: durations and every number in the metadata. */
import type { Metadata, StoredEvent } from '../graph/catalog-port.js';
import type { CatalogConnection } from './database/tables.js';
import { history } from './history.js';

export interface Measurement {
  readonly sequence: number;
  readonly recorded_at: string;
  readonly partition: string | null;
  readonly run: string;
  /** Wall time. */
  readonly seconds: number;
  /** Numbers of the metadata by name: row counts, sizes, durations in seconds. */
  readonly values: Readonly<Record<string, number>>;
}

/** The last `limit` materialisations of each asset named, the oldest first; assets never made are absent. */
export async function measurements(
  connection: CatalogConnection,
  assets: readonly string[],
  limit: number,
): Promise<Map<string, Measurement[]>> {
  // One query over all assets would read the whole log for its last rows; each of these reads its own from the index.
  const series = await Promise.all(
    assets.map(async (asset) => {
      const events = await history(connection, { asset, kinds: ['materialization'], limit });
      return [asset, events.toReversed().flatMap(measurementOf)] as const;
    }),
  );
  return new Map(series.filter(([, points]) => points.length > 0));
}

function measurementOf({ sequence, event }: StoredEvent): Measurement[] {
  if (event.kind !== 'materialization') return [];
  const { recorded_at, partition, run, seconds, metadata } = event;
  return [{ sequence, recorded_at, partition, run, seconds, values: numbersOf(metadata) }];
}

const numbersOf = (metadata: Metadata): Record<string, number> =>
  Object.fromEntries(
    Object.entries(metadata).flatMap(([name, { value }]) =>
      typeof value === 'number' ? [[name, value]] : [],
    ),
  );
