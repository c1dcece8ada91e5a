/** Resolves levers: the scenario's row, else its parent's, up to `default`. */
import type { Company } from './company.js';
import { decimal, type Fraction } from './exact.js';

export interface EffectiveLever {
  readonly value: Fraction;
  readonly source: string;
}

export type EffectiveLevers = (parameter: string, year: number, level: number) => EffectiveLever;

export function effectiveLevers({ levers, scenario, tables }: Company): EffectiveLevers {
  const chain: string[] = [];
  for (let next = scenario; ; next = tables.parents.get(next) || 'default') {
    chain.push(next);
    if (next === 'default') break;
  }
  const rows = new Map(
    levers.map((row) => [[row.scenario_id, row.fiscal_year, row.job_level, row.parameter_name].join(), row]),
  );
  return (parameter, year, level) => {
    for (const source of chain) {
      const row = rows.get([source, year, level, parameter].join());
      if (row) return { value: decimal(row.parameter_value), source };
    }
    throw new TypeError(`no ${parameter} for ${year}, level ${level}`);
  };
}
