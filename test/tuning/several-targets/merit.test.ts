/** The order of trials: high priority first, then the smaller change, then the earlier one. */
import {
  bestIndex,
  change,
  compareViolations,
  violations,
} from '../../../src/tuning/several-targets/merit.js';
import type { TargetTrial } from '../../../src/tuning/several-targets/state.js';
import { sampleLevers } from '../sample-company.js';
import { goal, manyProblem } from './response.js';

const LEVERS = sampleLevers(['merit_base', 'new_hire_salary_adjustment']).slice(0, 2);
const PROBLEM = manyProblem(
  [
    goal({ value: 3, tolerance: 0.1, priority: 'low' }),
    goal({ value: 3, tolerance: 0.5, priority: 'high' }),
    goal({ value: 3, tolerance: 0.1, priority: 'high', kind: 'floor' }),
  ],
  { levers: LEVERS },
);
const TODAY = LEVERS.map(({ value }) => value);

/** Moved by `steps` of the first lever; null figures as of a bound. */
const trial = (figures: readonly number[] | null, steps = 0): TargetTrial => ({
  role: figures === null ? 'low' : 'candidate',
  values: TODAY.map((value, row) => value + (row === 0 ? steps * LEVERS[row]!.step : 0)),
  growth: 3,
  figures,
  simulation_id: '',
  growth_by_year: {},
  seconds: 0,
});

const bestOf = (...trials: TargetTrial[]): number => bestIndex({ problem: PROBLEM, trials });

test('violations are summed by priority, high to low, in units of each tolerance', () => {
  const sums = violations(PROBLEM, [3.3, 4, 2.7]);
  expect(sums).toHaveLength(3);
  // (4 − 3.5) / .5 and (2.9 − 2.7) / .1; nothing of medium priority; (3.3 − 3.1) / .1.
  [3, 0, 2].forEach((sum, index) => expect(sums[index]).toBeCloseTo(sum, 9));
});

test('the change is the sum of squared steps', () => {
  const [first, second] = LEVERS;
  const values = [TODAY[0]! + 2 * first!.step, TODAY[1]! - 3 * second!.step];
  expect(change(PROBLEM, values)).toBeCloseTo(13, 9);
  expect(change(PROBLEM, TODAY)).toBe(0);
});

test.each([
  { left: [1, 9, 9], right: [2, 0, 0], sign: -1 },
  { left: [1, 2, 0], right: [1, 1, 9], sign: 1 },
  { left: [1, 2, 3], right: [1, 2, 4], sign: -1 },
  { left: [1, 2, 3], right: [1, 2, 3], sign: 0 },
  { left: [1, 2, 3], right: [1 + 1e-10, 2, 3], sign: 0 },
])('$left against $right: $sign', ({ left, right, sign }) => {
  expect(Math.sign(compareViolations(left, right))).toBe(sign);
  expect(Math.sign(compareViolations(right, left))).toBe(sign === 0 ? 0 : -sign);
});

test('high priority decides, whatever the low one loses', () => {
  expect(bestOf(trial([3, 3, 2.8]), trial([9, 3, 2.9]))).toBe(1);
  expect(bestOf(trial([3.2, 3, 3]), trial([3, 3, 3]), trial([3.3, 3, 3]))).toBe(1);
});

test('of equal violations the smaller change, of equal changes the earlier; bounds have no figures', () => {
  expect(bestOf(trial([3, 3, 3], 5), trial(null), trial([3, 3, 3], 1), trial([3, 3, 3], -2))).toBe(2);
  expect(bestOf(trial([4, 4, 4], 1), trial([3, 3, 3], 2), trial([3, 3, 3], 2))).toBe(1);
});
