/** The figures that an impact is told in, from a simulation's summary, and the change between two simulations. */
import type { ImpactChange, ImpactFigures } from './impact.contract.js';
import { PAYS_CASH } from '../levers/catalogue.terms.js';
import type { SimulationSummary } from '../simulation/simulation.contract.js';
import { pairsByKey, yearOf } from '../shared/by-key.terms.js';
import { growthByYear, growthMeasure, type GrowthMeasure } from '../tuning/measure.js';
import { onGrowthGrid, onPayGrid, sumOfUsd, usdBetween } from './exact.js';

/** @throws GROWTH_UNDEFINED, NOT_SUPPORTED */
export function figuresOf(
  summary: SimulationSummary,
  leverSet: string,
  measure: GrowthMeasure,
): ImpactFigures {
  const growth = growthByYear(summary, measure);
  return {
    growth: onGrowthGrid(growthMeasure(summary, measure)),
    payroll: sumOfUsd(summary.years.map(({ payroll }) => payroll)),
    ...(PAYS_CASH ? { cash_paid: sumOfUsd(summary.years.map(({ cash_paid = 0 }) => cash_paid)) } : {}),
    by_year: summary.years.map(({ year, payroll, mean_pay, cash_paid = 0 }) => ({
      year,
      growth: onGrowthGrid(growth[String(year)]!),
      payroll,
      mean_pay: onPayGrid(mean_pay),
      ...(PAYS_CASH ? { cash_paid } : {}),
    })),
    exact: true,
    simulation_id: summary.simulation_id,
    lever_set: leverSet,
  };
}

export const changeBetween = (from: ImpactFigures, to: ImpactFigures): ImpactChange => ({
  growth: to.growth - from.growth,
  payroll: usdBetween(from.payroll, to.payroll),
  ...cashBetween(from, to),
  by_year: pairsByKey(from.by_year, to.by_year, yearOf).map(({ first: before, second: after }) => ({
    year: after.year,
    growth: after.growth - before.growth,
    payroll: usdBetween(before.payroll, after.payroll),
    mean_pay: after.mean_pay - before.mean_pay,
    ...cashBetween(before, after),
  })),
});

const cashBetween = (from: { cash_paid?: number | undefined }, to: { cash_paid?: number | undefined }) =>
  PAYS_CASH ? { cash_paid: usdBetween(from.cash_paid ?? 0, to.cash_paid ?? 0) } : {};

/** Where a change came from: the simulation with it. */
export const sourceOf = ({ exact, simulation_id, lever_set }: ImpactFigures) => ({
  exact,
  simulation_id,
  lever_set,
});
