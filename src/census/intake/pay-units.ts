/** What a file's pay is paid by: the year, the month, the hour; by heading, by a column of words, or as somebody said. */
import { DuckDBListValue, type DuckDBConnection, type DuckDBValue } from '@duckdb/node-api';
import { own } from '../../shared/own.terms.js';
import { queryRows, sqlText } from '../database.js';
import type { LinesOf } from '../lines.js';
import type { CensusAnswers, IntakeNotice, IntakeQuestion, PayUnit } from './answers.contract.js';
import { annualFactor, factorSql, unitOfWord } from './pay.js';
import { notice } from './read-table.js';
import { at } from './rows.js';

const MOST_WORDS = 20;

/** The words of a column with how many rows have each, the most frequent first; a column of many is no such column. */
export async function wordsOf(
  connection: DuckDBConnection,
  cell: string,
): Promise<{ word: string; count: number }[]> {
  const rows = await queryRows(
    connection,
    `select trim(${cell}) as word, count(*) as count from source_rows where coalesce(trim(${cell}), '') <> ''
     group by 1 order by count desc, word limit ${MOST_WORDS + 1}`,
  );
  return rows.map((row) => ({ word: String(row['word']), count: Number(row['count']) }));
}

/** What the pay of the file, or of each word of its column for that, is a year. */
export async function units(
  connection: DuckDBConnection,
  cell: string | undefined,
  number: string,
  { pay_unit: said }: CensusAnswers,
  ofHeading: PayUnit | undefined,
  hours: number,
  linesOf: LinesOf,
) {
  const silent = async (): Promise<IntakeNotice[]> => [];
  const whole =
    typeof said === 'string' ? said : said === undefined && cell === undefined ? ofHeading : undefined;
  if (whole !== undefined)
    return {
      factor: String(annualFactor(whole, hours)),
      isPerHour: whole === 'hourly',
      answer: whole,
      questions: [],
      notices: async () =>
        whole === 'annual'
          ? []
          : [
              notice(
                'PAY_UNIT',
                1,
                [],
                `pay is read as ${whole}: times ${annualFactor(whole, hours)} for a year`,
              ),
            ],
    };
  if (cell === undefined)
    return { factor: '1', isPerHour: false, answer: undefined, questions: [], notices: silent };
  const saidOf = (word: string) => {
    const unit = typeof said === 'object' ? own(said, word) : undefined;
    return unit === undefined ? undefined : { unit, sure: true };
  };
  const words = await wordsOf(connection, cell);
  const read = words.map(({ word, count }) => ({
    word,
    count,
    ...(saidOf(word) ?? unitOfWord(word)),
  }));
  // A column of other words says nothing of the unit.
  const known = read.flatMap(({ word, count, unit, sure }) =>
    unit === undefined ? [] : [{ word, count, unit, sure: sure === true }],
  );
  const map = new Map(known.map(({ word, unit }) => [word, unit]));
  const changing = known.filter(({ unit }) => unit !== 'annual');
  const unsure = changing.filter(({ sure }) => !sure);
  const questions = await Promise.all(
    unsure.map(async ({ word, count, unit }): Promise<IntakeQuestion> => {
      const factor = annualFactor(unit, hours);
      const [row = {}] = await queryRows(
        connection,
        `select median(try_cast(${number} as double)) as pay, list(rowid order by rowid)[1:20] as records
         from source_rows where trim(${cell}) = ${sqlText(word)}`,
      );
      const middle = Number(row['pay'] ?? 0);
      const records = listOf(row['records']);
      const lineOf = await linesOf(records);
      const lines = ` (${at(records.map(lineOf))})`;
      return {
        code: 'PAY_UNIT',
        message: `${count} of ${read.reduce((sum, each) => sum + each.count, 0)} rows say ${word}${lines}, with pay such as ${middle}: it looks like ${article(unit)} rate, x ${factor} = ${grouped(middle * factor)} a year`,
        options: [unit, 'annual'],
        option: `--pay-unit ${known.map((each) => `${each.word}=${each.unit}`).join(',')}`,
      };
    }),
  );
  return {
    factor: changing.length === 0 ? '1' : `(${factorSql(cell, map, hours)})`,
    isPerHour: changing.some(({ unit }) => unit === 'hourly'),
    answer: map.size === 0 ? undefined : Object.fromEntries(map),
    questions,
    notices: async () =>
      changing
        .filter(({ sure }) => sure)
        .map(({ word, unit, count }) =>
          notice(
            'PAY_UNIT',
            count,
            [],
            `${count} rows say ${word}: their pay is read as ${unit}, times ${annualFactor(unit, hours)} for a year`,
          ),
        ),
  };
}

/** A list of DuckDB's as numbers. */
const listOf = (value: DuckDBValue | undefined): number[] =>
  value instanceof DuckDBListValue ? value.items.map(Number) : [];

const article = (unit: PayUnit): string => (unit === 'hourly' ? 'an hourly' : `a ${unit}`);
export const grouped = (pay: number): string =>
  new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 }).format(pay);
