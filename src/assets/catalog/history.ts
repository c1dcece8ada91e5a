/** What happened: events newest first, and runs. */
import { sql } from 'kysely';
import type { AssetEvent, HistoryQuery, StoredEvent } from '../graph/catalog-port.js';
import type { CatalogConnection } from './database/tables.js';
import { partitionColumn, storedEventOf } from './event-rows.js';

/** The newest first. */
export async function history(connection: CatalogConnection, query: HistoryQuery): Promise<StoredEvent[]> {
  const { asset, partition, run, kinds, check, before, limit } = query;
  if (kinds?.length === 0) return [];
  let rows = connection.selectFrom('asset_event').selectAll().orderBy('sequence', 'desc').limit(limit);
  if (asset !== undefined) rows = rows.where('asset', '=', asset);
  if (partition !== undefined) rows = rows.where('partition', '=', partitionColumn(partition));
  if (run !== undefined) rows = rows.where('run', '=', run);
  if (kinds !== undefined) rows = rows.where('kind', 'in', kinds);
  if (check !== undefined) rows = rows.where('check_name', '=', check);
  if (before !== undefined) rows = rows.where('sequence', '<', before);
  return (await rows.execute()).map(storedEventOf);
}

export interface FeedQuery {
  /** The last sequence that is known; 0 for all. */
  readonly after: number;
  readonly limit: number;
}

/** The oldest first: what came after a known event. Nothing ever appears before an event that was seen. */
export async function feed(connection: CatalogConnection, query: FeedQuery): Promise<StoredEvent[]> {
  const rows = await connection
    .selectFrom('asset_event')
    .selectAll()
    .where('sequence', '>', query.after)
    .orderBy('sequence')
    .limit(query.limit)
    .execute();
  return rows.map(storedEventOf);
}

export interface RunsQuery {
  /** Undefined: runs of any asset. */
  readonly asset?: string;
  /** Only runs whose last event came before this sequence: `last_sequence` of the preceding page's last run. */
  readonly before?: number;
  readonly limit: number;
}

/** What one run did to an asset, or to all. */
export interface RunSummary {
  readonly run: string;
  readonly first_recorded_at: string;
  readonly last_recorded_at: string;
  readonly last_sequence: number;
  readonly materialized: number;
  readonly failed: number;
  readonly blocked: number;
  readonly checks_failed: number;
  /** Wall time of the materialisations, added up. */
  readonly seconds: number;
}

/** The run with the newest event first. */
export async function runs(connection: CatalogConnection, query: RunsQuery): Promise<RunSummary[]> {
  const { asset, before, limit } = query;
  let grouped = connection
    .selectFrom('asset_event')
    .select(({ fn }) => [
      'run',
      fn.min('recorded_at').as('first_recorded_at'),
      fn.max('recorded_at').as('last_recorded_at'),
      fn.max('sequence').as('last_sequence'),
      countOf('materialization').as('materialized'),
      countOf('failed').as('failed'),
      countOf('blocked').as('blocked'),
      sql<number>`sum(case when passed = 0 then 1 else 0 end)`.as('checks_failed'),
      sql<number>`sum(case when kind = 'materialization' then milliseconds else 0 end)`.as('milliseconds'),
    ])
    .groupBy('run')
    .orderBy('last_sequence', 'desc')
    .limit(limit);
  if (asset !== undefined) grouped = grouped.where('asset', '=', asset);
  if (before !== undefined) grouped = grouped.having(({ fn }) => fn.max('sequence'), '<', before);
  return (await grouped.execute()).map(({ milliseconds, ...run }) => ({
    ...run,
    seconds: milliseconds / 1000,
  }));
}

const countOf = (kind: AssetEvent['kind']) => sql<number>`sum(case when kind = ${kind} then 1 else 0 end)`;
