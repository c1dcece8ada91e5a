/** Reads stored simulations: their summaries, and their Parquet files through one DuckDB that stays open. */
import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '../../config.js';
import type { LeverRow } from '../../levers/lever.contract.js';
import { provenance as provenanceFile, type Provenance } from '../provenance.contract.js';
import type { SimulationSummary } from '../simulation.contract.js';
import { failure } from '../../shared/errors/errors.js';
import { readText } from '../../shared/files/durable.js';
import { damagedFile, parseStored } from '../../shared/files/stored-json.js';
import { parseLevers } from '../../levers/file.js';
import { Database, literal, type Row } from '../engine/database.js';
import { TABLE_FILES } from './table-files.js';
import { loadPayCells, type PayCells } from './pay-cells.js';
import { SimulationStore } from '../store/simulation-store.js';

export interface StoredResult {
  readonly summary: SimulationSummary;
  readonly folder: string;
  /** Null for a trial, which has no tables. */
  readonly provenance: Provenance | null;
}

const MEMORY_LIMIT = '1GB';
/** People of all years whose pay is kept: at eight bytes each, 128 MB. */
const CELL_ROWS_KEPT = 16_000_000;

export class ResultReader {
  readonly #store: SimulationStore;
  readonly #spillFolder: string;
  #database: Promise<Database> | undefined;
  /** By simulation; the one asked for last stands last. */
  readonly #cells = new Map<string, Promise<PayCells>>();

  constructor({ home }: Pick<Config, 'home'>) {
    this.#store = new SimulationStore(home);
    this.#spillFolder = path.join(home, 'tmp', `results-${randomUUID()}`);
  }

  /** Starts DuckDB ahead of the first question, which then takes no longer than the others. */
  async open(): Promise<void> {
    await this.#open();
  }

  /** Ids of the simulations with tables, newest first. */
  list(): Promise<string[]> {
    return this.#store.list();
  }

  /** @throws MeritloopError SIMULATION_UNKNOWN, STORED_FILE_DAMAGED */
  async find(id: string): Promise<StoredResult> {
    const summary = await this.#store.load(id);
    const whole = this.#store.folder(id, 'tables');
    const file = path.join(whole, 'provenance.json');
    const text = await readText(file);
    if (text === null) return { summary, folder: this.#store.folder(id, 'summary'), provenance: null };
    const provenance = parseStored(file, text, (value) => provenanceFile.parse(value), whole);
    return { summary, folder: whole, provenance };
  }

  /** Its tables are what was written. @throws MeritloopError SIMULATION_UNKNOWN, SIMULATION_WITHOUT_TABLES, STORED_FILE_DAMAGED */
  async findTables(id: string): Promise<StoredResult> {
    const found = await this.find(id);
    if (found.provenance === null)
      throw failure('SIMULATION_WITHOUT_TABLES', { simulation: id, folder: found.folder });
    await this.#store.requireWhole(found.folder);
    return found;
  }

  /** The resolved levers of a simulation. */
  async levers({ folder }: StoredResult): Promise<LeverRow[]> {
    const file = path.join(folder, 'levers.csv');
    const text = await readText(file);
    if (text === null) throw damagedFile(file, 'it is missing', folder);
    return parseLevers(text, path.basename(file));
  }

  /** The rows of a query that names the files of `TABLE_FILES`. */
  async rows({ folder }: StoredResult, sql: string): Promise<Row[]> {
    return (await this.#open()).rows(inFolder(sql, folder));
  }

  /** The pay of everybody in a stored simulation, read once and kept while it is asked for. */
  async cells(stored: StoredResult): Promise<PayCells> {
    const { simulation_id } = stored.summary;
    const known = this.#cells.get(simulation_id) ?? this.#loadCells(stored);
    // The last one asked for is the last to go.
    this.#cells.delete(simulation_id);
    this.#cells.set(simulation_id, known);
    const cells = await known.catch((error: unknown) => {
      this.#cells.delete(simulation_id);
      throw error;
    });
    await this.#forgetCells();
    return cells;
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
    this.#cells.clear();
    await database?.close();
    await rm(this.#spillFolder, { recursive: true, force: true });
  }

  async #loadCells({ folder }: StoredResult): Promise<PayCells> {
    const database = await this.#open();
    return loadPayCells({
      rows: (sql) => database.rows(inFolder(sql, folder)),
      doubleLists: (sql) => database.doubleLists(inFolder(sql, folder)),
    });
  }

  /** Those asked for longest ago go first; the last one stays, whatever its size. */
  async #forgetCells(): Promise<void> {
    let people = 0;
    for (const [id, cells] of [...this.#cells].toReversed()) {
      people += (await cells).people;
      if (people > CELL_ROWS_KEPT && people > (await cells).people) this.#cells.delete(id);
    }
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
