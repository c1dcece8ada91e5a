/** Two to six simulations side by side: results, what they were made of, and their levers. */
import { PARAMETER_NAMES, type LeverRow } from '../../levers/lever.contract.js';
import type { DetailedStatus, Metric } from '../../runs/request.contract.js';
import { withheldSummary } from './withheld.js';
import { meanGrowth, yearlyGrowth } from './yearly-results.js';
import type { ResultReader, StoredResult } from './reader.js';

type Cell = string | number | null;

export interface Difference {
  readonly name: string;
  readonly values: Cell[];
  readonly equal: boolean;
}

export interface LeverDifferences {
  readonly fiscal_year: number;
  readonly job_level: number;
  readonly parameter_name: LeverRow['parameter_name'];
  readonly values: (number | null)[];
  readonly equal: boolean;
}

const allEqual = (values: readonly unknown[]): boolean => new Set(values).size === 1;

/** What each was made of; a trial keeps no record of that. */
export function inputDifferences(stored: readonly StoredResult[]): Difference[] {
  const of = (name: string, value: (one: StoredResult) => Cell): Difference => {
    const values = stored.map(value);
    return { name, values, equal: allEqual(values) };
  };
  return [
    of('scenario', ({ provenance }) => provenance?.scenario ?? null),
    of('lever_set', ({ provenance }) => provenance?.lever_set ?? null),
    of('census', ({ provenance }) => provenance?.census.sha256 ?? null),
    of('employees', ({ summary }) => summary.employees),
    of('seed', ({ provenance }) => provenance?.seed ?? null),
    of('first_year', ({ summary }) => summary.years[0]?.year ?? null),
    of('last_year', ({ summary }) => summary.years.at(-1)?.year ?? null),
    of('engine', ({ summary }) => summary.engine),
    of('dbt_code', ({ provenance }) => provenance?.dbt_code ?? null),
  ];
}

/** Every lever of any of them, in the order of a lever file. */
export function leverDifferences(sets: readonly (readonly LeverRow[])[]): LeverDifferences[] {
  const keyOf = ({ fiscal_year, job_level, parameter_name }: LeverRow): string =>
    `${fiscal_year} ${PARAMETER_NAMES.indexOf(parameter_name)} ${job_level}`;
  const maps = sets.map((rows) => new Map(rows.map((row) => [keyOf(row), row])));
  const keys = new Map(sets.flat().map((row) => [keyOf(row), row]));
  return [...keys]
    .toSorted(([left], [right]) => left.localeCompare(right))
    .map(([key, { fiscal_year, job_level, parameter_name }]) => {
      const values = maps.map((rows) => rows.get(key)?.parameter_value ?? null);
      return { fiscal_year, job_level, parameter_name, values, equal: allEqual(values) };
    });
}

/** One simulation's column of a comparison. */
export async function comparedResults(
  reader: ResultReader,
  stored: StoredResult,
  metric: Metric,
  statuses: readonly DetailedStatus[],
  smallest: number,
) {
  // A trial has no tables: where its summary lacks the figure, there is none.
  const growth = await yearlyGrowth(reader, stored, metric, { statuses, levels: undefined }, smallest);
  const shown = withheldSummary(stored.summary, smallest);
  return {
    simulation_id: stored.summary.simulation_id,
    scenario: stored.provenance?.scenario ?? null,
    made_at: stored.provenance?.made_at ?? null,
    mean_growth: meanGrowth(growth),
    years: shown.years.map((year) => ({
      year: year.year,
      growth: growth.find((one) => one.year === year.year)?.growth ?? null,
      headcount: year.closing,
      mean_pay: year.mean_pay,
      median_pay: year.median_pay,
      payroll: year.payroll,
      decomposition: year.decomposition,
    })),
  };
}
