/** Dates in the one form that a file's columns prove, as ISO text. */
import type { DuckDBConnection } from '@duckdb/node-api';
import { queryRows } from '../database.js';
import type { CensusAnswers, DateOrder, IntakeQuestion } from './answers.contract.js';

/** Texts that stand for no value. */
const NOTHING = `('', 'null', 'n/a', 'na', 'none', 'nan', 'nat', '-', '--', '#n/a', 'nil')`;
/** The same for dates. */
const NO_DAY = `('0', '00.00.0000', '00/00/0000', '0000-00-00', '00000000')`;

/** Words of the cell of an optional column, null where it says that there is none. */
export const valueOf = (cell: string): string =>
  `(case when lower(trim(${cell})) in ${NOTHING} then null else trim(${cell}) end)`;

const MONTHS = '%d-%b-%Y,%d %b %Y,%d.%b.%Y,%b %d, %Y,%d-%B-%Y,%d %B %Y,%B %d, %Y,%d-%b-%y'.split(/,(?! )/);
const tried = (cell: string, formats: readonly string[]): string =>
  formats.length === 1
    ? `try_strptime(${cell}, '${formats[0]}')::date`
    : `coalesce(${formats.map((format) => `try_strptime(${cell}, '${format}')`).join(', ')})::date`;

/** The time of day, which no census needs. */
const day = (cell: string): string =>
  `regexp_replace(${cell}, '[T ]+[0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?( ?[AaPp][Mm])?(Z|[+-][0-9]{2}:?[0-9]{2})?$', '')`;

/** The same of a date that may be absent. */
export const dayOf = (cell: string): string =>
  `(case when trim(${cell}) in ${NO_DAY} then null else ${valueOf(cell)} end)`;

/** A date of each order, null where the cell is none. Days of a sheet count from 1899-12-30. */
const READ: Readonly<Record<DateOrder, (cell: string) => string>> = {
  ymd: (cell) => tried(day(cell), ['%Y-%m-%d', '%Y/%m/%d', '%Y.%m.%d', '%Y%m%d']),
  dmy: (cell) =>
    `case when regexp_full_match(${day(cell)}, '[0-9]{1,2}[./ -][0-9]{1,2}[./ -][0-9]{4}') then ${tried(
      `regexp_replace(${day(cell)}, '[./ ]', '-', 'g')`,
      ['%d-%m-%Y'],
    )} end`,
  mdy: (cell) =>
    `case when regexp_full_match(${day(cell)}, '[0-9]{1,2}[./ -][0-9]{1,2}[./ -][0-9]{4}') then ${tried(
      `regexp_replace(${day(cell)}, '[./ ]', '-', 'g')`,
      ['%m-%d-%Y'],
    )} end`,
  serial: (cell) => `case when regexp_full_match(${cell}, '[1-9][0-9]{3,4}([.]0+)?|[1-7][0-9]{4}[.][0-9]+')
    then date '1899-12-30' + cast(floor(try_cast(${cell} as double)) as integer) end`,
};

const named = (cell: string): string => tried(day(cell), MONTHS);

/** The cell as ISO text; as it is where it is no such date. */
export const isoText = (cell: string, order: DateOrder): string =>
  `coalesce(coalesce(${READ[order](cell)}, ${named(cell)}, ${READ.ymd(cell)})::varchar, ${cell})`;

export interface DateReading {
  readonly order: DateOrder;
  readonly question?: IntakeQuestion;
}

const ORDERS: readonly DateOrder[] = ['ymd', 'dmy', 'mdy', 'serial'];

/**
 * The order that every date of the file can be read in. Where days and months cannot be told apart in any column, that
 * is asked; dates in words are read beside any order.
 * @param cells SQL of the date columns over `table`
 */
export async function dateOrder(
  connection: DuckDBConnection,
  table: string,
  cells: readonly string[],
  { dates }: CensusAnswers,
): Promise<DateReading> {
  if (dates !== undefined) return { order: dates };
  if (cells.length === 0) return { order: 'ymd' };
  const values = cells.map((cell) => `select ${dayOf(cell)} as cell from ${table}`).join(' union all ');
  const counts = ORDERS.map(
    (order) => `count(*) filter (where (${READ[order]('cell')}) is not null) as ${order}`,
  );
  const [row = {}] = await queryRows(
    connection,
    `select ${counts.join(', ')} from (${values}) where cell is not null`,
  );
  const read = (order: DateOrder): number => Number(row[order]);
  const best = ORDERS.reduce((one, other) => (read(other) > read(one) ? other : one));
  const ambiguous = (best === 'dmy' || best === 'mdy') && read('dmy') === read('mdy');
  return ambiguous ? { order: 'mdy', question: await ask(connection, values) } : { order: best };
}

async function ask(connection: DuckDBConnection, values: string): Promise<IntakeQuestion> {
  const [row = {}] = await queryRows(
    connection,
    `select min(cell) as cell from (${values}) where (${READ.dmy('cell')}) is not null and (${READ.dmy('cell')}) <> (${READ.mdy('cell')})`,
  );
  return {
    code: 'DATE_ORDER',
    message: `no date of the file tells whether the day or the month comes first, as in ${String(row['cell'])}`,
    options: ['mdy', 'dmy'],
    option: '--date-format mdy',
  };
}
