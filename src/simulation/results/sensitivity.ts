/** How growth answers to each lever, measured on a simulation's own people: pay that the lever's events scale. */
import { definitionOf, leversWith, type LeverEffect } from '../../levers/catalogue.terms.js';
import type { LeverRow } from '../../levers/lever.contract.js';
import type { SimulationSummary } from '../simulation.contract.js';
import type { LeverSensitivity } from '../simulator.js';
import type { Database } from '../engine/database.js';
import { GROWTH_ROWS, summarise } from './summary.js';

/** A row of `fct_lever_exposure`; pay in USD. */
export interface Exposure {
  readonly event_year: number;
  readonly event_type: string;
  readonly level_id: number;
  readonly simulation_year: number;
  readonly exposed_pay: number;
  /** Opening pay of those who stay the whole year, where the event came before it. */
  readonly exposed_opening_pay: number;
}

/** `from` plus what the levers of one effect come to, in a year and level. */
type Together = (effect: LeverEffect, from?: number) => number;

/**
 * d(pay after the event) / d(lever), as a share of that pay. A raise multiplies pay by 1 + its rates, so a unit of one
 * adds 1 / (1 + rates) of it. A unit of promotion probability adds 1/p more of the same promotions. Cash is no pay.
 */
const SHARE: Readonly<Record<LeverEffect, (together: Together) => number>> = {
  raise: (together) => 1 / together('raise', 1),
  promotion: (together) => 1 / together('promotion', 1),
  promotion_chance: (together) =>
    together('promotion_chance') === 0
      ? 0
      : together('promotion') / together('promotion', 1) / together('promotion_chance'),
  hire_pay: (together) => 1 / together('hire_pay'),
  cash: () => 0,
};

/** The mean pay and headcount of a year's actives, and of the baseline for the year before the first. */
function meansOf(summary: SimulationSummary): Map<number, { mean: number; people: number }> {
  const first = summary.years[0]?.year ?? 0;
  return new Map([
    [first - 1, { mean: summary.baseline.mean_pay, people: summary.baseline.headcount }],
    ...summary.years.map(
      ({ year, mean_pay, closing }) => [year, { mean: mean_pay, people: closing }] as const,
    ),
  ]);
}

/** d(pay after the lever's event) / d(lever) at these levers, as a share of that pay. */
export function shareOf(levers: readonly LeverRow[]): (lever: LeverRow) => number {
  const keyOf = (...parts: (string | number)[]) => parts.join(' ');
  const values = new Map(
    levers.map((row) => [keyOf(row.fiscal_year, row.job_level, row.parameter_name), row.parameter_value]),
  );
  return ({ fiscal_year, job_level, parameter_name }) =>
    SHARE[definitionOf(parameter_name).effect]((effect, from = 0) =>
      leversWith(effect).reduce(
        (sum, name) => sum + (values.get(keyOf(fiscal_year, job_level, name)) ?? 0),
        from,
      ),
    );
}

/** Exact derivatives at the simulation's levers, but for rounding to cents; pp of growth per unit, by year. */
export function leverSensitivities(
  summary: SimulationSummary,
  levers: readonly LeverRow[],
  exposures: readonly Exposure[],
): LeverSensitivity[] {
  const keyOf = (...parts: (string | number)[]) => parts.join(' ');
  const exposed = new Map(
    exposures.map((row) => [
      keyOf(row.event_year, row.event_type, row.level_id, row.simulation_year),
      row.exposed_pay,
    ]),
  );
  const share = shareOf(levers);
  const means = meansOf(summary);
  return levers.map((lever) => {
    const { fiscal_year, job_level, event_type, parameter_name } = lever;
    const meanChange = (year: number): number =>
      ((exposed.get(keyOf(fiscal_year, event_type, job_level, year)) ?? 0) * share(lever)) /
      (means.get(year)?.people ?? 1);
    const growthChange = (year: number): number => {
      const now = means.get(year)?.mean ?? 0;
      const before = means.get(year - 1)?.mean ?? 1;
      return 100 * (meanChange(year) / before - (now * meanChange(year - 1)) / before ** 2);
    };
    return {
      fiscal_year,
      job_level,
      parameter_name,
      growth_by_year: Object.fromEntries(summary.years.map(({ year }) => [String(year), growthChange(year)])),
    };
  });
}

/**
 * Reads from a simulated company what its levers' effects are made of.
 * @param levers the resolved levers that the database was simulated with.
 */
export async function readSensitivities(
  database: Database,
  levers: readonly LeverRow[],
): Promise<LeverSensitivity[]> {
  const rows = await database.rows('from fct_lever_exposure');
  const exposures = rows.map(
    (row) =>
      ({
        ...row,
        exposed_pay: Number(row['exposed_pay']),
        exposed_opening_pay: Number(row['exposed_opening_pay']),
      }) as unknown as Exposure,
  );
  const about = { simulation_id: '', engine: 'plan', employees: 0, seconds: 0 } as const;
  return leverSensitivities(summarise(await database.rows(GROWTH_ROWS), about), levers, exposures);
}
