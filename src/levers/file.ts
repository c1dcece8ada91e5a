/** Lever files: parsed with an error for every bad line, and written in one canonical form. */
import { stringify } from 'csv-stringify/sync';
import {
  LEVER_COLUMNS,
  MOST_LEVELS,
  PARAMETER_NAMES,
  PARAMETERS,
  roundLever,
  type LeverRow,
} from './lever.contract.js';
import { RUN_ID } from '../runs/request.contract.js';
import { csvCell, csvCellText } from '../shared/contract/escaped.terms.js';
import { readCsvTable, throwCsvErrors, type CsvError, type CsvRow } from '../shared/files/csv-table.js';

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i;

type Refuse = (field: string, rule: string) => void;

/**
 * The rows of a lever file, in canonical order, values rounded to six decimals.
 * @param source names the file in errors
 * @param topLevel highest job level of the plan that it is for
 * @throws MeritloopError FILE_UNREADABLE, COLUMN_MISSING, ROW_INVALID (with all errors in `fields.errors`)
 */
export function parseLevers(text: string, source: string, topLevel = MOST_LEVELS): LeverRow[] {
  const { rows, errors } = inspectLevers(text, source, topLevel);
  throwCsvErrors(source, errors);
  return rows;
}

/** The good rows of a lever file and the errors of the others. @throws MeritloopError as {@link parseLevers}, of the file as a whole */
export function inspectLevers(
  text: string,
  source: string,
  topLevel = MOST_LEVELS,
): { rows: LeverRow[]; errors: CsvError[] } {
  const errors: CsvError[] = [];
  const lineOfKey = new Map<string, number>();
  const rows = readCsvTable(text, source, LEVER_COLUMNS).flatMap((row) => {
    const found = errors.length;
    const refuse: Refuse = (field, rule) =>
      errors.push({ line: row.line, field, value: row.cell(field), rule });
    const lever = parseRow(row, topLevel, refuse);
    if (lever === null || errors.length > found) return [];
    const key = leverKey(lever);
    const first = lineOfKey.get(key);
    if (first !== undefined)
      errors.push({ line: row.line, field: 'row', value: key, rule: `is also on line ${first}` });
    else lineOfKey.set(key, row.line);
    return [lever];
  });
  return { rows: rows.toSorted(byLeverKey), errors };
}

/** The canonical text of a lever set: LEVER_COLUMNS, sorted, LF. `parseLevers` of it gives the same rows. */
export function formatLevers(rows: readonly LeverRow[]): string {
  const records = rows.toSorted(byLeverKey).map((row) => ({
    ...row,
    parameter_value: formatValue(row.parameter_value),
    is_locked: String(row.is_locked),
    created_at: csvCell(row.created_at),
    created_by: csvCell(row.created_by),
  }));
  // A carriage return ends a record when read, so it is quoted like a line feed.
  return stringify(records, { header: true, columns: [...LEVER_COLUMNS], quoted_match: /\r/ });
}

/** Scenario, year, parameter (in the order of PARAMETERS), level. */
export function byLeverKey(left: LeverRow, right: LeverRow): number {
  return (
    compareText(left.scenario_id, right.scenario_id) ||
    left.fiscal_year - right.fiscal_year ||
    PARAMETER_NAMES.indexOf(left.parameter_name) - PARAMETER_NAMES.indexOf(right.parameter_name) ||
    left.job_level - right.job_level
  );
}

/** `default 2025 L1 RAISE merit_base`: a lever's place, unique in a set. */
export const leverKey = (row: LeverRow): string =>
  `${row.scenario_id} ${row.fiscal_year} L${row.job_level} ${row.event_type} ${row.parameter_name}`;

/** By code unit, not by locale: the same on every machine. */
const compareText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

/** Plain decimals, never an exponent. */
const formatValue = (value: number): string =>
  roundLever(value)
    .toFixed(6)
    .replace(/\.?0+$/, '');

function parseRow(row: CsvRow, topLevel: number, refuse: Refuse): LeverRow | null {
  const scenario = row.cell('scenario_id');
  if (!RUN_ID.test(scenario)) refuse('scenario_id', 'must be letters, digits, dot, dash or underscore');
  const year = wholeNumber(row, 'fiscal_year', 2020, 2060, refuse);
  const level = wholeNumber(row, 'job_level', 1, topLevel, refuse);
  const locked = row.cell('is_locked').toLowerCase();
  if (locked !== 'true' && locked !== 'false') refuse('is_locked', 'must be true or false');
  const parameter = PARAMETER_NAMES.find((name) => name === row.cell('parameter_name'));
  if (parameter === undefined) {
    refuse('parameter_name', `must be one of ${PARAMETER_NAMES.join(', ')}`);
    return null;
  }
  const { eventType, hardRange } = PARAMETERS[parameter];
  if (row.cell('event_type').toUpperCase() !== eventType)
    refuse('event_type', `must be ${eventType}, the event of ${parameter}`);
  return {
    scenario_id: scenario,
    fiscal_year: year,
    job_level: level,
    event_type: eventType,
    parameter_name: parameter,
    parameter_value: parameterValue(row, hardRange, refuse),
    is_locked: locked === 'true',
    created_at: csvCellText(row.cell('created_at')),
    created_by: csvCellText(row.cell('created_by')),
  };
}

function wholeNumber(row: CsvRow, field: string, low: number, high: number, refuse: Refuse): number {
  const value = row.cell(field);
  const number = /^\d{1,6}$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= low && number <= high)) refuse(field, `must be a whole number from ${low} to ${high}`);
  return number;
}

function parameterValue(row: CsvRow, [low, high]: readonly [number, number], refuse: Refuse): number {
  const text = row.cell('parameter_value');
  if (!NUMBER.test(text)) {
    refuse('parameter_value', 'must be a number');
    return 0;
  }
  // Adding zero makes -0 plain 0.
  const value = roundLever(Number(text)) + 0;
  if (value < low || value > high) refuse('parameter_value', `must be from ${low} to ${high}`);
  return value;
}
