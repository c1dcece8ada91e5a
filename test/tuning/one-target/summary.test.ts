/** What a finished run says about its levers and the next step. */
import { rangeText } from '../../../src/shared/contract/figures.terms.js';
import type { LeverChange } from '../../../src/runs/optimization.contract.js';
import { optimizationResult } from '../../../src/runs/optimization.contract.js';
import { leverWarnings } from '../../../src/tuning/one-target/recommendations.js';
import { recordGrowth } from '../../../src/tuning/one-target/record.js';
import { startTuning } from '../../../src/tuning/one-target/state.js';
import { nextStep } from '../../../src/tuning/one-target/step.js';
import { summarise } from '../../../src/tuning/one-target/summary.js';
import {
  BASELINE_GROWTH,
  measureStep,
  RESPONSES,
  runTuner,
  sampleLevers,
  sampleProblem,
} from '../sample-company.js';

const { linear } = RESPONSES;
const codes = (recommendations: readonly { code: string }[]): string[] =>
  recommendations.map(({ code }) => code);

test('an infeasible run says what to relax, with the range and the rows at their bound', () => {
  const levers = sampleLevers().map((lever) => ({ ...lever, locked: lever.fiscal_year === 2025 }));
  const summary = summarise(runTuner(sampleProblem({ target: 20, levers }), linear).state);
  expect(codes(summary.recommendations)).toEqual([
    'CHANGE_TARGET',
    'WIDEN_BOUNDS',
    'UNLOCK_ROWS',
    'TUNE_MORE',
    'COLA_HIGH',
    'MERIT_HIGH',
    'HIRE_PAY_HIGH',
  ]);
  const text = summary.recommendations.map(({ message }) => message).join('\n');
  expect(text).toContain(`${rangeText(summary.attainable_growth!)}; the target 20 %`);
  expect(text).toContain('merit_base (20 rows), cola_rate (20 rows), new_hire_salary_adjustment (20 rows)');
  expect(text).toContain('15 locked or frozen rows');
  expect(text).toContain('promotion_probability, promotion_raise');
  expect(summary.locked_rows_skipped).toBe(15);
  expect(summary.binding.filter((row) => row.bound === 'locked')).toHaveLength(15);
});

test('a run that used up its iterations says so and names the tolerance that would do', () => {
  const rough = (x: number): number => BASELINE_GROWTH + (x === 0 ? 0 : x + Math.sin(x * 5000));
  const problem = sampleProblem({ tolerance: 0.001, max_iterations: 2 });
  const { recommendations, final_gap } = summarise(runTuner(problem, rough).state);
  expect(codes(recommendations).slice(0, 2)).toEqual(['RAISE_MAX_ITERATIONS', 'RAISE_TOLERANCE']);
  expect(recommendations[1]!.message).toContain(`${Number(Math.abs(final_gap).toFixed(3))} pp`);
});

test('a target missed with promotion_probability says that growth answers in steps; a locked one does not', () => {
  const advice = (locked: boolean, beyond: number) => {
    const levers = sampleLevers(['promotion_probability', 'merit_base']).map((lever) => ({
      ...lever,
      locked: locked && lever.parameter_name === 'promotion_probability',
    }));
    const [, high] = summarise(runTuner(sampleProblem({ levers }), linear).state).attainable_growth!;
    const target = high + beyond;
    return codes(summarise(runTuner(sampleProblem({ target, levers }), linear).state).recommendations);
  };
  expect(advice(false, 0.3)).toContain('GROWTH_UNEVEN');
  expect(advice(false, 3)).not.toContain('GROWTH_UNEVEN');
  expect(advice(true, 0.3)).not.toContain('GROWTH_UNEVEN');
});

test('a converged run reports every tuned row before and after, and the closed part of the gap', () => {
  const summary = summarise(runTuner(sampleProblem(), linear).state);
  expect(summary.changes).toHaveLength(75);
  expect(summary.gap_reduction).toBeCloseTo(1, 3);
  expect(summary.changes[0]).toMatchObject({
    scenario_id: 'default',
    event_type: 'RAISE',
    before: 0.04,
    bound: null,
  });
  expect(summary.best.levers.map((lever) => lever.value)).toEqual(
    summary.changes.map((change) => change.after),
  );
});

test('changes, iterations, binding and recommendations fit the result’s contract', () => {
  const { shape } = optimizationResult;
  const summary = summarise(runTuner(sampleProblem({ target: 10.5 }), linear).state);
  expect(shape.levers.parse(summary.changes)).toEqual(summary.changes);
  expect(shape.binding.parse(summary.binding)).toEqual(summary.binding);
  expect(shape.recommendations.parse(summary.recommendations)).toEqual(summary.recommendations);
  expect(shape.iterations.parse(summary.iterations)).toHaveLength(1);
});

test('what the simulation said goes with its iteration', () => {
  const problem = sampleProblem();
  const meta = (simulation_id: string) => ({ simulation_id, growth_by_year: { 2025: 2.1 }, seconds: 0.5 });
  let state = startTuning(problem, BASELINE_GROWTH, meta('base'));
  for (let step = nextStep(state); step.kind === 'simulate'; step = nextStep(state)) {
    state = recordGrowth(state, step, measureStep(problem, linear, step), meta(step.role));
  }
  const summary = summarise(state);
  expect(summary.best.simulation_id).toBe('candidate');
  expect(summary.iterations[0]).toMatchObject(meta('candidate'));
});

const change = (
  parameter_name: LeverChange['parameter_name'],
  after: number,
  job_level = 1,
): LeverChange => ({
  scenario_id: 'default',
  fiscal_year: 2025,
  job_level,
  event_type: 'RAISE',
  parameter_name,
  before: 0,
  after,
  bound: null,
});

test.each([
  ['cola_rate', 0.061, ['COLA_HIGH']],
  ['cola_rate', 0.06, []],
  ['cola_rate', 0.01, []],
  ['cola_rate', 0.009, ['COLA_LOW']],
  ['merit_base', 0.081, ['MERIT_HIGH']],
  ['merit_base', 0.08, []],
  ['merit_base', 0.02, []],
  ['merit_base', 0.019, ['MERIT_LOW']],
  ['new_hire_salary_adjustment', 1.3, []],
  ['new_hire_salary_adjustment', 1.31, ['HIRE_PAY_HIGH']],
] as const)('%s averaging %d over five levels warns %j', (parameter, average, expected) => {
  const rows = [1, 2, 3, 4, 5].map((level) => change(parameter, average + (level - 3) / 1000, level));
  expect(codes(leverWarnings(rows))).toEqual(expected);
});

test('a warning names years in sequence with the same average once', () => {
  const rows = [2025, 2026, 2027, 2029].map((fiscal_year) => ({
    ...change('cola_rate', fiscal_year === 2027 ? 0.008 : 0.009),
    fiscal_year,
  }));
  expect(leverWarnings(rows).map(({ message }) => message)).toEqual([
    'cola_rate averages below 0.01 over the levels, each counted once (2025–2026: 0.009, 2027: 0.008, 2029: 0.009). Check that it is meant.',
  ]);
});
