/** One DuckDB database: statements share its few connections, numbers are JavaScript's, aborts interrupt. */
import duckdb from '@duckdb/node-bindings';
import {
  DuckDBInstance,
  type DuckDBConnection,
  type DuckDBDataChunk,
  type DuckDBValue,
} from '@duckdb/node-api';
import { opened } from '../../shared/open-resources.js';
import { FORMULA_START } from '../../shared/contract/escaped.terms.js';

export interface DatabaseOptions {
  /** Where DuckDB may spill when memory runs short. */
  readonly spillFolder: string;
  readonly threads?: number;
  /** Such as `4GB`; DuckDB's own default is four fifths of the machine's memory. */
  readonly memoryLimit?: string | undefined;
  /** Awaited before each statement, which then waits its turn; the signal is that of the work which asks for it. */
  readonly beforeStatement?: ((sql: string, signal: AbortSignal | undefined) => Promise<void>) | undefined;
}

export type Row = Readonly<Record<string, unknown>>;

/** Small statements use one core each, so two at a time keep two cores busy. */
const CONNECTIONS = 2;
const INTERRUPT_AGAIN_MS = 100;

export class Database {
  readonly #instance: DuckDBInstance;
  readonly #before: DatabaseOptions['beforeStatement'];
  readonly #connections: readonly DuckDBConnection[];
  readonly #free: DuckDBConnection[];
  /** Aborts the work that is abortable now. */
  #signal: AbortSignal | undefined;
  readonly #waiting: ((connection: DuckDBConnection) => void)[] = [];
  #closed: Promise<void> | undefined;
  #whenIdle: (() => void) | undefined;
  #release: () => void = () => undefined;

  private constructor(
    instance: DuckDBInstance,
    connections: readonly DuckDBConnection[],
    before: DatabaseOptions['beforeStatement'],
  ) {
    this.#instance = instance;
    this.#before = before;
    this.#connections = connections;
    this.#free = [...connections];
  }

  /** @param file a path, or `:memory:`. */
  static async open(
    file: string,
    { spillFolder, threads = 2, memoryLimit, beforeStatement }: DatabaseOptions,
  ): Promise<Database> {
    const instance = await DuckDBInstance.create(file, {
      threads: String(threads),
      temp_directory: spillFolder,
      ...(memoryLimit === undefined ? {} : { memory_limit: memoryLimit }),
      // Rows of the models have no meaningful order; the files are sorted when they are written.
      preserve_insertion_order: 'false',
    });
    const connections = Array.from({ length: CONNECTIONS }, () => instance.connect());
    const database = new Database(instance, await Promise.all(connections), beforeStatement);
    database.#release = opened(database);
    return database;
  }

  /** Runs one or several statements. */
  async run(sql: string, values?: readonly DuckDBValue[]): Promise<void> {
    await this.#before?.(sql, this.#signal);
    await this.#connected((connection) =>
      connection.run(sql, values === undefined ? undefined : [...values]),
    );
  }

  /** Runs one `create table as` or `insert`. @returns the rows written */
  async write(sql: string): Promise<number> {
    await this.#before?.(sql, this.#signal);
    const result = await this.#connected((connection) => connection.run(sql));
    const [[count] = []] = await result.getRows();
    return typeof count === 'bigint' ? Number(count) : 0;
  }

  /** All rows; BIGINT and HUGEINT as numbers, so only for values below 2⁵³. */
  async rows(sql: string, values?: readonly DuckDBValue[]): Promise<Row[]> {
    await this.#before?.(sql, this.#signal);
    const reader = await this.#connected((connection) =>
      connection.runAndReadAll(sql, values === undefined ? undefined : [...values]),
    );
    return reader
      .getRowObjectsJS()
      .map((row) =>
        Object.fromEntries(
          Object.entries(row).map(([name, value]) => [
            name,
            typeof value === 'bigint' ? Number(value) : value,
          ]),
        ),
      );
  }

  /** By the first column of a query, a DOUBLE, the numbers of its second, a DOUBLE[]; no object is made for any of them. */
  async doubleLists(sql: string): Promise<Map<number, Float64Array>> {
    await this.#before?.(sql, this.#signal);
    const result = await this.#connected((connection) => connection.run(sql));
    const chunks = await result.fetchAllChunks();
    return new Map(chunks.flatMap((chunk) => listsOf(chunk)));
  }

  /** Runs `work`; an abort interrupts the statements under way and rejects with the signal's reason. */
  async abortable<Result>(signal: AbortSignal | undefined, work: () => Promise<Result>): Promise<Result> {
    signal?.throwIfAborted();
    this.#signal = signal;
    const interrupt = () => {
      for (const connection of this.#connections) connection.interrupt();
    };
    signal?.addEventListener('abort', interrupt, { once: true });
    try {
      return await work();
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      signal?.removeEventListener('abort', interrupt);
      this.#signal = undefined;
    }
  }

  /**
   * Interrupts what is under way, and closes when it has ended: a database that is closed under a statement may never let
   * the process go. Statements that come later are refused.
   */
  close(): Promise<void> {
    this.#closed ??= this.#end();
    return this.#closed;
  }

  async #end(): Promise<void> {
    const interrupt = (): void => {
      for (const connection of this.#connections) connection.interrupt();
    };
    interrupt();
    // A statement that waits for a thread does not hear the first one.
    const again = setInterval(interrupt, INTERRUPT_AGAIN_MS);
    await this.#idle();
    clearInterval(again);
    for (const connection of this.#connections) connection.closeSync();
    this.#instance.closeSync();
    this.#release();
  }

  /** Ends when nobody has a connection, or waits for one. */
  #idle(): Promise<void> {
    if (this.#free.length === this.#connections.length) return Promise.resolve();
    return new Promise((resolve) => {
      this.#whenIdle = resolve;
    });
  }

  /** Gives `use` a connection of its own; waits, in turn, while all are busy. */
  async #connected<Result>(use: (connection: DuckDBConnection) => Promise<Result>): Promise<Result> {
    if (this.#closed !== undefined) throw new Error('the database is closed');
    const connection =
      this.#free.pop() ?? (await new Promise<DuckDBConnection>((resolve) => this.#waiting.push(resolve)));
    try {
      // Statements that waited for a connection must not start after the abort, or the close.
      this.#signal?.throwIfAborted();
      if (this.#closed !== undefined) throw new Error('the database was closed before this statement began');
      return await use(connection);
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free.push(connection);
      else next(connection);
      if (this.#free.length === this.#connections.length) this.#whenIdle?.();
    }
  }
}

function listsOf({ chunk, rowCount }: DuckDBDataChunk): [number, Float64Array][] {
  const lists = duckdb.data_chunk_get_vector(chunk, 1);
  const keys = doublesOf(duckdb.data_chunk_get_vector(chunk, 0), rowCount);
  const values = doublesOf(duckdb.list_vector_get_child(lists), duckdb.list_vector_get_size(lists));
  // Offset and length of each list.
  const entries = duckdb.vector_get_data(lists, rowCount * LIST_ENTRY_BYTES);
  const places = new BigUint64Array(entries.buffer, entries.byteOffset, rowCount * 2);
  return Array.from(keys, (key, row) => {
    const [from, length] = [Number(places[row * 2]), Number(places[row * 2 + 1])];
    // A copy: DuckDB takes its memory back.
    return [key, values.slice(from, from + length)];
  });
}

const LIST_ENTRY_BYTES = 16;

function doublesOf(vector: duckdb.Vector, count: number): Float64Array {
  const { buffer, byteOffset } = duckdb.vector_get_data(vector, count * Float64Array.BYTES_PER_ELEMENT);
  return new Float64Array(buffer, byteOffset, count);
}

/** A text as an SQL literal, for the few places that take no parameter (paths in COPY). */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A cell of a CSV file that DuckDB writes, as `csvCell` does it. @param text an expression of type varchar */
export const csvCellSql = (text: string): string =>
  `case when regexp_matches(${text}, ${literal(FORMULA_START)}) then '''' || ${text} else ${text} end`;

/** What {@link csvCellSql} was given. @param cell an expression of type varchar */
export const csvCellTextSql = (cell: string): string =>
  `case when starts_with(${cell}, '''') and regexp_matches(${cell}[2:], ${literal(FORMULA_START)})
    then ${cell}[2:] else ${cell} end`;
