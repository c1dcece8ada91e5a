/** When a target is met, and how far outside a figure is. */
import { TARGET_METRICS, type TargetGoal } from '../../../src/targets/targets.contract.js';
import { accepted, isMet, isPercent, violation } from '../../../src/tuning/several-targets/problem.js';
import { goal } from './response.js';

const amount = (change: Partial<TargetGoal>): TargetGoal =>
  goal({ metric: 'total_compensation_cost', value: 600_000_000, tolerance: 0, ...change });

test.each([
  { name: 'within ± of the tolerance', of: goal(), accepts: [1.9, 2.1, 0.1] },
  {
    name: 'a cap: above its value by the tolerance',
    of: goal({ kind: 'cap' }),
    accepts: [-Infinity, 2.1, 0.1],
  },
  { name: 'a floor: below it', of: goal({ kind: 'floor' }), accepts: [1.9, Infinity, 0.1] },
  {
    name: 'a share of the value',
    of: amount({ kind: 'target', tolerance: 0.01, tolerance_kind: 'relative' }),
    accepts: [594_000_000, 606_000_000, 6_000_000],
  },
  {
    name: 'a share of a negative value',
    of: goal({ value: -2, tolerance: 0.5, tolerance_kind: 'relative' }),
    accepts: [-3, -1, 1],
  },
  {
    name: 'without a tolerance, weighed in tenths of a pp',
    of: goal({ kind: 'floor', tolerance: 0 }),
    accepts: [2, Infinity, 0.1],
  },
  {
    name: 'without a tolerance, weighed in thousandths of an amount',
    of: amount({ kind: 'cap' }),
    accepts: [-Infinity, 600_000_000, 600_000],
  },
  {
    name: 'without a tolerance, weighed in people',
    of: amount({ metric: 'headcount', kind: 'cap', value: 5000 }),
    accepts: [-Infinity, 5000, 1],
  },
  { name: 'an amount of nothing', of: amount({ kind: 'cap', value: 0 }), accepts: [-Infinity, 0, 1e-6] },
])('$name', ({ of, accepts }) => {
  const { low, high, unit } = accepted(of);
  [low, high, unit].forEach((bound, index) => expect(bound).toBeCloseTo(accepts[index]!, 9));
});

test.each([
  { name: 'inside', of: goal(), figure: 2.1, out: 0 },
  { name: 'two tolerances above', of: goal(), figure: 2.3, out: 2 },
  { name: 'two tolerances below', of: goal(), figure: 1.7, out: 2 },
  { name: 'above a floor', of: goal({ kind: 'floor' }), figure: 99, out: 0 },
  { name: 'below a cap', of: goal({ kind: 'cap' }), figure: -99, out: 0 },
  { name: 'a rounding error outside', of: goal({ kind: 'cap', tolerance: 0 }), figure: 2 + 1e-9, out: 0 },
  { name: 'a cent above payroll', of: amount({ kind: 'cap' }), figure: 600_000_000.01, out: 0 },
  { name: 'a dollar above payroll', of: amount({ kind: 'cap' }), figure: 600_000_001, out: 1 / 600_000 },
])('$name: outside by $out', ({ of, figure, out }) => {
  expect(violation(of, figure)).toBeCloseTo(out, 9);
  expect(isMet(of, figure)).toBe(out === 0);
});

test('rates and increases are in percent, amounts and people are not', () => {
  expect(TARGET_METRICS.filter((metric) => !isPercent(metric))).toEqual(
    TARGET_METRICS.filter((metric) => /salary|cost|headcount/.test(metric)),
  );
});
