/** The targets of `comp_targets.csv` (domain.md 2.6). */
import { RUN_ID } from '../contract/request.js';
import { readCsvTable, throwCsvErrors, type CsvError } from '../csvTable.js';

export const TARGET_METRICS = [
  'compensation_growth_rate',
  'total_compensation_cost',
  'median_merit_increase',
  'promotion_rate',
  'headcount',
  'level_1_median_salary',
  'level_2_median_salary',
  'level_3_median_salary',
  'level_4_median_salary',
  'level_5_median_salary',
  'new_hire_average_salary',
  'matched_cohort_growth_rate',
] as const;
export const TOLERANCE_KINDS = ['absolute_pp', 'relative'] as const;
export const PRIORITIES = ['high', 'medium', 'low'] as const;

export interface TargetRow {
  readonly scenario_id: string;
  readonly fiscal_year: number;
  readonly metric_name: (typeof TARGET_METRICS)[number];
  /** Rates and growth in percent, pay in USD a year. */
  readonly target_value: number;
  readonly tolerance: number;
  readonly tolerance_kind: (typeof TOLERANCE_KINDS)[number];
  readonly priority: (typeof PRIORITIES)[number];
}

const COLUMNS = [
  'scenario_id',
  'fiscal_year',
  'metric_name',
  'target_value',
  'tolerance',
  'tolerance_kind',
  'priority',
] as const;
const DECIMAL = /^-?\d+(\.\d+)?$/;

/** @param source names the file in errors. @throws MeritloopError FILE_UNREADABLE, COLUMN_MISSING, ROW_INVALID */
export function parseTargets(text: string, source: string): TargetRow[] {
  const errors: CsvError[] = [];
  const lines = new Map<string, number>();
  const rows = readCsvTable(text, source, COLUMNS).flatMap((row): TargetRow[] => {
    const refuse = (field: string, rule: string) =>
      errors.push({ line: row.line, field, value: row.cell(field), rule });
    const choice = <Value extends string>(field: string, values: readonly Value[]): Value | undefined => {
      const value = values.find((candidate) => candidate === row.cell(field));
      if (value === undefined) refuse(field, `must be one of ${values.join(', ')}`);
      return value;
    };
    const number = (field: string, low: number, high: number, rule: string, only = DECIMAL): number => {
      const value = only.test(row.cell(field)) ? Number(row.cell(field)) : Number.NaN;
      if (!(value >= low && value <= high)) refuse(field, rule);
      return value;
    };
    const scenario = row.cell('scenario_id');
    if (!RUN_ID.test(scenario)) refuse('scenario_id', 'must be letters, digits, dot, dash or underscore');
    const year = number('fiscal_year', 2020, 2060, 'must be a year from 2020 to 2060', /^\d{4}$/);
    const value = number('target_value', -1e15, 1e15, 'must be a number');
    const tolerance = number('tolerance', 0, 1e15, 'must be a number of 0 or more');
    const metric = choice('metric_name', TARGET_METRICS);
    const kind = choice('tolerance_kind', TOLERANCE_KINDS);
    const priority = choice('priority', PRIORITIES);
    if (metric === undefined || kind === undefined || priority === undefined) return [];
    const key = `${scenario} ${year} ${metric}`;
    const first = lines.get(key);
    if (first === undefined) lines.set(key, row.line);
    else errors.push({ line: row.line, field: 'row', value: key, rule: `is also on line ${first}` });
    return [
      {
        scenario_id: scenario,
        fiscal_year: year,
        metric_name: metric,
        target_value: value,
        tolerance,
        tolerance_kind: kind,
        priority,
      },
    ];
  });
  throwCsvErrors(source, errors);
  return rows;
}
