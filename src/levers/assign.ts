/** Levers set by hand: chosen parameters of chosen years and levels, never a locked row. */
import { PARAMETERS, type LeverRow, type ParameterName } from '../contract/lever.js';
import { failure } from '../errors.js';
import { leverKey } from './file.js';
import { resolveLevers } from './scenarios.js';

export interface Assignment {
  readonly scenario: string;
  /** The scenario first, then what it inherits from. */
  readonly chain: readonly string[];
  readonly years: readonly number[];
  readonly levels: readonly number[];
  readonly values: ReadonlyMap<ParameterName, number>;
  /** Who set them, for the record. */
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
}

/**
 * The rows with the values set under the scenario's own name; what it inherits from stays as it is. A row that has
 * its value already is left, byte for byte.
 * @throws MeritloopError LEVER_LOCKED naming year, level and parameter of each locked row that would change
 */
export function assignLevers(rows: readonly LeverRow[], assignment: Assignment): LeverRow[] {
  const inForce = new Map(resolveLevers(rows, assignment.chain).map((row) => [place(row), row]));
  const wanted = wantedRows(assignment).filter((row) => {
    const found = inForce.get(place(row));
    const same = found?.parameter_value === row.parameter_value;
    return !(same && (found.is_locked || found.scenario_id === row.scenario_id));
  });
  const locked = wanted.filter((row) => inForce.get(place(row))?.is_locked === true);
  if (locked.length > 0) {
    const names = locked.map((row) => `${row.fiscal_year} L${row.job_level} ${row.parameter_name}`);
    throw failure('LEVER_LOCKED', { scenario: assignment.scenario, rows: names });
  }
  const replaced = new Set(wanted.map(leverKey));
  return [...rows.filter((row) => !replaced.has(leverKey(row))), ...wanted];
}

function wantedRows({ scenario, years, levels, values, at, by }: Assignment): LeverRow[] {
  return [...values].flatMap(([parameter_name, parameter_value]) =>
    years.flatMap((fiscal_year) =>
      levels.map((job_level) => ({
        scenario_id: scenario,
        fiscal_year,
        job_level,
        event_type: PARAMETERS[parameter_name].eventType,
        parameter_name,
        parameter_value,
        is_locked: false,
        created_at: at,
        created_by: by,
      })),
    ),
  );
}

const place = ({ fiscal_year, job_level, parameter_name }: LeverRow): string =>
  `${fiscal_year} ${job_level} ${parameter_name}`;
