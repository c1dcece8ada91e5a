/** The catalog in a PostgreSQL database, for workers on several machines. */
import { Kysely, PostgresDialect, sql } from 'kysely';
import type { Pool } from 'pg';
import type { Logger } from '../../../shared/log.js';
import { codeOf, type CatalogDatabase, type Fault } from './database.js';
import type { CatalogConnection, CatalogTables } from './tables.js';

const CONNECTIONS = 4;
const CONNECT_TIMEOUT_MS = 5_000;
/** Any number will do, as long as every release takes the same. */
const WRITERS_LOCK = 2_020_112_201;

const BIGINT = 20;

const FAULTS: readonly (readonly [code: RegExp, fault: Fault])[] = [
  // Serialization failure, deadlock, lock not available.
  [/^(40001|40P01|55P03)$/, 'busy'],
  // Connection exceptions, shutdown by the administrator or a crash; not yet accepting; too many connections.
  [/^(08...|57P01|57P02|57P03|53300|ECONNRESET|EPIPE)$/, 'lost'],
  [/^(53100)$/, 'full'],
  [/^(XX001|XX002)$/, 'damaged'],
  // Refused names, passwords, databases and rights; addresses that do not answer.
  [/^(28...|3D000|42501|E[A-Z]+)$/, 'unreachable'],
];

export function postgresqlCatalog(url: string, logger: Logger): CatalogDatabase {
  const place = withoutPassword(url);
  return {
    kind: 'postgresql',
    place,
    connection: new Kysely<CatalogTables>({
      dialect: new PostgresDialect({ pool: () => openPool(url, place, logger) }),
    }),
    begin: async (session) => {
      await sql`begin`.execute(session);
      await takeTurn(session);
    },
    takeTurn,
    // Autovacuum does it.
    tidy: async () => {},
    faultOf: (error) => {
      const code = codeOf(error);
      if (code === '' && isConnectionLoss(error)) return 'lost';
      return FAULTS.find(([pattern]) => pattern.test(code))?.[1];
    },
  };
}

async function takeTurn(transaction: CatalogConnection): Promise<void> {
  await sql`select pg_advisory_xact_lock(${WRITERS_LOCK})`.execute(transaction);
}

async function openPool(url: string, place: string, logger: Logger): Promise<Pool> {
  const { default: pg } = await import('pg');
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'meritloop',
    // Counts and sequences are numbers as they are in SQLite; neither comes near 2^53.
    types: {
      getTypeParser: (oid, format) => (oid === BIGINT ? Number : pg.types.getTypeParser(oid, format)),
    },
  });
  // A connection that breaks while nobody uses it is replaced by the pool; without a listener it would end the process.
  pool.on('error', (error) => logger.warn({ err: error, place }, 'a connection to the catalog was lost'));
  return pool;
}

/** The driver gives these no code. */
const isConnectionLoss = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'message' in error &&
  /^(Connection terminated|timeout exceeded when trying to connect)/.test(String(error.message));

/** `host:port/database`. */
function withoutPassword(url: string): string {
  const { host, pathname } = new URL(url);
  return `PostgreSQL at ${host}${pathname}`;
}
