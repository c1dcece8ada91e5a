/** Empty catalogs for tests, on each database. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import libsql from 'libsql';
import { createCatalog, type Catalog } from '../../../src/assets/catalog/catalog.js';
import { createLogger } from '../../../src/shared/log.js';
import { runSql, startPostgresql } from './postgresql-server.js';

export const silent = createLogger({ logLevel: 'silent' });

export interface Place {
  readonly home: string;
  readonly catalogUrl: string | undefined;
  /** Runs a statement past the catalog. */
  run(statement: string): Promise<unknown[]>;
}

export interface Places {
  SQLite(this: void): Promise<Place>;
  PostgreSQL(this: void): Promise<Place>;
  close(): Promise<void>;
}

export async function makePlaces(): Promise<Places> {
  const folder = await mkdtemp(path.join(tmpdir(), 'meritloop-catalog-'));
  const server = await startPostgresql();
  const newHome = () => mkdtemp(path.join(folder, 'home-'));
  return {
    async SQLite() {
      const home = await newHome();
      const file = path.join(home, 'catalog', 'catalog.db');
      return { home, catalogUrl: undefined, run: async (statement) => runOn(file, statement) };
    },
    async PostgreSQL() {
      const url = await server.makeDatabase();
      return { home: await newHome(), catalogUrl: url, run: (statement) => runSql(url, statement) };
    },
    async close() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Gives `use` the catalog of a new place. */
export async function withCatalog(
  makePlace: () => Promise<Place>,
  use: (catalog: Catalog, place: Place) => Promise<void>,
): Promise<void> {
  const place = await makePlace();
  const catalog = createCatalog(place, silent);
  try {
    await use(catalog, place);
  } finally {
    await catalog.close();
  }
}

function runOn(file: string, statement: string): unknown[] {
  const database = new libsql(file);
  try {
    const prepared = database.prepare(statement);
    return prepared.reader ? prepared.all() : [prepared.run()];
  } finally {
    database.close();
  }
}
