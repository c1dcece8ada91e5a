/** Checks every row of a census and finds all errors, by kind, with the line of each. */
import type { DuckDBConnection } from '@duckdb/node-api';
import type { CensusProblem, CensusValidation } from './census.contract.js';
import { invalidRows } from '../shared/files/csv-table.js';
import { failure, type MeritloopError } from '../shared/errors/errors.js';
import { queryRows, type SqlRow } from './database.js';
import type { CheckOptions } from './copy.js';
import { MOST_ROWS } from './intake/limits.js';
import type { LoadedPeople } from './intake/load-people.js';
import { plausibility } from './plausibility.js';
import { settleSpells } from './spells.js';
import { MOST_LEVELS } from '../levers/lever.contract.js';
import { censusRules, TEXT_OF, typedSql, type CensusRule } from './rules.js';
import type { CensusSource } from './census-source.js';
import { loadRaw } from './source.js';

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
  options: CheckOptions,
): Promise<CensusValidation> {
  const { baselineDate, topLevel = MOST_LEVELS, ranges = [], answers = {} } = options;
  const loaded = await loadRaw(connection, source, answers);
  await connection.run(`create table typed as ${typedSql(baselineDate)}`);
  const said = await settleSpells(connection, baselineDate, loaded.linesOf);
  const found = [
    ...(await doubledIds(connection)),
    ...(await brokenRules(
      connection,
      censusRules(baselineDate, topLevel).filter(
        ({ field }) => options.levels !== 'named' || field !== 'job_level',
      ),
    )),
  ].filter(({ count }) => count > 0);
  const counts = await countRows(connection);
  if (counts.rows > MOST_ROWS)
    throw failure('CENSUS_TOO_LARGE', {
      source: source.name,
      found: `${counts.rows} rows`,
      limit: `${MOST_ROWS} rows`,
    });
  if (counts.rows === 0)
    throw failure('CENSUS_EMPTY', { source: source.name, reason: 'it has a header but no rows' });
  if (counts.active === 0 && found.length === 0)
    throw failure('CENSUS_EMPTY', { source: source.name, reason: 'every employee has a termination date' });
  const isUnitKnown = loaded.mapping.pay_unit !== undefined || loaded.questions.length > 0;
  const odd = await plausibility(connection, ranges, isUnitKnown, loaded.linesOf);
  const findings = [...source.notices, ...loaded.notices, ...said, ...odd.notices];
  const ignored = loaded.plan.ignored.concat(options.segments === true ? [] : loaded.plan.segments);
  const names = ignored.toSorted((one, other) => one - other).map((index) => loaded.names[index] ?? '');
  return {
    source: source.name,
    unit: source.format === 'csv' ? 'line' : 'row',
    rows: counts.rows,
    active: counts.active,
    problems: await withLines(loaded, found),
    notices: [...findings.map(({ message }) => message), ...notices(names, counts.rounded)],
    findings,
    questions: [...loaded.questions, ...odd.questions],
    mapping: loaded.mapping,
    currency: loaded.currency,
    above: loaded.above,
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

/** One failure for all that is open, each with the option that answers it. */
export const questionsFailure = ({ source, questions }: CensusValidation): MeritloopError =>
  failure('CENSUS_QUESTIONS', {
    source,
    questions: questions.map(({ message, option }) => `${message} (${option})`),
  });

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
async function withLines(
  { linesOf }: Pick<LoadedPeople, 'linesOf'>,
  found: readonly Found[],
): Promise<CensusProblem[]> {
  const records = found.flatMap(({ examples }) =>
    examples.flatMap(({ record, first }) => [record, first ?? record]),
  );
  if (records.length === 0) return [];
  const at = await linesOf(records);
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
