/** The audit log: who did what to which subject; appended to, and nothing else. */
import type { Selectable } from 'kysely';
import { attempt } from './database/attempts.js';
import type { CatalogDatabase } from './database/database.js';
import type { AuditTable, CatalogConnection } from './database/tables.js';
import { jsonOf, timeColumn } from './event-rows.js';

/** Aggregates and references; never an employee. */
export type AuditDetails = Readonly<Record<string, string | number | boolean | null>>;

export interface AuditEntry {
  /** Idempotency key: a second entry of the same id is ignored. */
  readonly id: string;
  /** A verb and its object: `levers_published`, `run_approved`. */
  readonly action: string;
  /** What it was done to: a scenario, a run, an asset. */
  readonly subject: string;
  readonly actor: string;
  /** Null for what no run did. */
  readonly run: string | null;
  /** ISO 8601 UTC. */
  readonly recorded_at: string;
  readonly details: AuditDetails;
}

export interface StoredAuditEntry extends AuditEntry {
  /** Ascending in the order of appending. */
  readonly sequence: number;
}

export interface AuditQuery {
  readonly action?: string;
  readonly subject?: string;
  readonly actor?: string;
  readonly run?: string;
  /** Only entries before this sequence: the last one of the preceding page. */
  readonly before?: number;
  readonly limit: number;
}

/** Known ids are skipped. Returns how many entries were new. */
export async function recordAudit(
  database: CatalogDatabase,
  entries: readonly AuditEntry[],
): Promise<number> {
  if (entries.length === 0) return 0;
  const rows = entries.map(({ details, recorded_at, ...entry }) => ({
    ...entry,
    recorded_at: timeColumn(recorded_at),
    details: jsonOf(details),
  }));
  return attempt(database, () =>
    database.connection.transaction().execute(async (transaction) => {
      await database.takeTurn(transaction);
      const added = await transaction
        .insertInto('audit')
        .values(rows)
        .onConflict((conflict) => conflict.column('id').doNothing())
        .returning('sequence')
        .execute();
      return added.length;
    }),
  );
}

/** The newest first. */
export async function auditTrail(
  connection: CatalogConnection,
  query: AuditQuery,
): Promise<StoredAuditEntry[]> {
  const { before, limit, ...filters } = query;
  let rows = connection.selectFrom('audit').selectAll().orderBy('sequence', 'desc').limit(limit);
  for (const column of ['action', 'subject', 'actor', 'run'] as const) {
    const value = filters[column];
    if (value !== undefined) rows = rows.where(column, '=', value);
  }
  if (before !== undefined) rows = rows.where('sequence', '<', before);
  return (await rows.execute()).map(entryOf);
}

const entryOf = ({ details, ...row }: Selectable<AuditTable>): StoredAuditEntry => ({
  ...row,
  // Only `recordAudit` writes this column.
  details: JSON.parse(details) as AuditDetails,
});
