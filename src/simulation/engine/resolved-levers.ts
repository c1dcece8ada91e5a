/** Reads the resolved levers of a run, and refuses a run that lacks one. */
import { leverRow, parameterName, type LeverRow } from '../../levers/lever.contract.js';
import { missingLevers } from '../../levers/missing.js';
import { failure } from '../../shared/errors/errors.js';
import type { Database } from './database.js';

/** One row per fiscal year, level and parameter, in the order of a lever file. @throws LEVER_MISSING */
export async function resolvedLevers(database: Database, scenario: string): Promise<LeverRow[]> {
  const rows = await database.rows(`
    select fiscal_year, level_id as job_level, event_type, parameter_name, parameter_source as scenario_id,
      cast(parameter_value as double) as parameter_value, is_locked,
      -- DuckDB reads an empty cell as null.
      coalesce(created_at, '') as created_at, coalesce(created_by, '') as created_by
    from int_effective_parameters
    order by fiscal_year, event_type desc, parameter_name desc, level_id`);
  const missing = rows.filter((row) => row['parameter_value'] === null);
  if (missing.length > 0) {
    const keys = missing.map((row) => ({
      fiscal_year: Number(row['fiscal_year']),
      job_level: Number(row['job_level']),
      parameter_name: parameterName.parse(row['parameter_name']),
    }));
    throw failure('LEVER_MISSING', { ...missingLevers(scenario, keys) });
  }
  return rows.map((row) => leverRow.parse(row));
}
