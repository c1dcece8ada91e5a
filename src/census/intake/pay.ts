/** Pay as plain decimals: signs and separators taken off, and the unit that a file's columns or a person say. */
import type { DuckDBConnection } from '@duckdb/node-api';
import { queryRows, sqlText } from '../database.js';
import type { CensusAnswers, IntakeQuestion, PayUnit } from './answers.contract.js';

export interface NumberReading {
  readonly decimal: 'point' | 'comma';
  readonly question?: IntakeQuestion;
}

/** Without currency and blanks: what is left is digits, separators and perhaps a k. */
const bare = (cell: string): string =>
  `regexp_replace(${cell}, '^[A-Z]{3} ?|[\\s\\x{00a0}\\x{202f}$€£¥₹'']|[ ]?[A-Z]{3}$', '', 'g')`;

/** The separators of the file's numbers, from those that can only be one thing. */
export async function decimalMark(
  connection: DuckDBConnection,
  table: string,
  cell: string,
  { decimal }: CensusAnswers,
): Promise<NumberReading> {
  if (decimal !== undefined) return { decimal };
  const counts = {
    comma: `regexp_full_match(n, '[0-9]{1,3}([.][0-9]{3})+,[0-9]{1,2}|[0-9]+,[0-9]{1,2}|[0-9]{1,3}([.][0-9]{3}){2,}')`,
    point: `regexp_full_match(n, '[0-9]{1,3}(,[0-9]{3})+([.][0-9]+)?|[0-9]*[.]([0-9]{1,2}|[0-9]{4,})|[0-9]{4,}[.][0-9]+')`,
    either: `regexp_full_match(n, '[0-9]{1,3}[.][0-9]{3}')`,
  };
  const list = Object.entries(counts).map(([name, rule]) => `count_if(${rule}) as ${name}`);
  const [row = {}] = await queryRows(
    connection,
    `select ${list.join(', ')}, count(*) as cells, min(n) filter (where ${counts.either}) as example
     from (select ${bare(cell)} as n from ${table} where ${cell} is not null)`,
  );
  const [comma, point] = [Number(row['comma']), Number(row['point'])];
  const [either, cells] = [Number(row['either']), Number(row['cells'])];
  if (comma > 0 && point === 0) return { decimal: 'comma' };
  if (either === 0 || point > 0 || either * 2 < cells) return { decimal: 'point' };
  return {
    decimal: 'comma',
    question: {
      code: 'DECIMAL_MARK',
      message: `pay such as ${String(row['example'])} may be thousands or decimals`,
      options: ['comma', 'point'],
      option: '--decimal comma',
    },
  };
}

/** Digits and a decimal point, or the cell as it is where it is no number. */
export function plainNumber(cell: string, decimal: 'point' | 'comma'): string {
  const n = bare(cell);
  const separated =
    decimal === 'comma' ? `replace(replace(${n}, '.', ''), ',', '.')` : `replace(${n}, ',', '')`;
  const grouped =
    decimal === 'comma'
      ? `regexp_full_match(${n}, '[0-9]{1,3}([.][0-9]{3})+(,[0-9]+)?|[0-9]+(,[0-9]+)?')`
      : `regexp_full_match(${n}, '[0-9]{1,3}(,[0-9]{3})+([.][0-9]+)?|[0-9]+([.][0-9]+)?')`;
  const thousands = `regexp_full_match(${n}, '[0-9]+([.,][0-9]+)?[kK]')`;
  return `case when ${grouped} then ${separated}
    when ${thousands} then (try_cast(replace(rtrim(${n}, 'kK'), ',', '.') as decimal(18, 6)) * 1000)::varchar
    else ${cell} end`;
}

/** Words for a unit of pay that can mean nothing else. */
const WORDS: readonly (readonly [PayUnit, string])[] = [
  [
    'annual',
    'annual|annually|annualized|yearly|year|per year|per annum|pa|p a|yr|salaried annual|ann|annum|a',
  ],
  ['monthly', 'monthly|month|per month|mon|mth|monatlich|p m'],
  ['semimonthly', 'semi monthly|semimonthly|twice a month|24'],
  ['biweekly', 'bi weekly|biweekly|every two weeks|fortnightly|26'],
  ['weekly', 'weekly|week|per week|wk|52'],
  ['daily', 'daily|day|per day'],
  ['hourly', 'hourly|hour|per hour|hr|hrly|stundlich'],
];
/** Letters that usually mean a unit: they are confirmed before they change anybody's pay. */
const LETTERS: Readonly<Record<string, PayUnit>> = {
  h: 'hourly',
  s: 'annual',
  m: 'monthly',
  w: 'weekly',
  b: 'biweekly',
  y: 'annual',
  d: 'daily',
  salary: 'annual',
  salaried: 'annual',
  exempt: 'annual',
  'non exempt': 'annual',
  nonexempt: 'annual',
  wage: 'hourly',
};

export const unitOfWord = (word: string): { readonly unit: PayUnit; readonly sure: boolean } | undefined => {
  const plain = word
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{Letter}\p{Number}]+/gu, ' ')
    .trim();
  const found = WORDS.find(([, words]) => words.split('|').includes(plain));
  if (found !== undefined) return { unit: found[0], sure: true };
  const letter = Object.entries(LETTERS).find(([name]) => name === plain);
  return letter === undefined ? undefined : { unit: letter[1], sure: letter[1] === 'annual' };
};

/** A year's pay at full time of a plain number, in SQL. @param hours of a full-time week */
export function annualFactor(unit: PayUnit, hours: number): number {
  const factors: Readonly<Record<PayUnit, number>> = {
    annual: 1,
    monthly: 12,
    semimonthly: 24,
    biweekly: 26,
    weekly: 52,
    daily: 260,
    hourly: hours * 52,
    thousands: 1000,
    cents: 0.01,
  };
  return factors[unit];
}

/** The factor of each row by the word in its cell. */
export const factorSql = (cell: string, units: ReadonlyMap<string, PayUnit>, hours: number): string =>
  units.size === 0
    ? '1'
    : `case ${[...units].map(([word, unit]) => `when trim(${cell}) = ${sqlText(word)} then ${annualFactor(unit, hours)}`).join(' ')} else 1 end`;
