/** A census file as DuckDB reads it: every cell of the known columns as text, one row per record, in file order. */
import { parse } from 'csv-parse/sync';
import { types } from 'node:util';
import { open } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { CENSUS_COLUMNS, OPTIONAL_CENSUS_COLUMNS } from './census.contract.js';
import { invalidRows, throwCsvErrors } from '../shared/files/csv-table.js';
import { failure, MeritloopError } from '../shared/errors/errors.js';
import { queryRows, sqlName, sqlText } from './database.js';
import { lineOfOffset } from './lines.js';

export type CensusFormat = 'csv' | 'parquet';

export interface CensusSource {
  readonly path: string;
  readonly format: CensusFormat;
  /** The caller's name of the file, as errors show it. */
  readonly name: string;
}

/** A header longer than this is none. */
const HEADER_BYTES = 65_536;
const PARQUET_MAGIC = 'PAR1';

/** By content; a file called .parquet must be one. @throws MeritloopError FILE_UNREADABLE, CENSUS_EMPTY */
export async function censusFormat(path: string, name: string): Promise<CensusFormat> {
  const head = await readHead(path, HEADER_BYTES);
  if (head.length === 0) throw failure('CENSUS_EMPTY', { source: name, reason: 'the file is empty' });
  if (head.toString('latin1', 0, PARQUET_MAGIC.length) === PARQUET_MAGIC) return 'parquet';
  if (name.toLowerCase().endsWith('.parquet'))
    throw failure('FILE_UNREADABLE', { source: 'census', path: name, reason: 'it is not a Parquet file' });
  if (head.includes(0))
    throw failure('FILE_UNREADABLE', {
      source: 'census',
      path: name,
      reason: 'it is neither UTF-8 CSV nor Parquet',
    });
  return 'csv';
}

/**
 * Makes the table `raw` (record BIGINT from 0, then CENSUS_COLUMNS as VARCHAR) and returns the ignored columns.
 * @throws MeritloopError FILE_UNREADABLE, COLUMN_MISSING, ROW_INVALID (number of fields, quotes, encoding)
 */
export async function loadRaw(connection: DuckDBConnection, source: CensusSource): Promise<string[]> {
  try {
    return source.format === 'csv'
      ? await loadCsv(connection, source)
      : await loadParquet(connection, source);
  } catch (error) {
    if (!types.isNativeError(error) || error instanceof MeritloopError) throw error;
    if (/^Out of Memory|No space left/.test(error.message)) throw error;
    throw failure(
      'FILE_UNREADABLE',
      { source: 'census', path: source.name, reason: plainReason(error, source) },
      error,
    );
  }
}

async function loadCsv(connection: DuckDBConnection, source: CensusSource): Promise<string[]> {
  const head = await readHead(source.path, HEADER_BYTES);
  const parsed = parse(head, {
    bom: true,
    to: 1,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
  });
  const names = (parsed[0] ?? []).map((name) => name.trim());
  requireColumns(names, source.name);
  const columns = names.map((_, index) => `'c${index}': 'VARCHAR'`).join(', ');
  await connection.run(`
    create table source_rows as select * from read_csv(${sqlText(source.path)}, auto_detect = false, header = true,
      columns = {${columns}}, delim = ',', quote = '"', escape = '"', strict_mode = true, store_rejects = true)`);
  await requireNoRejects(connection, source);
  await createRaw(connection, (column) => (names.includes(column) ? `c${names.indexOf(column)}` : undefined));
  return ignoredColumns(names);
}

async function loadParquet(connection: DuckDBConnection, source: CensusSource): Promise<string[]> {
  const file = `read_parquet(${sqlText(source.path)}, binary_as_string = true, hive_partitioning = false)`;
  const described = await queryRows(connection, `describe select * from ${file}`);
  const typeOf = new Map(described.map((row) => [String(row['column_name']), String(row['column_type'])]));
  const names = [...typeOf.keys()];
  requireColumns(names, source.name);
  const present = CENSUS_COLUMNS.filter((column) => typeOf.has(column));
  await connection.run(`create table source_rows as select ${present.map(sqlName).join(', ')} from ${file}`);
  await createRaw(connection, (column) => {
    const type = typeOf.get(column);
    return type === undefined ? undefined : textOf(sqlName(column), type);
  });
  return ignoredColumns(names);
}

/** A cell as a CSV would hold it: no exponent in a number, no time of day in a date. */
function textOf(column: string, type: string): string {
  const text = `${column}::varchar`;
  if (type === 'DOUBLE' || type === 'FLOAT')
    return `coalesce(try_cast(${column} as decimal(28, 6))::varchar, ${text})`;
  if (type === 'TIMESTAMP WITH TIME ZONE') return midnightOff(`(${column} at time zone 'UTC')::varchar`);
  if (type.startsWith('TIMESTAMP')) return midnightOff(text);
  return text;
}

const midnightOff = (text: string): string => `regexp_replace(${text}, ' 00:00:00$', '')`;

async function createRaw(
  connection: DuckDBConnection,
  expression: (column: string) => string | undefined,
): Promise<void> {
  const cells = CENSUS_COLUMNS.map((column) => `${expression(column) ?? 'null::varchar'} as ${column}`);
  await connection.run(`create table raw as select rowid as record, ${cells.join(', ')} from source_rows`);
  await connection.run('drop table source_rows');
}

function requireColumns(names: readonly string[], source: string): void {
  const missing = CENSUS_COLUMNS.find(
    (column) => !names.includes(column) && !OPTIONAL_CENSUS_COLUMNS.includes(column),
  );
  if (missing !== undefined) throw failure('COLUMN_MISSING', { source, column: missing, columns: names });
  const double = CENSUS_COLUMNS.filter((column) => names.indexOf(column) !== names.lastIndexOf(column));
  throwCsvErrors(
    source,
    double.map((value) => ({ line: 1, field: 'column', value, rule: 'stands twice in the header' })),
  );
}

const ignoredColumns = (names: readonly string[]): string[] =>
  names.filter((name) => !CENSUS_COLUMNS.some((column) => column === name));

/** The text of a refused line is not shown: it may hold columns that nothing here should read. */
async function requireNoRejects(connection: DuckDBConnection, source: CensusSource): Promise<void> {
  const rejects = await queryRows(
    connection,
    `select line_byte_position as position, min(error_type)::varchar as kind, count(*) over () as total
     from reject_errors group by line_byte_position order by line_byte_position limit 20`,
  );
  if (rejects.length === 0) return;
  const lineOf = await lineOfOffset(
    source.path,
    rejects.map((row) => Number(row['position']) - 1),
  );
  const errors = rejects.map((row) => ({
    line: lineOf(Number(row['position']) - 1),
    field: 'row',
    value: String(row['kind']).toLowerCase(),
    rule: 'must be UTF-8 text with one field for each column of the header, quotes closed',
  }));
  throw invalidRows(source.name, 'line', errors, Number(rejects[0]?.['total']));
}

function plainReason(error: Error, source: CensusSource): string {
  const [first = ''] = error.message.split('\n');
  return first.replaceAll(source.path, source.name).replace(/^\w[\w ]* Error: /, '');
}

async function readHead(path: string, bytes: number): Promise<Buffer> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(bytes), 0, bytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
