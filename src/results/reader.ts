/** Reads stored simulations: their summaries, and their Parquet files through one DuckDB that stays open. */
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '../config.js';
import type { LeverRow } from '../contract/lever.js';
import { provenance as provenanceFile, type Provenance } from '../contract/provenance.js';
import type { SimulationSummary } from '../contract/simulation.js';
import { failure } from '../errors.js';
import { readText } from '../files/durable.js';
import { parseLevers } from '../levers/file.js';
import { Database, literal, type Row } from '../simulation/database.js';
import { SimulationStore } from '../simulation/simulation-store.js';

export interface StoredResult {
  readonly summary: SimulationSummary;
  readonly folder: string;
  /** Null for a trial, which has no tables. */
  readonly provenance: Provenance | null;
}

/** As SQL names the tables of a simulation: the files in its folder. */
export const TABLE_FILES = {
  snapshot: 'fct_workforce_snapshot.parquet',
  events: 'fct_yearly_events.parquet',
} as const;

const MEMORY_LIMIT = '1GB';

export class ResultReader {
  readonly #store: SimulationStore;
  readonly #spillFolder: string;
  #database: Promise<Database> | undefined;

  constructor({ home }: Pick<Config, 'home'>) {
    this.#store = new SimulationStore(home);
    this.#spillFolder = path.join(home, 'tmp', `results-${randomUUID()}`);
  }

  /** Ids of the simulations with tables, newest first. */
  list(): Promise<string[]> {
    return this.#store.list();
  }

  /** @throws MeritloopError SIMULATION_UNKNOWN, STORED_FILE_DAMAGED */
  async find(id: string): Promise<StoredResult> {
    const summary = await this.#store.load(id);
    const whole = this.#store.folder(id, 'tables');
    const text = await readText(path.join(whole, 'provenance.json'));
    return text === null
      ? { summary, folder: this.#store.folder(id, 'summary'), provenance: null }
      : { summary, folder: whole, provenance: provenanceFile.parse(JSON.parse(text)) };
  }

  /** @throws MeritloopError SIMULATION_UNKNOWN, SIMULATION_WITHOUT_TABLES */
  async findTables(id: string): Promise<StoredResult> {
    const found = await this.find(id);
    if (found.provenance === null)
      throw failure('SIMULATION_WITHOUT_TABLES', { simulation: id, folder: found.folder });
    return found;
  }

  /** The resolved levers of a simulation. */
  async levers({ folder }: StoredResult): Promise<LeverRow[]> {
    const file = path.join(folder, 'levers.csv');
    return parseLevers(await readFile(file, 'utf8'), path.basename(file));
  }

  /** The rows of a query that names the files of `TABLE_FILES`. */
  async rows({ folder }: StoredResult, sql: string): Promise<Row[]> {
    return (await this.#open()).rows(inFolder(sql, folder));
  }

  /**
   * Writes the rows of a query into a file under the home, which the caller removes.
   * @returns its path
   */
  async copy({ folder }: StoredResult, sql: string, format: 'csv' | 'parquet'): Promise<string> {
    const database = await this.#open();
    const file = path.join(this.#spillFolder, `${randomUUID()}.${format}`);
    const options = format === 'csv' ? 'format csv, header' : 'format parquet, compression zstd';
    await database.run(`copy (${inFolder(sql, folder)}) to ${literal(file)} (${options})`);
    return file;
  }

  async close(): Promise<void> {
    const database = await this.#database?.catch(() => undefined);
    this.#database = undefined;
    database?.close();
    await rm(this.#spillFolder, { recursive: true, force: true });
  }

  #open(): Promise<Database> {
    this.#database ??= (async () => {
      await mkdir(this.#spillFolder, { recursive: true });
      const database = await Database.open(':memory:', {
        spillFolder: this.#spillFolder,
        memoryLimit: MEMORY_LIMIT,
      });
      // Stored files never change: their footers need not be read again.
      await database.run('set parquet_metadata_cache = true');
      return database;
    })();
    this.#database.catch(() => (this.#database = undefined));
    return this.#database;
  }
}

const inFolder = (sql: string, folder: string): string =>
  Object.values(TABLE_FILES).reduce(
    (text, file) => text.replaceAll(`'${file}'`, literal(path.join(folder, file))),
    sql,
  );
