/** Lever values that are allowed but unusual, judged on the average over the levels. */
import { definitionOf, type LeverRow, type ParameterName } from './lever.contract.js';

export interface LeverWarning {
  readonly scenario_id: string;
  readonly fiscal_year: number;
  readonly parameter_name: ParameterName;
  /** Mean over the levels that the set has, to six decimals. */
  readonly average: number;
  readonly message: string;
}

/** One warning for each scenario, year and parameter whose average lies outside the usual; in the order of `rows`. */
export function leverWarnings(rows: readonly LeverRow[]): LeverWarning[] {
  const groups = new Map<string, LeverRow[]>();
  for (const row of rows) {
    const key = `${row.scenario_id} ${row.fiscal_year} ${row.parameter_name}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    const usual = first && definitionOf(first.parameter_name).usual;
    if (first === undefined || usual === undefined) return [];
    // Millionths are whole: the average of equal values is that value.
    const millionths = group.reduce((sum, row) => sum + Math.round(row.parameter_value * 1e6), 0);
    const average = Math.round(millionths / group.length) / 1e6;
    const side =
      average > usual.high ? 'above' : usual.low !== undefined && average < usual.low ? 'below' : null;
    if (side === null) return [];
    const { scenario_id, fiscal_year, parameter_name } = first;
    const limit = side === 'above' ? usual.high : usual.low;
    const message = `${scenario_id} ${fiscal_year}: ${parameter_name} averages ${average} over the levels, each counted once, ${side} the usual ${limit}`;
    return [{ scenario_id, fiscal_year, parameter_name, average, message }];
  });
}
