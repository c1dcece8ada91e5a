/** Reads a census file, whoever exported it, into the table `raw`: the known columns as text, one row per record. */
import type { DuckDBConnection } from '@duckdb/node-api';
import { own } from '../../shared/own.terms.js';
import { failure } from '../../shared/errors/errors.js';
import { throwCsvErrors } from '../../shared/files/csv-table.js';
import { CENSUS_COLUMNS } from '../census.contract.js';
import { queryRows } from '../database.js';
import { lineOfRecord, type LinesOf } from '../lines.js';
import type { CensusSource } from '../census-source.js';
import type { CensusAnswers, IntakeNotice, IntakeQuestion, PayUnit } from './answers.contract.js';
import { likelyColumns, mapOption, planColumns, type ColumnPlan } from './columns.pure.js';
import { dateOrder, dayOf, isoText, valueOf } from './dates.js';
import { NEEDED_FIELDS, plainHeading, UNIT_OF_HEADING, type CensusField } from './headings.terms.js';
import { payCells } from './pay-cells.js';
import { notice, readParquetTable, readTextTable } from './read-table.js';
import { dropWhatIsNobody } from './rows.js';

export interface LoadedPeople {
  readonly plan: ColumnPlan;
  readonly names: readonly string[];
  readonly notices: readonly IntakeNotice[];
  readonly questions: readonly IntakeQuestion[];
  /** Column of the file by field, by which the next file is read without a question. */
  readonly mapping: CensusAnswers;
  /** ISO 4217; null where the file does not say. */
  readonly currency: string | null;
  /** Physical lines of a text, rows of a Parquet file, of records from 0. */
  readonly linesOf: LinesOf;
  /** What stands above the header. */
  readonly above: readonly string[];
}

const ISO = `'[0-9]{4}-[0-9]{2}-[0-9]{2}'`;

/**
 * Makes `raw` (record BIGINT from 0, CENSUS_COLUMNS, `fte`, `level_name`, `segment_1` … as VARCHAR).
 * @throws MeritloopError COLUMN_MISSING naming all that is missing, FILE_UNREADABLE, ROW_INVALID, CENSUS_TOO_LARGE
 */
export async function loadPeople(
  connection: DuckDBConnection,
  source: CensusSource,
  answers: CensusAnswers,
  checkText: () => Promise<void>,
): Promise<LoadedPeople> {
  const isText = source.format === 'csv';
  const table = isText
    ? await readTextTable(connection, source.path, answers)
    : await readParquetTable(connection, source.path, source.name);
  const { names, layout } = table;
  const plan = planColumns(names, answers);
  requireColumns(plan, names, source.name);
  if (isText) await checkText();
  const linesOf: LinesOf = async (records) =>
    layout === null ? (record) => record + 1 : lineOfRecord(source.path, records, layout);
  const notices = [...table.notices, ...guessedNotice(plan, names)];
  const questions: IntakeQuestion[] = [];
  const cell = (field: CensusField): string | undefined => {
    const index = plan.at.get(field);
    return index === undefined ? undefined : `c${index}`;
  };
  notices.push(...(await dropWhatIsNobody(connection, names.length, plan, linesOf)));
  const dates = (['birth_date', 'hire_date', 'termination_date'] as const).flatMap(
    (field) => cell(field) ?? [],
  );
  const isPlain = await areMostly(connection, dates, ISO);
  const { order, question } = isPlain
    ? { order: 'ymd' as const, question: undefined }
    : await dateOrder(connection, 'source_rows', dates, answers);
  if (question !== undefined) questions.push(question);
  const dateCell = (text: string | undefined, isOptional = false): string => {
    if (text === undefined) return 'null::varchar';
    const value = isOptional ? dayOf(text) : text;
    return isPlain ? value : isoText(value, order);
  };
  const heading = names[plan.at.get('annual_salary') ?? -1] ?? '';
  const pay = await payCells(connection, {
    plan,
    names,
    answers,
    unitOfHeading: unitOf(heading),
    linesOf,
  });
  questions.push(...pay.questions);
  const level = cell('job_level');
  const id = cell('employee_id') ?? 'null';
  await connection.run(`create table raw as select
    rowid as record, ${id} as employee_id,
    ${dateCell(cell('birth_date'))} as birth_date, ${dateCell(cell('hire_date'))} as hire_date,
    ${dateCell(cell('termination_date'), true)} as termination_date,
    ${pay.salary} as annual_salary,
    ${level === undefined ? 'null::varchar' : levelNumber(valueOf(level))} as job_level,
    ${pay.fte} as fte,
    ${cell('status') === undefined ? 'null::varchar' : `lower(trim(${cell('status')}))`} as status,
    ${level === undefined ? 'null::varchar' : valueOf(level)} as level_name
    ${plan.segments.map((index, segment) => `, nullif(trim(c${index}), '') as segment_${segment + 1}`).join('')}
    from source_rows`);
  await connection.run('drop table source_rows');
  return {
    plan,
    names,
    notices: [...notices, ...(await pay.notices())],
    questions,
    currency: pay.currency,
    mapping: {
      ...answers,
      map: Object.fromEntries([...plan.at].map(([field, index]) => [field, names[index] ?? ''])),
      ...(isPlain ? {} : { dates: order }),
      ...pay.mapping,
      segments: plan.segments.map((index) => names[index] ?? ''),
    },
    linesOf,
    above: layout?.above ?? [],
  };
}

/** `L3`, `Level 3` and the like, as a number. */
const levelNumber = (cell: string): string =>
  `case when regexp_full_match(${cell}, '(?i)(l|lvl|level|grade|band|stufe)[ _-]?[0-9]{1,2}')
    then regexp_extract(${cell}, '[0-9]+') else ${cell} end`;

const unitOf = (heading: string): PayUnit | undefined =>
  UNIT_OF_HEADING.find(([pattern]) => pattern.test(plainHeading(heading)))?.[1];

/** Whether at least half of the cells are of that form: then the others are faults. */
async function areMostly(
  connection: DuckDBConnection,
  cells: readonly string[],
  form: string,
): Promise<boolean> {
  const sums = cells.map(
    (cell) =>
      `count_if(regexp_full_match(${cell}, ${form})) as y${cell}, count(nullif(trim(${cell}), '')) as n${cell}`,
  );
  const [row = {}] = await queryRows(connection, `select ${sums.join(', ')} from source_rows`);
  const sum = (letter: string): number =>
    cells.reduce((total, cell) => total + Number(own(row, letter + cell)), 0);
  return sum('n') === 0 || sum('y') * 2 >= sum('n');
}

/** All that is missing in one answer, each with the columns that it may be. */
function requireColumns(plan: ColumnPlan, names: readonly string[], source: string): void {
  const fields = [...NEEDED_FIELDS, 'termination_date', 'job_level'] as const;
  const twice = CENSUS_COLUMNS.filter((column) => names.indexOf(column) !== names.lastIndexOf(column));
  if (plan.missing.length === 0) {
    throwCsvErrors(
      source,
      twice.map((value) => ({ line: 1, field: 'column', value, rule: 'stands twice in the header' })),
    );
    return;
  }
  const free = [...plan.ignored, ...plan.segments];
  const likely = plan.missing.map(
    (field) => [field, likelyColumns(field, names, free)[0] ?? 'HEADING'] as const,
  );
  const known = fields.flatMap((field) => {
    const at = plan.at.get(field);
    return at === undefined || names[at] === field ? [] : [[field, names[at] ?? ''] as const];
  });
  throw failure('COLUMN_MISSING', {
    source,
    column: plan.missing.join(', '),
    columns: names,
    likely: likely
      .filter(([, heading]) => heading !== 'HEADING')
      .map(([field, heading]) => `${field}: ${heading}?`),
    option: mapOption([...known, ...likely]),
  });
}

function guessedNotice(plan: ColumnPlan, names: readonly string[]): IntakeNotice[] {
  if (plan.guessed.length === 0) return [];
  const pairs = plan.guessed.map((field) => [field, names[plan.at.get(field) ?? -1] ?? ''] as const);
  const read = pairs.map(([field, heading]) => `${field}: ${heading}`).join(', ');
  return [
    notice('COLUMNS_RECOGNISED', pairs.length, [], `columns are read as ${read} (${mapOption(pairs)})`),
  ];
}
