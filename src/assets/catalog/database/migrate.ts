/** Brings a catalog's tables to this release's. */
import { Migrator, sql, type Migration } from 'kysely';
import { failure } from '../../../shared/errors/errors.js';
import type { CatalogDatabase, DatabaseKind } from './database.js';
import { own } from '../../../shared/own.terms.js';
import { eventLog } from './migrations/0001-event-log.js';

const APPLIED = 'catalog_migration';

/** Several processes may do so at once: one does it, the others wait and find it done. @throws MeritloopError CATALOG_NEWER */
export async function migrate(database: CatalogDatabase): Promise<void> {
  const { connection, kind, place, begin } = database;
  const known = migrationsOf(kind);
  const applied = await appliedTo(connection);
  const newer = applied.find((name) => own(known, name) === undefined);
  if (newer !== undefined) throw failure('CATALOG_NEWER', { place, migration: newer });
  if (applied.length === Object.keys(known).length) return;
  await connection.connection().execute(async (session) => {
    // Kysely's own transaction would leave the making of its tables outside.
    await begin(session);
    const migrator = new Migrator({
      db: session,
      provider: { getMigrations: async () => known },
      migrationTableName: APPLIED,
      migrationLockTableName: `${APPLIED}_lock`,
      disableTransactions: true,
    });
    const { error } = await migrator.migrateToLatest();
    await (error === undefined ? sql`commit` : sql`rollback`).execute(session);
    if (error !== undefined) throw error as Error;
  });
}

async function appliedTo(connection: CatalogDatabase['connection']): Promise<string[]> {
  const tables = await connection.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === APPLIED)) return [];
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(APPLIED)}`.execute(connection);
  return rows.map(({ name }) => name);
}

/** Every migration, in the order of its name. A released one is never edited: add the next. */
const migrationsOf = (kind: DatabaseKind): Record<string, Migration> => ({
  '0001-event-log': eventLog(kind),
});
