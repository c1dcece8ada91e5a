/** Checks every row of a census and finds all errors, by kind, with the line of each. */
import type { DuckDBConnection } from '@duckdb/node-api';
import type { CensusProblem, CensusValidation } from './census.contract.js';
import { invalidRows } from '../shared/files/csv-table.js';
import { failure, type MeritloopError } from '../shared/errors/errors.js';
import { queryRows, type SqlRow } from './database.js';
import { lineOfRecord } from './lines.js';
import { censusRules, TEXT_OF, typedSql, type CensusRule } from './rules.js';
import { loadRaw, type CensusSource } from './source.js';

/** Examples shown of each kind. */
const EXAMPLES = 20;
const UNIQUE = 'must stand once';

interface Found {
  readonly field: string;
  readonly rule: string;
  readonly count: number;
  readonly examples: readonly {
    readonly record: number;
    readonly value: string;
    readonly first: number | null;
  }[];
}

/**
 * Reads the file into the tables `raw` and `typed` and checks every row.
 * @throws MeritloopError FILE_UNREADABLE, COLUMN_MISSING, CENSUS_EMPTY, ROW_INVALID (rows that are no CSV)
 */
export async function checkSource(
  connection: DuckDBConnection,
  source: CensusSource,
  baselineDate: string,
  topLevel: number,
): Promise<CensusValidation> {
  const ignored = await loadRaw(connection, source);
  await connection.run(`create table typed as ${typedSql}`);
  const found = [
    ...(await doubledIds(connection)),
    ...(await brokenRules(connection, censusRules(baselineDate, topLevel))),
  ].filter(({ count }) => count > 0);
  const counts = await countRows(connection);
  if (counts.rows === 0)
    throw failure('CENSUS_EMPTY', { source: source.name, reason: 'it has a header but no rows' });
  if (counts.active === 0 && found.length === 0)
    throw failure('CENSUS_EMPTY', { source: source.name, reason: 'every employee has a termination date' });
  return {
    source: source.name,
    unit: source.format === 'csv' ? 'line' : 'row',
    rows: counts.rows,
    active: counts.active,
    problems: await withLines(source, found),
    notices: notices(ignored, counts.rounded),
  };
}

/** One failure for all problems: the first in file order, and how many more. */
export function problemsFailure({ source, unit, problems }: CensusValidation): MeritloopError {
  const errors = problems.flatMap(({ field, rule, examples }) =>
    examples.map(({ line, value, also }) => ({
      line,
      field,
      value,
      rule: also === undefined ? rule : `${rule}, and is also on ${unit} ${also}`,
    })),
  );
  const total = problems.reduce((sum, { count }) => sum + count, 0);
  return invalidRows(
    source,
    unit,
    errors.toSorted((left, right) => left.line - right.line),
    total,
  );
}

async function brokenRules(connection: DuckDBConnection, rules: readonly CensusRule[]): Promise<Found[]> {
  const counts = rules.map(({ broken }, index) => `count_if(${broken}) as r${index}`).join(', ');
  const [totals = {}] = await queryRows(connection, `select ${counts} from typed`);
  const found: Found[] = [];
  for (const [index, { field, rule, broken }] of rules.entries()) {
    const count = Number(totals[`r${index}`]);
    if (count === 0) continue;
    const rows = await queryRows(
      connection,
      `select record, ${TEXT_OF[field]} as value, null as first from typed where ${broken} order by record limit ${EXAMPLES}`,
    );
    found.push({ field, rule, count, examples: rows.map(example) });
  }
  return found;
}

async function doubledIds(connection: DuckDBConnection): Promise<Found[]> {
  const [sizes = {}] = await queryRows(
    connection,
    'select count(employee_id) - count(distinct employee_id) as doubled from typed',
  );
  if (Number(sizes['doubled']) === 0) return [];
  const rows = await queryRows(
    connection,
    `select record, employee_id as value, first from (
       select record, employee_id, min(record) over (partition by employee_id) as first from typed
       where employee_id in (select employee_id from typed group by employee_id having count(*) > 1)
     ) where record > first order by record limit ${EXAMPLES}`,
  );
  return [
    { field: 'employee_id', rule: UNIQUE, count: Number(sizes['doubled']), examples: rows.map(example) },
  ];
}

const example = (row: SqlRow) => ({
  record: Number(row['record']),
  value: row['value'] === null ? '' : String(row['value']),
  first: row['first'] === null ? null : Number(row['first']),
});

/** Turns records into lines (CSV) or rows (Parquet). */
async function withLines(source: CensusSource, found: readonly Found[]): Promise<CensusProblem[]> {
  const records = found.flatMap(({ examples }) =>
    examples.flatMap(({ record, first }) => [record, first ?? record]),
  );
  if (records.length === 0) return [];
  const at =
    source.format === 'csv' ? await lineOfRecord(source.path, records) : (record: number) => record + 1;
  return found.map(({ examples, ...problem }) => ({
    ...problem,
    examples: examples.map(({ record, value, first }) => ({
      line: at(record),
      value,
      ...(first === null ? {} : { also: at(first) }),
    })),
  }));
}

async function countRows(
  connection: DuckDBConnection,
): Promise<{ rows: number; active: number; rounded: number }> {
  const [row = {}] = await queryRows(
    connection,
    `select count(*) as rows, count_if(termination_text is null) as active,
       count_if(annual_salary is not null and regexp_matches(salary_text, '\\.[0-9]{2,}[1-9]')) as rounded
     from typed`,
  );
  return { rows: Number(row['rows']), active: Number(row['active']), rounded: Number(row['rounded']) };
}

function notices(ignored: readonly string[], rounded: number): string[] {
  const said: string[] = [];
  if (ignored.length > 0) said.push(`ignored columns: ${ignored.join(', ')}`);
  if (rounded > 0) said.push(`annual_salary was rounded to the cent in ${rounded} rows`);
  return said;
}
