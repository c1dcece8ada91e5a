/** The catalog in a SQLite file, by libsql: WAL, one connection a process, many processes. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { types } from 'node:util';
import {
  CompiledQuery,
  Kysely,
  sql,
  SqliteAdapter,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type SqliteDatabase,
  type SqliteStatement,
} from 'kysely';
import type { Database as Libsql } from 'libsql';
import { codeOf, type CatalogDatabase, type Fault } from './database.js';
import type { CatalogTables } from './tables.js';

/** The driver waits in the middle of the event loop: whoever must wait longer does so between two tries. */
const BUSY_TIMEOUT_MS = 20;

const FAULTS: readonly (readonly [prefix: string, fault: Fault])[] = [
  ['SQLITE_BUSY', 'busy'],
  ['SQLITE_LOCKED', 'busy'],
  ['SQLITE_FULL', 'full'],
  ['SQLITE_CORRUPT', 'damaged'],
  ['SQLITE_NOTADB', 'damaged'],
  ['SQLITE_READONLY', 'unreachable'],
  ['SQLITE_CANTOPEN', 'unreachable'],
  ['SQLITE_IOERR', 'unreachable'],
  ['SQLITE_PERM', 'unreachable'],
  ['EACCES', 'unreachable'],
  ['EROFS', 'unreachable'],
  ['ENOTDIR', 'unreachable'],
  ['EEXIST', 'unreachable'],
  ['ENOSPC', 'full'],
];

/** Opened, and made where absent, with the first query. */
export function sqliteCatalog(file: string): CatalogDatabase {
  const connection = new Kysely<CatalogTables>({ dialect: dialect(() => open(file)) });
  return {
    kind: 'sqlite',
    place: file,
    connection,
    begin: async (session) => void (await sql`begin immediate`.execute(session)),
    // `begin immediate` has done so.
    takeTurn: async () => {},
    tidy: async () => void (await sql`pragma wal_checkpoint(truncate)`.execute(connection)),
    faultOf: (error) => {
      const code = codeOf(error);
      // The driver's word for a file that it cannot open has no code.
      if (types.isNativeError(error) && error.message.startsWith('ConnectionFailed(')) return 'unreachable';
      return FAULTS.find(([prefix]) => code.startsWith(prefix))?.[1];
    },
  };
}

async function open(file: string): Promise<SqliteDatabase> {
  await mkdir(path.dirname(file), { recursive: true });
  const { default: Database } = await import('libsql');
  const database = new Database(file);
  try {
    database.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
    database.pragma('journal_mode = wal');
    // What an activity has reported as recorded outlasts a power cut.
    database.pragma('synchronous = full');
  } catch (error) {
    database.close();
    throw error;
  }
  return { prepare: (text) => prepare(database, text), close: () => database.close() };
}

/**
 * A statement without parameters goes through `exec`, which ends it whatever comes: a prepared `begin immediate` that
 * found the database busy would keep its old snapshot, and be refused for ever.
 */
function prepare(database: Libsql, text: string): SqliteStatement {
  const statement = database.prepare<[readonly unknown[]]>(text);
  return {
    reader: statement.reader,
    all: (parameters) => statement.all(parameters),
    iterate: (parameters) => statement.iterate(parameters),
    run: (parameters) => {
      if (parameters.length > 0) return statement.run(parameters);
      database.exec(text);
      return { changes: 0, lastInsertRowid: 0 };
    },
  };
}

/** Kysely's SQLite, with transactions that take the write lock at their begin instead of failing half-way. */
const dialect = (database: () => Promise<SqliteDatabase>): Dialect => ({
  createDriver: () => new ImmediateDriver({ database }),
  createAdapter: () => new SqliteAdapter(),
  createQueryCompiler: () => new SqliteQueryCompiler(),
  createIntrospector: (connection) => new SqliteIntrospector(connection),
});

class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}
