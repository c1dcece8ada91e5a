/** Stands at the Simulator port: growth is linear in the levers' averages, so that every expectation is exact arithmetic. */
import { createHash } from 'node:crypto';
import type { LeverRow } from '../../src/levers/lever.contract.js';
import type { SimulationSummary } from '../../src/simulation/simulation.contract.js';
import { listYears } from '../../src/shared/contract/years.contract.js';
import { failure } from '../../src/shared/errors/errors.js';
import type { SimulateOptions, Simulator, SimulationSpec } from '../../src/simulation/simulator.js';

/** d growth / d average lever, percent per unit. */
const RESPONSE = {
  merit_base: 64,
  cola_rate: 64,
  new_hire_salary_adjustment: 8,
  promotion_raise: 4,
  promotion_probability: 0,
};

export interface LinearSimulator extends Simulator {
  /** Simulations begun, in order. */
  readonly begun: { readonly spec: SimulationSpec; readonly keep: 'summary' | 'tables' }[];
  /** Called before each simulation; it may wait or throw. */
  onSimulate: (index: number, options: SimulateOptions) => Promise<void>;
  /** Added to the growth of every simulation from now on. */
  drift: number;
  /** Added to the growth of each year of a simulation with that random seed. */
  chance: (seed: number) => number;
}

export function linearSimulator(load: (fingerprint: string) => Promise<LeverRow[]>): LinearSimulator {
  const finished = new Map<string, SimulationSummary>();
  /** Those with tables: a trial that is kept after all is simulated once more. */
  const whole = new Set<string>();
  const rowsOf = async ({ levers, scenario, years }: SimulationSpec): Promise<LeverRow[]> =>
    (await load(levers)).filter(
      (row) =>
        row.scenario_id === scenario && row.fiscal_year >= years.first && row.fiscal_year <= years.last,
    );
  const simulator: LinearSimulator = {
    begun: [],
    drift: 0,
    chance: () => 0,
    onSimulate: async () => {},
    async simulate(spec, options) {
      const index = simulator.begun.push({ spec, keep: options.keep }) - 1;
      await simulator.onSimulate(index, options);
      const rows = await rowsOf(spec);
      const values = rows.map((row) => [
        row.fiscal_year,
        row.job_level,
        row.parameter_name,
        row.parameter_value,
      ]);
      const simulation_id = createHash('sha256')
        .update(JSON.stringify([spec.seed, spec.years, values]))
        .digest('hex');
      const reused = (options.keep === 'tables' ? whole : finished).has(simulation_id);
      options.onProgress?.({
        year: spec.years.first,
        years_done: 0,
        years_total: 5,
        years_reused: 0,
        model: 'linear',
      });
      const summary = summaryOf(simulation_id, rows, spec, simulator.drift + simulator.chance(spec.seed));
      finished.set(simulation_id, summary);
      if (options.keep === 'tables') whole.add(simulation_id);
      return { summary: { ...summary, reused }, notes: [] };
    },
    async load(simulationId) {
      const summary = finished.get(simulationId);
      if (summary === undefined) throw failure('SIMULATION_UNKNOWN', { simulation: simulationId });
      return summary;
    },
    async resolveLevers(spec) {
      const rows = await rowsOf(spec);
      if (rows.length === 0)
        throw failure('LEVER_MISSING', {
          scenario: spec.scenario,
          missing: [`${spec.years.first}, level 1: merit_base`],
          commands: [],
        });
      return rows;
    },
    async sensitivities(spec) {
      const rows = await rowsOf(spec);
      return rows.map(({ fiscal_year, job_level, parameter_name }) => ({
        fiscal_year,
        job_level,
        parameter_name,
        growth_by_year: { [fiscal_year]: RESPONSE[parameter_name] / 5 },
      }));
    },
    modelVersions: async () => [],
    async measureTargets() {
      throw failure('UNEXPECTED', { detail: 'the linear company has no targets' });
    },
    async checkAgain() {
      throw failure('UNEXPECTED', { detail: 'the linear company stores no tables' });
    },
    async close() {},
  };
  return simulator;
}

function summaryOf(
  simulation_id: string,
  rows: readonly LeverRow[],
  spec: SimulationSpec,
  drift: number,
): SimulationSummary {
  const years = listYears(spec.years).map((year) => {
    const growth = rows
      .filter((row) => row.fiscal_year === year)
      .reduce((sum, row) => sum + (row.parameter_value * RESPONSE[row.parameter_name]) / 5, drift - 9);
    const status = {
      continuous_active: 90,
      new_hire_active: 10,
      experienced_termination: 5,
      new_hire_termination: 1,
    };
    return {
      year,
      opening: 97,
      hires: 11,
      experienced_terminations: 5,
      new_hire_terminations: 1,
      promotions: 4,
      raises: 80,
      closing: 100,
      by_status: status,
      mean_pay: 100_000,
      median_pay: 90_000,
      payroll: 10_000_000,
      prorated_mean_pay: 98_000,
      matched_cohort_growth: growth,
      pay_by_status: status,
      growth,
      decomposition: { raises: growth, promotions: 0, hires: 0, leavers: 0 },
    };
  });
  return {
    simulation_id,
    engine: 'plan',
    reused: false,
    employees: 97,
    baseline: {
      headcount: 97,
      mean_pay: 98_000,
      median_pay: 89_000,
      payroll: 9_506_000,
      prorated_mean_pay: 97_000,
    },
    years,
    mean_growth: years.reduce((sum, { growth }) => sum + growth, 0) / years.length,
    seconds: 0.01,
  };
}
