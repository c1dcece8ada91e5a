/** Options that answer what a census file leaves open, for every command that takes such a file in. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Command } from 'commander';
import { censusAnswers, PAY_UNITS, type CensusAnswers } from '../../census/intake/answers.contract.js';
import { brokenRule } from '../../shared/contract/rule.contract.js';
import { failure } from '../../shared/errors/errors.js';
import { own } from '../../shared/own.terms.js';
import { isMissingFile } from '../../shared/files/durable.js';
import type { CommandInput } from '../context.js';
import { refusedOption, requiredText } from '../option-values.js';

export const addIntakeOptions = (command: Command): Command =>
  command
    .option('--map <list>', 'columns by their headings, such as employee_id=EmpID,birth_date=DOB')
    .option('--skip <lines>', 'lines above the header')
    .option('--sheet <name>', 'sheet of a workbook')
    .option('--date-format <order>', 'ymd, dmy, mdy or serial')
    .option('--decimal <mark>', 'point or comma')
    .option('--pay-unit <unit>', `${PAY_UNITS.join(', ')}, or by words, such as H=hourly,S=annual`)
    .option('--part-time-pay <what>', 'actual (what they are paid) or full-time')
    .option('--hours <n>', 'hours of a full-time week (default: 40)')
    .option('--currency <code>', 'currency of the plan, such as USD')
    .option('--rates <file>', 'CSV of currency,rate: what one unit is worth in the plan')
    .option('--as-of <date>', 'day of the census, such as 2024-12-31')
    .option('--levels <list>', 'names of the job levels, from the lowest')
    .option('--segments <list>', 'headings of up to eight columns to break results down by')
    .option('--answers <file>', 'JSON of all these answers, as a mapping is shown');

/** @throws MeritloopError REQUEST_INVALID naming the option, FILE_MISSING */
export async function readAnswers({ options }: CommandInput, cwd: string): Promise<CensusAnswers> {
  const text = (name: string, option: string): string | undefined =>
    own(options, name) === undefined ? undefined : requiredText(option, own(options, name));
  const number = (name: string, option: string): number | undefined => {
    const given = text(name, option);
    if (given !== undefined && !/^\d+(\.\d+)?$/.test(given))
      throw refusedOption(option, given, 'must be a number');
    return given === undefined ? undefined : Number(given);
  };
  const file = text('answers', '--answers');
  const rates = text('rates', '--rates');
  const unit = text('payUnit', '--pay-unit');
  const given = {
    ...(file === undefined ? {} : await readJson(path.resolve(cwd, file))),
    ...known({
      map: pairs('--map', text('map', '--map')),
      skip: number('skip', '--skip'),
      sheet: text('sheet', '--sheet'),
      dates: text('dateFormat', '--date-format'),
      decimal: text('decimal', '--decimal'),
      pay_unit: unit?.includes('=') === true ? pairs('--pay-unit', unit) : unit,
      pay_of_part_timers: text('partTimePay', '--part-time-pay'),
      hours: number('hours', '--hours'),
      currency: text('currency', '--currency'),
      rates: rates === undefined ? undefined : await readRates(path.resolve(cwd, rates)),
      as_of: text('asOf', '--as-of'),
      levels: list(text('levels', '--levels')),
      segments: list(text('segments', '--segments')),
    }),
  };
  const parsed = censusAnswers.safeParse(given);
  if (parsed.success) return parsed.data;
  const { field, value, rule } = brokenRule(censusAnswers, parsed.error, given);
  throw failure('REQUEST_INVALID', { source: 'answers about the census', field, value, rule });
}

const known = (values: Readonly<Record<string, unknown>>): object =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

const list = (text: string | undefined): string[] | undefined =>
  text
    ?.split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

function pairs(option: string, text: string | undefined): object | undefined {
  if (text === undefined) return undefined;
  return Object.fromEntries(
    text.split(',').map((part) => {
      const [name = '', ...rest] = part.split('=');
      if (rest.length === 0) throw refusedOption(option, part, 'must look like name=value');
      return [name.trim(), rest.join('=').trim()];
    }),
  );
}

async function readJson(file: string): Promise<object> {
  try {
    const value: unknown = JSON.parse(await readText(file));
    if (typeof value === 'object' && value !== null) return value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw failure('FILE_UNREADABLE', { source: 'answers', path: file, reason: 'it is no JSON object' });
}

async function readRates(file: string): Promise<object> {
  const rows = parse(await readText(file), { columns: true, bom: true, trim: true });
  return Object.fromEntries(
    rows.map((row, index) => {
      const { currency = '', rate = '' } = row as { readonly currency?: string; readonly rate?: string };
      if (!/^[A-Z]{3}$/.test(currency) || !/^\d+(\.\d+)?$/.test(rate) || Number(rate) <= 0)
        throw failure('ROW_INVALID', {
          source: path.basename(file),
          line: index + 2,
          field: 'currency,rate',
          value: `${currency},${rate}`,
          rule: 'must be a currency such as EUR and what one of it is worth, such as 1.08',
        });
      return [currency, Number(rate)];
    }),
  );
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (!isMissingFile(error)) throw error;
    throw failure('FILE_MISSING', { source: 'answers', path: file }, error);
  }
}
