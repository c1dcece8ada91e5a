/** The catalog's tables as Kysely sees them; the same columns and values on SQLite and PostgreSQL. */
import type { Generated, Kysely, Transaction } from 'kysely';

/** One asset event; rows are added and purged, never changed. */
export interface AssetEventTable {
  /** Ascending in the order of commits. */
  sequence: Generated<number>;
  /** Idempotency key. */
  id: string;
  kind: string;
  asset: string;
  /** `''` for an asset without partitions. */
  partition: string;
  run: string;
  /** ISO 8601 UTC with milliseconds, so that text order is the order of time. */
  recorded_at: string;
  /** Null but for checks. */
  check_name: string | null;
  /** 1 or 0 for checks, otherwise null. */
  passed: number | null;
  /** Wall time, whole so that sums are exact; null where the kind has none. */
  milliseconds: number | null;
  /** JSON of what the other columns do not hold. */
  body: string;
}

/** Which event is the latest of an asset, partition and slot. */
export interface LatestTable {
  asset: string;
  partition: string;
  /** `materialization`, `observation`, `attempt`, or `check ` and the check's name. */
  slot: string;
  sequence: number;
}

/** One act of a person or a service; never changed nor purged. */
export interface AuditTable {
  sequence: Generated<number>;
  id: string;
  action: string;
  subject: string;
  actor: string;
  run: string | null;
  recorded_at: string;
  /** JSON. */
  details: string;
}

export interface CatalogTables {
  asset_event: AssetEventTable;
  latest: LatestTable;
  audit: AuditTable;
}

export type CatalogConnection = Kysely<CatalogTables>;
export type CatalogTransaction = Transaction<CatalogTables>;
