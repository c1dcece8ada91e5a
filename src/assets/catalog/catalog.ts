/** The catalog: what was made of which inputs, when, by which run, and who did what; SQLite, or PostgreSQL. */
import path from 'node:path';
import type { Config } from '../../config.js';
import type { AssetCatalog } from '../graph/catalog-port.js';
import type { Logger } from '../../shared/log.js';
import { append } from './append.js';
import { auditTrail, recordAudit, type AuditEntry, type AuditQuery, type StoredAuditEntry } from './audit.js';
import { attempt } from './database/attempts.js';
import type { CatalogDatabase, DatabaseKind } from './database/database.js';
import { migrate } from './database/migrate.js';
import { postgresqlCatalog } from './database/postgresql.js';
import { sqliteCatalog } from './database/sqlite.js';
import type { CatalogConnection } from './database/tables.js';
import { freshnessFacts, type FreshnessFact } from './freshness-facts.js';
import { feed, history, runs, type FeedQuery, type RunsQuery, type RunSummary } from './history.js';
import { latest } from './latest.js';
import { measurements, type Measurement } from './measurements.js';
import { purge } from './purge.js';

/**
 * Every method opens the database where that has not happened yet.
 * @throws MeritloopError CATALOG_BUSY, CATALOG_UNREACHABLE, CATALOG_DAMAGED, CATALOG_NEWER, DISK_FULL from every method
 */
export interface Catalog extends AssetCatalog {
  readonly kind: DatabaseKind;
  /** For messages: a file, or host, port and database. */
  readonly place: string;
  /** The oldest first: what came after a known event. */
  feed(query: FeedQuery): ReturnType<typeof feed>;
  /** Runs that touched an asset, or any; the one with the newest event first. */
  runs(query: RunsQuery): Promise<RunSummary[]>;
  freshnessFacts(): Promise<FreshnessFact[]>;
  /** The last `limit` materialisations of each asset named, the oldest first. */
  measurements(assets: readonly string[], limit: number): Promise<Map<string, Measurement[]>>;
  /** Known ids are skipped. Returns how many entries were new. */
  recordAudit(entries: readonly AuditEntry[]): Promise<number>;
  /** The newest first. */
  auditTrail(query: AuditQuery): Promise<StoredAuditEntry[]>;
  /** Removes events recorded before a time (ISO 8601), but for the latest state. Returns how many went. */
  purge(before: string): Promise<number>;
  close(): Promise<void>;
}

/** Touches nothing before its first use. Close it after the last one. */
export function createCatalog(config: Pick<Config, 'home' | 'catalogUrl'>, logger: Logger): Catalog {
  return catalogOn(
    config.catalogUrl === undefined
      ? sqliteCatalog(path.join(config.home, 'catalog', 'catalog.db'))
      : postgresqlCatalog(config.catalogUrl, logger),
  );
}

function catalogOn(database: CatalogDatabase): Catalog {
  let ready: Promise<void> | undefined;
  const opened = async (): Promise<void> => {
    ready ??= attempt(database, () => migrate(database));
    try {
      await ready;
    } catch (error) {
      // The next use tries again: the fault may be mended by then.
      ready = undefined;
      throw error;
    }
  };
  const reading = async <Result>(read: (connection: CatalogConnection) => Promise<Result>) => {
    await opened();
    return attempt(database, () => read(database.connection));
  };
  const writing = async <Result>(write: (database: CatalogDatabase) => Promise<Result>) => {
    await opened();
    return write(database);
  };
  return {
    kind: database.kind,
    place: database.place,
    append: (events) => writing((target) => append(target, events)),
    latest: (assets) => reading((connection) => latest(connection, assets)),
    history: (query) => reading((connection) => history(connection, query)),
    feed: (query) => reading((connection) => feed(connection, query)),
    runs: (query) => reading((connection) => runs(connection, query)),
    freshnessFacts: () => reading(freshnessFacts),
    measurements: (assets, limit) => reading((connection) => measurements(connection, assets, limit)),
    recordAudit: (entries) => writing((target) => recordAudit(target, entries)),
    auditTrail: (query) => reading((connection) => auditTrail(connection, query)),
    purge: (before) => writing((target) => purge(target, before)),
    close: () => database.connection.destroy(),
  };
}
