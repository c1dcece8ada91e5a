/** The draft as the impact question takes it: cells of equal value together. Pure. */
import type { ParameterName } from '../../../../src/levers/catalogue.terms.js';

export interface Assignment {
  readonly parameter_name: ParameterName;
  readonly parameter_value: number;
  readonly years: number[];
  readonly levels: number[];
}

interface Change {
  readonly fiscal_year: number;
  readonly job_level: number;
  readonly parameter_name: ParameterName;
  readonly value: number;
}

/** One assignment for each set of levels and years of a parameter that get the same value. */
export function assignmentsOf(changes: readonly Change[]): Assignment[] {
  const byYear = new Map<string, Assignment>();
  for (const { fiscal_year, job_level, parameter_name, value } of changes) {
    const key = [parameter_name, value, fiscal_year].join('/');
    const known = byYear.get(key);
    if (known !== undefined) known.levels.push(job_level);
    else
      byYear.set(key, { parameter_name, parameter_value: value, years: [fiscal_year], levels: [job_level] });
  }
  const merged = new Map<string, Assignment>();
  for (const assignment of byYear.values()) {
    const { parameter_name, parameter_value, years, levels } = assignment;
    const key = [parameter_name, parameter_value, levels.toSorted((left, right) => left - right).join()].join(
      '/',
    );
    const known = merged.get(key);
    if (known !== undefined) known.years.push(...years);
    else merged.set(key, assignment);
  }
  return [...merged.values()];
}
