/** A text or Parquet file as the table `source_rows`: every column as text (`c0`, `c1`, …), one row per record. */
import { open } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { failure } from '../../shared/errors/errors.js';
import { queryRows, sqlName, sqlText } from '../database.js';
import type { CensusAnswers, IntakeNotice } from './answers.contract.js';
import { layoutOf, type Layout } from './layout.js';
import { MOST_BYTES, MOST_ROWS } from './limits.js';

export interface TableOf {
  readonly names: readonly string[];
  /** Null for a Parquet file. */
  readonly layout: Layout | null;
  readonly notices: readonly IntakeNotice[];
}

const HEADER_BYTES = 65_536;

/** @param fits true: each record has a field for each heading, else it is refused; a file with a title may be ragged */
export async function readTextTable(
  connection: DuckDBConnection,
  path: string,
  answers: CensusAnswers,
): Promise<TableOf & { readonly layout: Layout }> {
  const layout = layoutOf(await readHead(path), answers);
  const { delimiter, skip, names } = layout;
  const columns = names.map((_, index) => `'c${index}': 'VARCHAR'`).join(', ');
  const isPlain = delimiter === ',' && skip === 0;
  await connection.run(`
    create table source_rows as select * from read_csv(${sqlText(path)}, auto_detect = false, header = true,
      skip = ${skip}, columns = {${columns}}, delim = '${delimiter === '\t' ? '\\t' : delimiter}', quote = '"', escape = '"',
      ${isPlain ? '' : 'null_padding = true, parallel = false, '}strict_mode = true, store_rejects = true)`);
  const notices: IntakeNotice[] = [];
  if (delimiter !== ',')
    notices.push(
      notice('DELIMITER', 1, [], `the file is separated by ${WORD[delimiter]}, not by a comma (,): read so`),
    );
  if (skip > 0)
    notices.push(
      notice(
        'LINES_ABOVE_HEADER',
        skip,
        [],
        `the header stands on line ${skip + 1}: ${skip === 1 ? 'line 1 was' : `lines 1-${skip} were`} skipped (remove ${skip === 1 ? 'it' : `lines 1-${skip}`}, or say --skip ${skip})`,
      ),
    );
  return { names, layout, notices };
}

const WORD = { ',': ',', ';': ';', '\t': 'tabs', '|': '|' } as const;

export const notice = (
  code: string,
  count: number,
  lines: readonly number[],
  message: string,
): IntakeNotice => ({ code, count, lines, message });

/** The footer first: a few bytes may stand for more rows than memory holds. @throws MeritloopError CENSUS_TOO_LARGE */
export async function readParquetTable(
  connection: DuckDBConnection,
  path: string,
  name: string,
): Promise<TableOf> {
  const [size = {}] = await queryRows(
    connection,
    `select (select num_rows from parquet_file_metadata(${sqlText(path)})) as rows,
       (select sum(total_uncompressed_size) from parquet_metadata(${sqlText(path)})) as bytes`,
  );
  const [rows, bytes] = [Number(size['rows']), Number(size['bytes'] ?? 0)];
  if (rows > MOST_ROWS)
    throw failure('CENSUS_TOO_LARGE', { source: name, found: `${rows} rows`, limit: `${MOST_ROWS} rows` });
  if (bytes > MOST_BYTES * 4)
    throw failure('CENSUS_TOO_LARGE', {
      source: name,
      found: `${Math.round(bytes / 1024 ** 2)} MiB unpacked`,
      limit: `${(MOST_BYTES * 4) / 1024 ** 2} MiB`,
    });
  const file = `read_parquet(${sqlText(path)}, binary_as_string = true, hive_partitioning = false)`;
  const described = await queryRows(connection, `describe select * from ${file}`);
  const typed = described.map((row) => [String(row['column_name']), String(row['column_type'])] as const);
  const cells = typed.map(([column, type], index) => `${textOf(sqlName(column), type)} as c${index}`);
  await connection.run(`create table source_rows as select ${cells.join(', ')} from ${file}`);
  return { names: typed.map(([column]) => column), layout: null, notices: [] };
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

async function readHead(path: string): Promise<string> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0);
    const text = new TextDecoder().decode(buffer.subarray(0, bytesRead));
    // Half a line would look like a short record.
    return bytesRead < HEADER_BYTES ? text : text.slice(0, text.lastIndexOf('\n') + 1) || text;
  } finally {
    await handle.close();
  }
}
