/** The rows behind a number: filters, order and page as SQL, and what each column means. */
import type { DetailedStatus } from '../../runs/request.contract.js';
import { csvCellSql } from '../engine/database.js';
import { literal } from '../engine/database.js';
import { TABLE_FILES } from './table-files.js';

export type TableName = keyof typeof TABLE_FILES;

export interface RowFilter {
  readonly table: TableName;
  readonly year?: number | undefined;
  readonly statuses?: readonly DetailedStatus[] | undefined;
  readonly levels?: readonly number[] | undefined;
  readonly category?: string | undefined;
  readonly employee_id?: string | undefined;
}

export type SortKey = 'employee_id' | 'year' | 'level' | 'pay' | 'date';

interface Column {
  readonly name: string;
  readonly type: 'text' | 'integer' | 'date' | 'usd' | 'number';
  readonly description: string;
}
const column = (name: string, type: Column['type'], description: string): Column => ({
  name,
  type,
  description,
});

export const COLUMNS: Readonly<Record<TableName, readonly Column[]>> = {
  snapshot: [
    column('scenario_id', 'text', 'Scenario simulated.'),
    column('simulation_year', 'integer', 'Plan year.'),
    column('employee_id', 'text', 'Person.'),
    column('birth_date', 'date', 'Date of birth.'),
    column('hire_date', 'date', 'Date of hire.'),
    column('termination_date', 'date', 'Date of leaving; null while active.'),
    column('age', 'integer', 'Whole years at January 1.'),
    column('tenure', 'integer', 'Whole years at January 1.'),
    column('level_id', 'integer', 'Job level at year end.'),
    column(
      'opening_compensation',
      'usd',
      'Annual pay at the start of the year; null for a hire of the year.',
    ),
    column('current_compensation', 'usd', 'Annual pay in force on the last day.'),
    column('prorated_compensation', 'usd', 'Pay earned in the year.'),
    column('employment_status', 'text', 'active or terminated.'),
    column('detailed_status_code', 'text', 'Status at year end, with when the person was hired.'),
  ],
  events: [
    column('scenario_id', 'text', 'Scenario simulated.'),
    column('simulation_year', 'integer', 'Plan year.'),
    column('event_sequence', 'integer', 'From 1 per person and year, by date.'),
    column('employee_id', 'text', 'Person.'),
    column('event_type', 'text', 'hire, promotion, raise or termination.'),
    column('event_category', 'text', 'The same, with the two kinds of termination.'),
    column('effective_date', 'date', 'Day of the event.'),
    column('level_before', 'integer', 'Job level before; null for a hire.'),
    column('level_after', 'integer', 'Job level after; null for a termination.'),
    column('previous_compensation', 'usd', 'Annual pay before; null for a hire.'),
    column('new_compensation', 'usd', 'Annual pay after; null for a termination.'),
    column('probability', 'number', 'Hazard of a termination, probability of a promotion; else null.'),
    column('parameter_source', 'text', 'Scenario that the deciding lever came from.'),
  ],
};

const SORTS: Readonly<Record<TableName, Readonly<Record<SortKey, string>>>> = {
  snapshot: {
    employee_id: 'employee_id',
    year: 'simulation_year',
    level: 'level_id',
    pay: 'current_compensation',
    date: 'hire_date',
  },
  events: {
    employee_id: 'employee_id',
    year: 'simulation_year',
    level: 'coalesce(level_after, level_before)',
    pay: 'new_compensation',
    date: 'effective_date',
  },
};

const KEYS = {
  snapshot: ['simulation_year', 'employee_id'],
  events: ['simulation_year', 'employee_id', 'event_sequence'],
} as const;

/** Everything that fits. @param columns default: the file's own */
export function filteredSql(filter: RowFilter, columns = '*'): string {
  const { table, year, statuses, levels, category, employee_id } = filter;
  const snapshot = table === 'snapshot';
  const level = snapshot ? 'level_id' : 'coalesce(level_after, level_before)';
  const parts = [
    year === undefined ? undefined : `simulation_year = ${year}`,
    levels === undefined ? undefined : `${level} in (${levels.join(', ')})`,
    snapshot && statuses !== undefined
      ? `detailed_status_code in (${statuses.map(literal).join(', ')})`
      : undefined,
    !snapshot && category !== undefined ? `event_category = ${literal(category)}` : undefined,
    employee_id === undefined ? undefined : `employee_id = ${literal(employee_id)}`,
  ].filter((part) => part !== undefined);
  const where = parts.length === 0 ? '' : `\nwhere ${parts.join('\n  and ')}`;
  return `select ${columns}\nfrom ${literal(TABLE_FILES[table])}${where}`;
}

/** The same in an order of its own, which is the same on every page. */
export function sortedSql(filter: RowFilter, sort: SortKey, descending: boolean, columns = '*'): string {
  const { table } = filter;
  const direction = descending ? 'desc' : 'asc';
  return `${filteredSql(filter, columns)}\norder by ${SORTS[table][sort]} ${direction} nulls last, ${KEYS[table].join(', ')}`;
}

/** Text as a spreadsheet may open it, everything else as the file has it. */
export const csvColumns = (table: TableName): string =>
  COLUMNS[table]
    .map(({ name, type }) => (type === 'text' ? `${csvCellSql(name)} as ${name}` : name))
    .join(', ');

/** Dates as text and money as numbers, as JSON has them. */
export const plainColumns = (table: TableName): string =>
  COLUMNS[table]
    .map(({ name, type }) => {
      if (type === 'date') return `${name}::varchar as ${name}`;
      return type === 'usd' ? `${name}::double as ${name}` : name;
    })
    .join(', ');
