/** A DuckDB of its own for one piece of work: in memory, spilling into the caller's folder, interruptible. */
import { DuckDBInstance, type DuckDBConnection, type DuckDBValue } from '@duckdb/node-api';
import { failure } from '../shared/errors/errors.js';
import { opened } from '../shared/open-resources.js';

export interface DatabaseOptions {
  /** Where DuckDB may spill; removed by the caller. */
  readonly spill: string;
  readonly threads?: number;
  readonly signal?: AbortSignal | undefined;
  /** Names the work in a CANCELLED failure. */
  readonly what: string;
}

export type SqlRow = Readonly<Record<string, DuckDBValue>>;

/** Runs `work` and closes the database whatever happens. @throws MeritloopError CANCELLED when the signal aborts. */
export async function withDatabase<Result>(
  options: DatabaseOptions,
  work: (connection: DuckDBConnection) => Promise<Result>,
): Promise<Result> {
  const { spill, threads, signal, what } = options;
  throwIfCancelled(signal, what);
  const instance = await DuckDBInstance.create(':memory:', {
    temp_directory: spill,
    memory_limit: '2GB',
    ...(threads === undefined ? {} : { threads: String(threads) }),
  });
  const connection = await instance.connect();
  const interrupt = () => connection.interrupt();
  signal?.addEventListener('abort', interrupt);
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const release = opened({
    close: () => {
      interrupt();
      return ended;
    },
  });
  try {
    return await work(connection);
  } catch (error) {
    throwIfCancelled(signal, what, error);
    throw error;
  } finally {
    signal?.removeEventListener('abort', interrupt);
    connection.closeSync();
    instance.closeSync();
    release();
    end();
  }
}

export function throwIfCancelled(signal: AbortSignal | undefined, what: string, cause?: unknown): void {
  if (signal?.aborted) throw failure('CANCELLED', { what }, cause);
}

export async function queryRows(connection: DuckDBConnection, sql: string): Promise<SqlRow[]> {
  const reader = await connection.runAndReadAll(sql);
  return reader.getRowObjects();
}

/** A text as an SQL literal. */
export const sqlText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A column name as an SQL identifier. */
export const sqlName = (name: string): string => `"${name.replaceAll('"', '""')}"`;
