/** What a file's pay is in: its separators, unit, currency and the hours that part-timers work. */
import type { DuckDBConnection } from '@duckdb/node-api';
import { own } from '../../shared/own.terms.js';
import { queryRows, sqlText } from '../database.js';
import type { CensusAnswers, IntakeNotice, IntakeQuestion, PayUnit } from './answers.contract.js';
import type { ColumnPlan } from './columns.pure.js';
import { decimalMark, plainNumber } from './pay.js';
import { grouped, units, wordsOf } from './pay-units.js';
import { notice } from './read-table.js';
import { valueOf } from './dates.js';
import type { LinesOf } from '../lines.js';

const PLAIN = `'[0-9]{1,15}([.][0-9]{1,15})?'`;
const FULL_TIME_HOURS = 40;

export interface PayCells {
  /** SQL of a year's pay as plain text. */
  readonly salary: string;
  /** SQL of the share of full time as plain text; null where the file does not tell. */
  readonly fte: string;
  readonly currency: string | null;
  readonly questions: readonly IntakeQuestion[];
  readonly mapping: Partial<CensusAnswers>;
  readonly notices: () => Promise<IntakeNotice[]>;
}

interface PayColumns {
  readonly plan: ColumnPlan;
  readonly names: readonly string[];
  readonly answers: CensusAnswers;
  readonly unitOfHeading: PayUnit | undefined;
  readonly linesOf: LinesOf;
}

export async function payCells(
  connection: DuckDBConnection,
  { plan, names, answers, unitOfHeading, linesOf }: PayColumns,
): Promise<PayCells> {
  const cellOf = (field: 'annual_salary' | 'currency' | 'pay_unit' | 'fte' | 'weekly_hours') => {
    const index = plan.at.get(field);
    return index === undefined ? undefined : `c${index}`;
  };
  const pay = cellOf('annual_salary') ?? 'null::varchar';
  const questions: IntakeQuestion[] = [];
  const isPlain = await mostlyPlain(connection, pay);
  const mark = isPlain
    ? { decimal: 'point' as const }
    : await decimalMark(connection, 'source_rows', pay, answers);
  if ('question' in mark && mark.question !== undefined) questions.push(mark.question);
  const number = isPlain ? pay : plainNumber(pay, mark.decimal);
  const hours = answers.hours ?? FULL_TIME_HOURS;

  const money = await currencies(connection, cellOf('currency'), pay, answers);
  questions.push(...money.questions);
  const unit = await units(connection, cellOf('pay_unit'), number, answers, unitOfHeading, hours, linesOf);
  questions.push(...unit.questions);

  const share = fteOf(cellOf('fte'), cellOf('weekly_hours'), hours, mark.decimal);
  const isFullTimeByName = names[plan.at.get('annual_salary') ?? -1] === 'annual_salary';
  const partTimers = share === undefined ? 0 : await countPartTimers(connection, share);
  const basis = answers.pay_of_part_timers ?? (isFullTimeByName || unit.isPerHour ? 'full-time' : undefined);
  if (partTimers > 0 && basis === undefined)
    questions.push(await askPartTime(connection, share ?? '1', number, partTimers));
  const factor = [
    unit.factor,
    money.factor,
    basis === 'actual' && share !== undefined ? `(1 / ${share})` : '1',
  ].filter((part) => part !== '1');
  const salary =
    factor.length === 0
      ? number
      : `case when regexp_full_match(${number}, ${PLAIN})
          then round(try_cast(${number} as double) * ${factor.join(' * ')}, 2)::decimal(18, 2)::varchar else ${number} end`;
  return {
    salary,
    fte: share === undefined ? 'null::varchar' : `(${share})::varchar`,
    currency: money.currency,
    questions,
    mapping: {
      ...(isPlain ? {} : { decimal: mark.decimal }),
      ...(unit.answer === undefined ? {} : { pay_unit: unit.answer }),
      ...(basis === undefined || partTimers === 0 ? {} : { pay_of_part_timers: basis }),
      ...(money.currency === null ? {} : { currency: money.currency }),
    },
    notices: async () => [
      ...(isPlain || mark.decimal === 'point'
        ? []
        : [notice('DECIMAL_COMMA', 1, [], 'pay is written with a decimal comma: read so')]),
      ...money.notices,
      ...(await unit.notices()),
    ],
  };
}

async function mostlyPlain(connection: DuckDBConnection, pay: string): Promise<boolean> {
  const [row = {}] = await queryRows(
    connection,
    `select count_if(regexp_full_match(${pay}, ${PLAIN}) and not regexp_full_match(${pay}, '[0-9]{1,3}[.][0-9]{3}')) as plain,
       count(nullif(trim(${pay}), '')) as cells from source_rows`,
  );
  return Number(row['cells']) === 0 || Number(row['plain']) * 2 >= Number(row['cells']);
}

async function currencies(
  connection: DuckDBConnection,
  cell: string | undefined,
  pay: string,
  { currency, rates }: CensusAnswers,
): Promise<Pick<PayCells, 'currency' | 'questions'> & { factor: string; notices: IntakeNotice[] }> {
  const none = { currency: currency ?? null, questions: [], factor: '1', notices: [] };
  const symbols = { $: 'USD', '€': 'EUR', '£': 'GBP', '¥': 'JPY', '₹': 'INR' };
  const cases = Object.entries(symbols).map(
    ([symbol, code]) => `when contains(${pay}, '${symbol}') then '${code}'`,
  );
  const bySign = `case ${cases.join(' ')} when regexp_matches(${pay}, '^[A-Z]{3} ?[0-9]') then left(${pay}, 3)
    when regexp_matches(${pay}, '[0-9] ?[A-Z]{3}$') then right(${pay}, 3) end`;
  const code = cell === undefined ? bySign : `upper(trim(${cell}))`;
  const words = await wordsOf(connection, code);
  if (words.length === 0) return none;
  const top = words[0]?.count;
  // Where several are as frequent, the one that most plans are in is proposed.
  const usual = words.find(({ word, count }) => count === top && ['USD', 'EUR'].includes(word));
  const { word: most } = usual ?? words[0] ?? { word: '' };
  if (words.length === 1 && (currency === undefined || currency === most)) return { ...none, currency: most };
  const plan = currency ?? most;
  const rateOf = (word: string): number | undefined => own(rates ?? {}, word);
  const lacking = words.map(({ word }) => word).filter((word) => word !== plan && rateOf(word) === undefined);
  const listed = words.map(({ word, count }) => `${word} ${count}`).join(', ');
  if (lacking.length > 0)
    return {
      ...none,
      currency: plan,
      questions: [
        {
          code: 'CURRENCIES',
          message: `pay is in several currencies (${listed}): what is one ${lacking.join(', one ')} worth in ${plan}`,
          options: [],
          option: `--currency ${plan} --rates FILE (columns currency,rate)`,
        },
      ],
    };
  const known = words.filter(({ word }) => word !== plan);
  const factor = `case ${known.map(({ word }) => `when ${code} = ${sqlText(word)} then ${rateOf(word)}`).join(' ')} else 1 end`;
  const message = `pay in ${known.map(({ word, count }) => `${word} (${count} people, at ${rateOf(word)})`).join(', ')} is converted to ${plan}`;
  return { currency: plan, questions: [], factor, notices: [notice('CONVERTED', known.length, [], message)] };
}

/** A share of full time, from .01 to 1: of 50, 50 %, 0.5 or of the hours of a week. */
function fteOf(
  fte: string | undefined,
  weekly: string | undefined,
  hours: number,
  decimal: 'point' | 'comma',
): string | undefined {
  const plain = (cell: string): string =>
    `try_cast(replace(rtrim(${valueOf(decimal === 'comma' ? `replace(${cell}, ',', '.')` : cell)}, '% '), ',', '.') as double)`;
  if (fte !== undefined) {
    const share = plain(fte);
    return `round(least(1, greatest(0.01, coalesce(case when ${share} > 1.5 then ${share} / 100 else ${share} end, 1))), 4)`;
  }
  if (weekly === undefined) return undefined;
  return `round(least(1, greatest(0.01, coalesce(${plain(weekly)} / ${hours}, 1))), 4)`;
}

async function countPartTimers(connection: DuckDBConnection, share: string): Promise<number> {
  const [row = {}] = await queryRows(
    connection,
    `select count_if(${share} < 0.995) as people from source_rows`,
  );
  return Number(row['people']);
}

async function askPartTime(
  connection: DuckDBConnection,
  share: string,
  number: string,
  people: number,
): Promise<IntakeQuestion> {
  const [row = {}] = await queryRows(
    connection,
    `select median(pay) filter (where share < 0.995) as part, median(pay / share) filter (where share < 0.995) as grossed,
       median(pay) filter (where share >= 0.995) as whole
     from (select try_cast(${number} as double) as pay, ${share} as share from source_rows)`,
  );
  const [part, raised, whole] = [Number(row['part']), Number(row['grossed']), Number(row['whole'])];
  const actual = Math.abs(raised - whole) < Math.abs(part - whole);
  const proposed = actual ? 'actual' : 'full-time';
  return {
    code: 'PART_TIME_PAY',
    message: `${people} people work part-time: their pay (in the middle ${grouped(part)}; ${grouped(whole)} of full-timers) is what they are paid, or what full time would be`,
    options: [proposed, actual ? 'full-time' : 'actual'],
    option: `--part-time-pay ${proposed}`,
  };
}
