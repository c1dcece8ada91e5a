/** A census file as DuckDB reads it: every cell of the known columns as text, one row per record, in file order. */
import { types } from 'node:util';
import type { DuckDBConnection } from '@duckdb/node-api';
import { invalidRows } from '../shared/files/csv-table.js';
import { failure, MeritloopError } from '../shared/errors/errors.js';
import { queryRows } from './database.js';
import type { CensusSource } from './census-source.js';
import type { CensusAnswers } from './intake/answers.contract.js';
import { loadPeople, type LoadedPeople } from './intake/load-people.js';
import { lineOfOffset } from './lines.js';

/**
 * Makes the table `raw` (record BIGINT from 0, then the columns of a census as VARCHAR).
 * @throws MeritloopError FILE_UNREADABLE, COLUMN_MISSING, CENSUS_TOO_LARGE, ROW_INVALID (number of fields, quotes)
 */
export async function loadRaw(
  connection: DuckDBConnection,
  source: CensusSource,
  answers: CensusAnswers,
): Promise<LoadedPeople> {
  try {
    return await loadPeople(connection, source, answers, () => requireNoRejects(connection, source));
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
