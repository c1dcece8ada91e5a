/** Small made-up results for the tests of what is printed. */
import type { LeverChange, OptimizationResult } from '../../../src/runs/optimization.contract.js';
import type { SimulatedYear, SimulationSummary } from '../../../src/simulation/simulation.contract.js';

const year = (values: Partial<SimulatedYear> & Pick<SimulatedYear, 'year'>): SimulatedYear => ({
  opening: 1000,
  hires: 200,
  experienced_terminations: 120,
  new_hire_terminations: 50,
  promotions: 60,
  raises: 800,
  closing: 1030,
  by_status: {
    continuous_active: 880,
    new_hire_active: 150,
    experienced_termination: 120,
    new_hire_termination: 50,
  },
  mean_pay: 104_000,
  median_pay: 90_000,
  payroll: 107_120_000,
  prorated_mean_pay: 100_000,
  matched_cohort_growth: 6,
  pay_by_status: {
    continuous_active: 95_040_000,
    new_hire_active: 12_080_000,
    experienced_termination: 11_000_000,
    new_hire_termination: 4_000_000,
  },
  growth: 4,
  decomposition: { raises: 5.1, promotions: 0.6, hires: -1.8, leavers: 0.1 },
  ...values,
});

export const summary: SimulationSummary = {
  simulation_id: 'a1b2c3d4e5f60718a1b2c3d4e5f60718',
  engine: 'plan',
  reused: false,
  employees: 1200,
  baseline: {
    headcount: 1000,
    mean_pay: 100_000,
    median_pay: 88_000,
    payroll: 100_000_000,
    prorated_mean_pay: 97_000,
  },
  years: [
    year({ year: 2025 }),
    year({ year: 2026, opening: 1030, closing: 1061, mean_pay: 106_080, growth: 2 }),
  ],
  mean_growth: 3,
  seconds: 0.48,
};

export const change = (
  fiscal_year: number,
  job_level: number,
  parameter_name: LeverChange['parameter_name'],
  before: number,
  after: number,
  bound: LeverChange['bound'] = null,
): LeverChange => ({
  scenario_id: 'default',
  event_type: 'RAISE',
  fiscal_year,
  job_level,
  parameter_name,
  before,
  after,
  bound,
});

const SECOND = 'b2c3d4e5f60718a1b2c3d4e5f60718a1';

export const result: OptimizationResult = {
  status: 'converged',
  run_id: '20250131T093000Z-4f2a9c',
  workflow_id: 'compensation-optimization/default/20250131T093000Z-4f2a9c',
  simulation_id: SECOND,
  requested_by: 'analyst',
  target_growth: 2,
  tolerance: 0.1,
  initial_growth: 3,
  initial_gap: -1,
  final_growth: 2.03,
  final_gap: -0.03,
  iterations_used: 1,
  simulations_run: 3,
  simulations_reused: 1,
  attainable_growth: [0.12, 14.48],
  iterations: [
    {
      iteration: 1,
      growth: 2.03,
      gap: -0.03,
      growth_by_year: { '2025': 3.06, '2026': 1 },
      levers: [],
      simulation_id: SECOND,
      seconds: 0.31,
    },
  ],
  levers: [
    change(2025, 1, 'merit_base', 0.04, 0.0231),
    change(2026, 1, 'merit_base', 0.04, 0.0231),
    change(2025, 2, 'merit_base', 0.03, 0.03, 'locked'),
    change(2026, 2, 'merit_base', 0.03, 0.01, 'low'),
    change(2025, 1, 'new_hire_salary_adjustment', 1.16, 1.1),
    change(2026, 1, 'new_hire_salary_adjustment', 1.16, 1.1),
  ],
  locked_rows_skipped: 1,
  binding: [],
  recommendations: [{ code: 'MERIT_LOW', message: 'merit_base averages below 0.02.' }],
  applied: 'never',
  lever_set: '0123456789abcdef0123456789abcdef',
  engine: 'plan',
  seconds: 2.1,
};
