/** The rules of a census row (docs/reference/inputs.md), each as the SQL that is true of a row that breaks it. */
import type { CensusColumn } from './census.contract.js';
import { sqlText } from './database.js';

export interface CensusRule {
  readonly field: CensusColumn;
  readonly rule: string;
  /** Over the columns of `typed`, see {@link typedSql}; null counts as kept. */
  readonly broken: string;
}

const DATE = 'must be a date like 1985-03-31';
const MAX_SALARY = 10_000_000_000;

/** So late that it means: none. Exports write 9999-12-31, 2999-12-31, 3000-01-01 or the last day that a program knows. */
export const OPEN_END = '2100-01-01';
/** So early that it means: none. */
const NO_DATE = '1910-01-01';
const LEFT = `('terminated', 'inactive', 'left', 'separated', 'retired', 'deceased', 'resigned', 'withdrawn', 'dismissed', 'no', 'n', 'false', 't', 'ausgetreten')`;

/**
 * The table `typed` of the table `raw`: each cell as text (suffix _text) and as a value, null where it is no such
 * value. Pay is rounded to the cent, half away from zero. An end without end is none; who has left by the status
 * alone, has left by the baseline date.
 * @param baselineDate ISO
 */
export const typedSql = (baselineDate: string): string => `
select record, employee_id,
  birth_date as birth_text, ${dateOf('birth_date')} as birth_date,
  hire_date as hire_text, ${dateOf('hire_date')} as hire_date,
  case when ${hasNoEnd} then null when ${leftUnsaid} then ${sqlText(baselineDate)} else termination_date end
    as termination_text,
  case when ${hasNoEnd} then null
    when ${leftUnsaid} then greatest(${dateOf('hire_date')}, date ${sqlText(baselineDate)})
    else ${dateOf('termination_date')} end as termination_date,
  annual_salary as salary_text,
  case when regexp_full_match(annual_salary, '[0-9]{1,15}(\\.[0-9]{1,15})?')
    then annual_salary::decimal(18, 2) end as annual_salary,
  job_level as level_text,
  case when regexp_full_match(job_level, '[0-9]{1,2}(\\.0+)?')
    then nullif(split_part(job_level, '.', 1)::tinyint, 0) end as job_level,
  ${hasNoEnd} as is_open_end, ${leftUnsaid} as has_left_unsaid,
  raw.* exclude (record, employee_id, birth_date, hire_date, termination_date, annual_salary, job_level)
from raw`;

function dateOf(column: string): string {
  return `case when regexp_full_match(${column}, '[0-9]{4}-[0-9]{2}-[0-9]{2}') then try_cast(${column} as date) end`;
}

const hasNoEnd = `coalesce(${dateOf('termination_date')} >= date '${OPEN_END}' or ${dateOf('termination_date')} < date '${NO_DATE}', false)`;
const leftUnsaid = `(termination_date is null and coalesce(status in ${LEFT}, false))`;

/** The text of a rule's field in `typed`. */
export const TEXT_OF: Readonly<Record<CensusColumn, string>> = {
  employee_id: 'employee_id',
  birth_date: 'birth_text',
  hire_date: 'hire_text',
  termination_date: 'termination_text',
  annual_salary: 'salary_text',
  job_level: 'level_text',
};

/** Rules that hold whatever the baseline date; that an id stands once is checked apart. */
const ROW_RULES: readonly CensusRule[] = [
  { field: 'employee_id', rule: 'must not be empty', broken: `coalesce(trim(employee_id), '') = ''` },
  {
    field: 'employee_id',
    rule: 'must not begin or end with white space or hold a control character',
    broken: `trim(employee_id) <> '' and regexp_matches(employee_id, '^\\s|\\s$|[\\x00-\\x1f\\x7f]')`,
  },
  {
    field: 'employee_id',
    rule: 'must not be of the form NH_<year>_…, which is kept for hires',
    broken: `regexp_matches(employee_id, '^NH_[0-9]{4}_')`,
  },
  { field: 'birth_date', rule: DATE, broken: 'birth_date is null' },
  { field: 'hire_date', rule: DATE, broken: 'hire_date is null' },
  {
    field: 'hire_date',
    rule: 'age at hire must be 14 or more',
    broken: `datesub('year', birth_date, hire_date) < 14`,
  },
  {
    field: 'termination_date',
    rule: `${DATE}, or empty`,
    broken: 'termination_text is not null and termination_date is null',
  },
  {
    field: 'termination_date',
    rule: 'must not be before the hire date',
    broken: 'termination_date < hire_date',
  },
  {
    field: 'annual_salary',
    rule: 'must be a plain number like 85000.00: digits and a decimal point, no sign, comma, currency or exponent',
    broken: 'annual_salary is null',
  },
  {
    field: 'annual_salary',
    rule: 'must be above 0 and below 10 billion',
    broken: `annual_salary <= 0 or annual_salary >= ${MAX_SALARY}`,
  },
];

/** @param topLevel highest job level of the plan */
const levelRule = (topLevel: number): CensusRule => ({
  field: 'job_level',
  rule: topLevel === 5 ? 'must be 1, 2, 3, 4 or 5, or empty' : `must be 1 to ${topLevel}, or empty`,
  broken: `level_text is not null and (job_level is null or job_level > ${topLevel})`,
});

/** Rules that depend on the baseline date, in terms of birth_date and hire_date alone. */
export function baselineRules(baselineDate: string): readonly CensusRule[] {
  const age = `datesub('year', birth_date, date ${sqlText(baselineDate)})`;
  return [
    {
      field: 'birth_date',
      rule: `age at the baseline date ${baselineDate} must be 16 to 80`,
      broken: `${age} < 16 or ${age} > 80`,
    },
    {
      field: 'hire_date',
      rule: `must not be after the baseline date ${baselineDate}`,
      broken: `hire_date > date ${sqlText(baselineDate)}`,
    },
  ];
}

export const censusRules = (baselineDate: string, topLevel: number): readonly CensusRule[] => [
  ...ROW_RULES,
  levelRule(topLevel),
  ...baselineRules(baselineDate),
];
