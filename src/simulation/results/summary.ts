/** Turns the rows of `fct_compensation_growth` into a simulation's summary. */
import type { SimulatedYear, SimulationSummary } from '../simulation.contract.js';
import { PAYS_CASH } from '../../levers/catalogue.terms.js';
import type { Row } from '../engine/database.js';
import { own } from '../../shared/own.terms.js';

/** The rows that {@link summarise} takes. */
export const GROWTH_ROWS = 'from fct_compensation_growth order by simulation_year';

const number = (row: Row, column: string): number => Number(own(row, column) ?? 0);
const optional = (row: Row, column: string): number | null =>
  own(row, column) === null ? null : Number(own(row, column));

function toYear(row: Row): SimulatedYear {
  const stayers = number(row, 'stayers');
  const leavers = number(row, 'experienced_terminations');
  const early = number(row, 'new_hire_terminations');
  return {
    year: number(row, 'simulation_year'),
    opening: number(row, 'opening'),
    hires: number(row, 'hires'),
    experienced_terminations: leavers,
    new_hire_terminations: early,
    promotions: number(row, 'promotions'),
    raises: number(row, 'raises'),
    closing: number(row, 'closing'),
    by_status: {
      continuous_active: stayers,
      new_hire_active: number(row, 'closing') - stayers,
      experienced_termination: leavers,
      new_hire_termination: early,
    },
    pay_by_status: {
      continuous_active: number(row, 'continuous_active_pay'),
      new_hire_active: number(row, 'new_hire_active_pay'),
      experienced_termination: number(row, 'experienced_termination_pay'),
      new_hire_termination: number(row, 'new_hire_termination_pay'),
    },
    mean_pay: number(row, 'mean_pay'),
    median_pay: number(row, 'median_pay'),
    payroll: number(row, 'payroll'),
    prorated_mean_pay: number(row, 'prorated_mean_pay'),
    ...(PAYS_CASH ? { cash_paid: number(row, 'cash_paid') } : {}),
    matched_cohort_growth: optional(row, 'matched_cohort_growth'),
    growth: number(row, 'growth'),
    decomposition: {
      raises: number(row, 'raises_growth'),
      promotions: number(row, 'promotions_growth'),
      hires: number(row, 'hires_growth'),
      leavers: number(row, 'leavers_growth'),
    },
  };
}

/** @param rows the baseline's row first, then one row per simulated year. */
export function summarise(
  rows: readonly Row[],
  about: Pick<SimulationSummary, 'simulation_id' | 'engine' | 'employees' | 'seconds'>,
): SimulationSummary {
  const [baseline, ...simulated] = rows;
  if (baseline === undefined) throw new TypeError('fct_compensation_growth has no baseline row');
  const years = simulated.map(toYear);
  return {
    simulation_id: about.simulation_id,
    engine: about.engine,
    reused: false,
    employees: about.employees,
    baseline: {
      headcount: number(baseline, 'closing'),
      mean_pay: number(baseline, 'mean_pay'),
      median_pay: number(baseline, 'median_pay'),
      payroll: number(baseline, 'payroll'),
      prorated_mean_pay: number(baseline, 'prorated_mean_pay'),
    },
    years,
    mean_growth: years.reduce((sum, { growth }) => sum + growth, 0) / years.length,
    seconds: about.seconds,
  };
}
