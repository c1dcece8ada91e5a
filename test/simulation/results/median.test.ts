/** The median of selection is that of sorting. */
import fc from 'fast-check';
import { medianOf } from '../../../src/simulation/results/median.js';

const bySorting = (values: readonly number[]): number => {
  const sorted = values.toSorted((left, right) => left - right);
  const [lower, upper] = [sorted[(sorted.length - 1) >> 1] ?? 0, sorted[sorted.length >> 1] ?? 0];
  return lower + (upper - lower) / 2;
};

test('any numbers', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 60 }), (values) => {
      expect(medianOf(Float64Array.from(values))).toBe(bySorting(values));
    }),
  );
});

test('of nothing there is none', () => expect(medianOf(new Float64Array())).toBeNaN());
