/** What the measured model predicts: sums of effects, and medians of merits as they will be. */
import { byKnob, manyKnobs } from '../../../src/tuning/several-targets/knobs.js';
import { meritsOf, predict, turnsBetween } from '../../../src/tuning/several-targets/predict.js';
import { startMany } from '../../../src/tuning/several-targets/record.js';
import type { TunableLever } from '../../../src/tuning/problem.js';
import { sampleLevers } from '../sample-company.js';
import { goal, manyProblem } from './response.js';

const RAISES = [360, 290, 190, 110, 50];
const MEDIAN = goal({ fiscal_year: 2026, metric: 'median_merit_increase' });
const GROWTH = goal({ fiscal_year: 2027 });

/** The median answers to every row by 10, growth to every row by 50. */
function stateOf(levers: readonly TunableLever[], raises: readonly number[] | null = RAISES) {
  return startMany(manyProblem([MEDIAN, GROWTH], { levers }), {
    growth: 3,
    figures: {
      values: [3, 4],
      effects: [levers.map(() => 10), levers.map(() => 50)],
      raises: [raises, null],
      payroll: levers.map(() => 1e8),
    },
  });
}

/** Predicted figures with one row raised by .02. */
function raised(state: ReturnType<typeof stateOf>, year: number, level: number, parameter = 'merit_base') {
  const values = state.problem.levers.map(({ value, ...row }) =>
    row.fiscal_year === year && row.job_level === level && row.parameter_name === parameter
      ? value + 0.02
      : value,
  );
  return predict(state, values, state.model.effects);
}

test('a median is that of the merits of its year, whatever else moves', () => {
  const state = stateOf(sampleLevers(['merit_base', 'new_hire_salary_adjustment']));
  // Level 2 from 3 to 5 %: the middle raise is then of level 1, at 4 %.
  expect(raised(state, 2026, 2)[0]).toBe(4);
  expect(raised(state, 2026, 5)[0]).toBe(3);
  expect(raised(state, 2027, 2)[0]).toBe(3);
  expect(raised(state, 2026, 2, 'new_hire_salary_adjustment')[0]).toBe(3);
});

test('other figures change by the sum of their effects', () => {
  const state = stateOf(sampleLevers(['merit_base']));
  expect(raised(state, 2026, 2)[1]).toBeCloseTo(5, 9);
});

test.each([
  { name: 'a level’s merit is not tuned', levels: 4, raises: RAISES },
  { name: 'its raises are not known', levels: 5, raises: null },
])('a median is a sum of effects too where $name', ({ levels, raises }) => {
  const levers = sampleLevers(['merit_base']).filter(({ job_level }) => job_level <= levels);
  expect(raised(stateOf(levers, raises), 2026, 2)[0]).toBeCloseTo(3.2, 9);
});

test('the merits of a year, by level; none where a level has no row', () => {
  const levers = sampleLevers(['merit_base', 'cola_rate']);
  const values = levers.map((_, row) => row / 1000);
  const state = stateOf(levers);
  const rows = state.problem.levers.flatMap(({ parameter_name, fiscal_year }, row) =>
    parameter_name === 'merit_base' && fiscal_year === 2026 ? [row / 1000] : [],
  );
  expect(meritsOf(state, MEDIAN, values, 5)).toEqual(rows);
  expect(meritsOf(state, MEDIAN, values, 6)).toBeNull();
  expect(meritsOf(stateOf(levers.slice(0, 12)), MEDIAN, values, 5)).toBeNull();
});

test('rows of cost of living turn as one, by the mean of their steps, with the sum of their effects', () => {
  const levers = sampleLevers(['cola_rate']).slice(0, 5);
  const state = stateOf(levers);
  const turned = (steps: number): number[] => levers.map(({ value, step }) => value + steps * step);
  const [turn, ...others] = turnsBetween(state, turned(2), turned(5));
  expect(turn).toBeCloseTo(3, 9);
  expect(others).toEqual([]);
  const effects = levers.map(() => 50);
  expect(byKnob(levers, manyKnobs(levers), effects)[0]).toBeCloseTo(5 * 50 * 0.01, 9);
});
