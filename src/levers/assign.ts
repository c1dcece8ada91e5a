/** Levers set by hand: chosen parameters of chosen years and levels, never a locked row. */
import { PARAMETERS, type LeverKey, type LeverRow, type ParameterName } from './lever.contract.js';
import { failure } from '../shared/errors/errors.js';
import { leverKey } from './file.js';
import { resolveLevers } from './scenarios.js';

/** For which scenario, and what the record says of it. */
export interface Assigner {
  readonly scenario: string;
  /** The scenario first, then what it inherits from. */
  readonly chain: readonly string[];
  /** Who set them, for the record. */
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
}

export interface Assignment extends Assigner {
  readonly years: readonly number[];
  readonly levels: readonly number[];
  readonly values: ReadonlyMap<ParameterName, number>;
}

/** One lever and the value that it is to have. */
export interface LeverCell extends LeverKey {
  readonly value: number;
}

/**
 * The rows with the values set under the scenario's own name; what it inherits from stays as it is. A row that has
 * its value already is left, byte for byte.
 * @throws MeritloopError LEVER_LOCKED naming year, level and parameter of each locked row that would change
 */
export function assignLevers(rows: readonly LeverRow[], assignment: Assignment): LeverRow[] {
  const { years, levels, values } = assignment;
  const cells = [...values].flatMap(([parameter_name, value]) =>
    years.flatMap((fiscal_year) =>
      levels.map((job_level) => ({ fiscal_year, job_level, parameter_name, value })),
    ),
  );
  return assignCells(rows, cells, assignment);
}

/** As {@link assignLevers}, each lever with a value of its own. */
export function assignCells(
  rows: readonly LeverRow[],
  cells: readonly LeverCell[],
  { scenario, chain, by, at }: Assigner,
): LeverRow[] {
  const inForce = new Map(resolveLevers(rows, chain).map((row) => [place(row), row]));
  const wanted = cells
    .map(({ value, ...key }): LeverRow => ({
      scenario_id: scenario,
      ...key,
      event_type: PARAMETERS[key.parameter_name].eventType,
      parameter_value: value,
      is_locked: false,
      created_at: at,
      created_by: by,
    }))
    .filter((row) => {
      const found = inForce.get(place(row));
      const same = found?.parameter_value === row.parameter_value;
      return !(same && (found.is_locked || found.scenario_id === row.scenario_id));
    });
  const locked = wanted.filter((row) => inForce.get(place(row))?.is_locked === true);
  if (locked.length > 0) {
    const names = locked.map((row) => `${row.fiscal_year} L${row.job_level} ${row.parameter_name}`);
    throw failure('LEVER_LOCKED', { scenario, rows: names });
  }
  const replaced = new Set(wanted.map(leverKey));
  return [...rows.filter((row) => !replaced.has(leverKey(row))), ...wanted];
}

const place = ({ fiscal_year, job_level, parameter_name }: LeverKey): string =>
  `${fiscal_year} ${job_level} ${parameter_name}`;
