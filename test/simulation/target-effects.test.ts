/** The effects of levers on targets' figures are those that simulations of moved levers show. */
import type { TargetMetric } from '../../src/targets/targets.contract.js';
import type { Simulator } from '../../src/simulation/simulator.js';
import { createCompany, setLever, type Company } from './company.js';

const METRICS = [
  'compensation_growth_rate',
  'total_compensation_cost',
  'matched_cohort_growth_rate',
  'new_hire_average_salary',
  'level_1_median_salary',
  'level_2_median_salary',
  'median_merit_increase',
] as const satisfies readonly TargetMetric[];

let company: Company;
let simulator: Simulator;
beforeAll(async () => {
  company = await createCompany({ employees: 3000 });
  simulator = company.simulator();
});
afterAll(() => company.remove());

const measure = (spec: Company['spec']) =>
  simulator.measureTargets(
    spec,
    METRICS.map((metric) => ({ metric, fiscal_year: 2026 })),
  );

/** A lever of 2026 or 2025 in all levels, raised by a small step. */
test.each([
  ['merit_base', 2026, 0.002],
  ['merit_base', 2025, 0.002],
  ['cola_rate', 2026, 0.002],
  ['new_hire_salary_adjustment', 2026, 0.01],
  ['new_hire_salary_adjustment', 2025, 0.03],
  ['promotion_raise', 2026, 0.01],
] as const)('%s of %d by %d', async (parameter, year, step) => {
  const base = await measure(company.spec);
  const moved = await measure(
    await company.withLevers((row) => {
      const changed = setLever(parameter, row.parameter_value + step, [year])(row);
      return { ...changed, parameter_value: Number(changed.parameter_value.toFixed(6)) };
    }),
  );
  const rows = base.levers.flatMap((lever, index) =>
    lever.parameter_name === parameter && lever.fiscal_year === year ? [index] : [],
  );
  METRICS.forEach((metric, index) => {
    const { value, effects } = base.targets[index]!;
    const told = rows.reduce((sum, row) => sum + effects[row]! * step, 0);
    const shown = moved.targets[index]!.value - value;
    // Medians move with a handful of people; the other figures bend a little over the step.
    const isMedian = metric.startsWith('level_');
    const allowed = isMedian
      ? 0.25 * Math.abs(told) + value * 0.0015
      : 0.03 * Math.abs(told) + Math.abs(value) * 1e-6;
    expect([metric, Math.abs(shown - told) <= allowed, told, shown]).toEqual([metric, true, told, shown]);
  });
});

test('promotions answer to their probability, headcount to no lever', async () => {
  const { targets, levers } = await simulator.measureTargets(company.spec, [
    { metric: 'promotion_rate', fiscal_year: 2026 },
    { metric: 'headcount', fiscal_year: 2026 },
  ]);
  const [promotion, headcount] = targets;
  expect(headcount?.effects.every((effect) => effect === 0)).toBe(true);
  const moving = levers.filter((_, row) => promotion!.effects[row]! !== 0);
  expect(
    new Set(moving.map(({ parameter_name, fiscal_year }) => `${parameter_name} ${fiscal_year}`)),
  ).toEqual(new Set(['promotion_probability 2026']));
});
