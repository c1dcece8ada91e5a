/** Percentiles of type 7: known values, and the laws that any percentile keeps. */
import fc from 'fast-check';
import { percentile, percentilesOf } from '../../../src/tuning/random-seeds/percentile.js';

const FIGURES = fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 40 });
const SHARE = fc.double({ min: 0, max: 1, noNaN: true });

// R: quantile(x, p, type = 7).
test.each([
  [[1, 2, 3, 4], 0.1, 1.3],
  [[4, 1, 3, 2], 0.5, 2.5],
  [[1, 2, 3, 4], 0.9, 3.7],
  [[10, 20, 40], 0.25, 15],
  [[7], 0.9, 7],
  [Array.from({ length: 20 }, (_, index) => index + 1), 0.1, 2.9],
  [Array.from({ length: 20 }, (_, index) => index + 1), 0.9, 18.1],
])('of %j the percentile %f is %f', (figures, share, value) => {
  expect(percentile(figures, share)).toBeCloseTo(value, 12);
});

test('it lies between the smallest and the largest, which are those of 0 and 1', () => {
  fc.assert(
    fc.property(FIGURES, SHARE, (figures, share) => {
      const [low, high] = [Math.min(...figures), Math.max(...figures)];
      const value = percentile(figures, share);
      expect(value >= low && value <= high).toBe(true);
      expect([percentile(figures, 0) + 0, percentile(figures, 1) + 0]).toEqual([low + 0, high + 0]);
    }),
  );
});

test('it rises with the share', () => {
  fc.assert(
    fc.property(FIGURES, SHARE, SHARE, (figures, one, other) => {
      const [less, more] = one < other ? [one, other] : [other, one];
      expect(percentile(figures, less)).toBeLessThanOrEqual(percentile(figures, more));
    }),
  );
});

test('neither the order of the figures nor their being mirrored matters', () => {
  fc.assert(
    fc.property(FIGURES, SHARE, (figures, share) => {
      expect(percentile(figures.toReversed(), share)).toBe(percentile(figures, share));
      const mirrored = percentile(
        figures.map((figure) => -figure),
        1 - share,
      );
      expect(Math.abs(percentile(figures, share) + mirrored)).toBeLessThan(1e-3);
    }),
  );
});

test('equal figures give themselves, and none are refused', () => {
  expect(percentilesOf([0.1, 0.1, 0.1])).toEqual({ p10: 0.1, p50: 0.1, p90: 0.1 });
  expect(() => percentilesOf([])).toThrow(RangeError);
});
