/** The targets of `comp_targets.csv` and of files like it (docs/model/growth.md). */
import { RUN_ID } from '../runs/request.contract.js';
import {
  NEEDS_TOLERANCE,
  PRIORITIES,
  TARGET_KINDS,
  TARGET_METRICS,
  TOLERANCE_KINDS,
  type TargetGoal,
} from './targets.contract.js';
import { readCsvTable, throwCsvErrors, type CsvError, type CsvRow } from '../shared/files/csv-table.js';

/** A target with the line on which it stands. */
export interface TargetRow extends TargetGoal {
  readonly line: number;
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

/**
 * The column `kind` (target, cap, floor) may be left out: every row is a target then.
 * @param source names the file in errors. @throws MeritloopError FILE_UNREADABLE, COLUMN_MISSING, ROW_INVALID
 */
export function parseTargets(text: string, source: string): TargetRow[] {
  const errors: CsvError[] = [];
  const lines = new Map<string, number>();
  const rows = readCsvTable(text, source, COLUMNS, ['kind']).flatMap((row) => {
    const target = parseRow(row, (error) => errors.push(error));
    if (target === undefined) return [];
    const key = `${target.scenario_id} ${target.fiscal_year} ${target.metric} ${target.kind}`;
    const first = lines.get(key);
    if (first === undefined) lines.set(key, row.line);
    else errors.push({ line: row.line, field: 'row', value: key, rule: `is also on line ${first}` });
    return [target];
  });
  throwCsvErrors(source, errors);
  return rows;
}

/** Undefined where a cell that must be one of a few words is none of them. */
function parseRow({ line, cell }: CsvRow, keep: (error: CsvError) => void): TargetRow | undefined {
  const refuse = (field: string, rule: string) => keep({ line, field, value: cell(field), rule });
  const choice = <Value extends string>(field: string, values: readonly Value[]): Value | undefined => {
    const value = values.find((candidate) => candidate === cell(field));
    if (value === undefined) refuse(field, `must be one of ${values.join(', ')}`);
    return value;
  };
  const number = (field: string, low: number, high: number, rule: string, only = DECIMAL): number => {
    const value = only.test(cell(field)) ? Number(cell(field)) : Number.NaN;
    if (!(value >= low && value <= high)) refuse(field, rule);
    return value;
  };
  const scenario_id = cell('scenario_id');
  if (!RUN_ID.test(scenario_id)) refuse('scenario_id', 'must be letters, digits, dot, dash or underscore');
  const metric = choice('metric_name', TARGET_METRICS);
  const fiscal_year = number('fiscal_year', 2020, 2060, 'must be a year from 2020 to 2060', /^\d{4}$/);
  const value = number('target_value', -1e15, 1e15, 'must be a number');
  const tolerance = number('tolerance', 0, 1e15, 'must be a number of 0 or more');
  const tolerance_kind = choice('tolerance_kind', TOLERANCE_KINDS);
  const priority = choice('priority', PRIORITIES);
  const kind = cell('kind') === '' ? 'target' : choice('kind', TARGET_KINDS);
  if (kind === 'target' && tolerance === 0) refuse('tolerance', NEEDS_TOLERANCE);
  if (metric === undefined || tolerance_kind === undefined || priority === undefined || kind === undefined)
    return undefined;
  return { line, scenario_id, fiscal_year, metric, kind, value, tolerance, tolerance_kind, priority };
}
