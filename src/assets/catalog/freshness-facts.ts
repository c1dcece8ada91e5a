/** When each asset and partition was last made or looked at: all that freshness policies need, without the bodies. */
import type { CatalogConnection } from './database/tables.js';
import { partitionOf } from './event-rows.js';

export interface FreshnessFact {
  readonly asset: string;
  readonly partition: string | null;
  /** ISO 8601 UTC; null: never. */
  readonly materialized_at: string | null;
  readonly observed_at: string | null;
}

/** One fact for every asset and partition that was ever made or observed, ordered by both. */
export async function freshnessFacts(connection: CatalogConnection): Promise<FreshnessFact[]> {
  const rows = await connection
    .selectFrom('latest')
    .innerJoin('asset_event', 'asset_event.sequence', 'latest.sequence')
    .select(({ fn, eb }) => {
      const timeOf = (slot: string) =>
        fn.max(eb.case().when('slot', '=', slot).then(eb.ref('asset_event.recorded_at')).end());
      return [
        'latest.asset',
        'latest.partition',
        timeOf('materialization').as('materialized_at'),
        timeOf('observation').as('observed_at'),
      ];
    })
    .where('slot', 'in', ['materialization', 'observation'])
    .groupBy(['latest.asset', 'latest.partition'])
    .orderBy('latest.asset')
    .orderBy('latest.partition')
    .execute();
  return rows.map((row) => ({ ...row, partition: partitionOf(row.partition) }));
}
