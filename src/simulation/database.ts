/** One DuckDB database with one connection: numbers come back as JavaScript numbers, aborts interrupt the query. */
import { DuckDBInstance, type DuckDBConnection, type DuckDBValue } from '@duckdb/node-api';

export interface DatabaseOptions {
  /** Where DuckDB may spill when memory runs short. */
  readonly spillFolder: string;
  readonly threads?: number;
}

export type Row = Readonly<Record<string, unknown>>;

export class Database {
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection) {
    this.#instance = instance;
    this.#connection = connection;
  }

  /** @param file a path, or `:memory:`. */
  static async open(file: string, { spillFolder, threads = 2 }: DatabaseOptions): Promise<Database> {
    const instance = await DuckDBInstance.create(file, {
      threads: String(threads),
      temp_directory: spillFolder,
      // Rows of the models have no meaningful order; the files are sorted when they are written.
      preserve_insertion_order: 'false',
    });
    return new Database(instance, await instance.connect());
  }

  /** Runs one or several statements. */
  async run(sql: string, values?: readonly DuckDBValue[]): Promise<void> {
    await this.#connection.run(sql, values === undefined ? undefined : [...values]);
  }

  /** All rows; BIGINT and HUGEINT as numbers, so only for values below 2⁵³. */
  async rows(sql: string, values?: readonly DuckDBValue[]): Promise<Row[]> {
    const reader = await this.#connection.runAndReadAll(sql, values === undefined ? undefined : [...values]);
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

  /** Runs `work`; an abort interrupts the statement under way and rejects with the signal's reason. */
  async abortable<Result>(signal: AbortSignal | undefined, work: () => Promise<Result>): Promise<Result> {
    signal?.throwIfAborted();
    const interrupt = () => {
      this.#connection.interrupt();
    };
    signal?.addEventListener('abort', interrupt, { once: true });
    try {
      return await work();
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      signal?.removeEventListener('abort', interrupt);
    }
  }

  close(): void {
    this.#connection.closeSync();
    this.#instance.closeSync();
  }
}

/** A text as an SQL literal, for the few places that take no parameter (paths in COPY). */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
