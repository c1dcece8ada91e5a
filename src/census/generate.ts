/** Sample companies of any size: a pure function of employees, seed and baseline date, written as one SQL statement. */
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { isoDate } from './census.contract.js';
import { drawCoefficients, personNumbersSql, uniformSql } from '../simulation/model/draws.js';
import { failure } from '../shared/errors/errors.js';
import { queryRows, sqlText, withDatabase } from './database.js';

/** The sample company's own pay scale and mix: share of the people, lowest and highest pay in USD a year. */
export const SAMPLE_LEVELS = [
  { level: 1, share: 0.36, min: 56_000, max: 80_000 },
  { level: 2, share: 0.29, min: 81_000, max: 120_000 },
  { level: 3, share: 0.19, min: 121_000, max: 160_000 },
  { level: 4, share: 0.11, min: 161_000, max: 300_000 },
  { level: 5, share: 0.05, min: 275_000, max: 500_000 },
] as const;

/** The largest company that is measured; ids have seven digits. */
const MAX_EMPLOYEES = 2_000_000;

export interface GenerateOptions {
  readonly employees: number;
  /** 0 … 2³¹ − 1. */
  readonly seed: number;
  /** A `.csv` file is written as CSV, any other name as Parquet. */
  readonly out: string;
  /** ISO date; the last day before the first plan year. */
  readonly baselineDate: string;
  readonly signal?: AbortSignal | undefined;
}

export interface GeneratedCensus {
  readonly employees: number;
  /** Those without a termination date. */
  readonly active: number;
  /** Hash of the file's bytes. */
  readonly sha256: string;
}

/**
 * Writes a sample census beside `out` and renames it into place. The same arguments give the same bytes.
 * @throws MeritloopError REQUEST_INVALID, CANCELLED
 */
export async function generateCensus(options: GenerateOptions): Promise<GeneratedCensus> {
  requireValid(options);
  const { employees, out, signal } = options;
  const format = out.toLowerCase().endsWith('.csv')
    ? 'csv, header'
    : 'parquet, compression zstd, row_group_size 122880';
  const partial = `${out}.${randomUUID()}.partial`;
  await mkdir(path.dirname(out), { recursive: true });
  try {
    // One thread writes in the order of the ids without a sort, so memory stays flat and the bytes the same.
    const active = await withDatabase(
      { spill: `${partial}.spill`, threads: 1, signal, what: 'census generate' },
      async (connection) => {
        await connection.run(`copy (${censusSql(options)}) to ${sqlText(partial)} (format ${format})`);
        const file = out.toLowerCase().endsWith('.csv') ? 'read_csv' : 'read_parquet';
        const rows = await queryRows(
          connection,
          `select count(*) - count(termination_date) as active from ${file}(${sqlText(partial)})`,
        );
        return Number(rows[0]?.['active']);
      },
    );
    const hash = createHash('sha256');
    await pipeline(createReadStream(partial), hash);
    await rename(partial, out);
    return { employees, active, sha256: hash.digest('hex') };
  } finally {
    await rm(partial, { force: true });
    await rm(`${partial}.spill`, { recursive: true, force: true });
  }
}

function requireValid({ employees, seed, baselineDate }: GenerateOptions): void {
  const refuse = (field: string, value: unknown, rule: string) =>
    failure('REQUEST_INVALID', { source: 'census generate', field, value: String(value), rule });
  if (!Number.isInteger(employees) || employees < 1 || employees > MAX_EMPLOYEES)
    throw refuse('employees', employees, `must be a whole number from 1 to ${MAX_EMPLOYEES}`);
  if (!Number.isInteger(seed) || seed < 0 || seed > 2_147_483_647)
    throw refuse('seed', seed, 'must be a whole number from 0 to 2147483647');
  if (!isoDate.safeParse(baselineDate).success)
    throw refuse('baseline_date', baselineDate, 'must be a date like 2024-12-31');
}

/** A company that looks like a real one: level mix, age, tenure, compa-ratio and leavers, one step of derivation per common table. */
function censusSql({ employees, seed, baselineDate }: GenerateOptions): string {
  const baseline = `date ${sqlText(baselineDate)}`;
  const year = Number(baselineDate.slice(0, 4));
  const { a, b } = personNumbersSql('employee_id');
  const u = (stream: string) => uniformSql(drawCoefficients(seed, `census_${stream}`, year), 'a', 'b');
  // The sum of four uniforms has variance 1/3: close to a normal, and exact on every machine.
  const z = (stream: string) =>
    `(${[1, 2, 3, 4].map((part) => u(`${stream}_${part}`)).join(' + ')} - 2) * 1.7320508075688772`;
  return `
with person as (
  select printf('EMP_%07d', number) as employee_id, ${a} as a, ${b} as b
  from range(1, ${employees + 1}) numbers(number)
), drawn as (
  select employee_id, a, b,
    ${pickLevel(u('level'))} as job_level,
    least(greatest(round(40 + 10 * ${z('age')}), 20), 66)::integer as age,
    floor(365 * ${u('birthday')})::integer as days_since_birthday,
    floor(365.25 * -7 * ln(${u('tenure')}))::integer as days_employed
  from person
), dated as (
  select employee_id, a, b, job_level,
    (${baseline} - to_years(age))::date - days_since_birthday as birth_date,
    -- Nobody is hired before the twentieth birthday.
    least(days_employed, ${baseline} - (${baseline} - to_years(age - 20))::date + days_since_birthday) as days_employed
  from drawn
), paid as (
  select employee_id, birth_date, ${baseline} - days_employed::integer as hire_date, job_level,
    greatest(hire_date, date '${year}-01-01') as first_leaving_day,
    least(greatest(round(
      (0.95 + 0.20 * least(days_employed / 365.25, 15) / 15 + 0.05 * ${z('pay')}) * ${byLevel('(min + max) / 2')}
    ), ${byLevel('min')}), ${byLevel('max')})::decimal(18, 2) as annual_salary,
    ${u('leaves')} < 0.12 as leaves,
    ${u('leaving_day')} as leaving_day
  from dated
)
select employee_id, birth_date, hire_date,
  case when leaves
    then first_leaving_day + floor(leaving_day * (${baseline} - first_leaving_day + 1))::integer
  end as termination_date,
  annual_salary, job_level
from paid`;
}

function pickLevel(u: string): string {
  let edge = 0;
  const cases = SAMPLE_LEVELS.slice(0, -1).map(({ level, share }) => {
    edge += share;
    return `when ${u} < ${edge.toFixed(2)} then ${level}`;
  });
  return `(case ${cases.join(' ')} else ${SAMPLE_LEVELS.length} end)::tinyint`;
}

function byLevel(figure: 'min' | 'max' | '(min + max) / 2'): string {
  const values = SAMPLE_LEVELS.map(({ level, min, max }) => {
    const value = figure === 'min' ? min : figure === 'max' ? max : (min + max) / 2;
    return `when ${level} then ${value}`;
  });
  return `(case job_level ${values.join(' ')} end)`;
}
