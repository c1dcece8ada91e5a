/** The root finder against functions whose roots are known. */
import fc from 'fast-check';
import { bracketOf, firstGuess, nextGuess, type Point } from '../../../src/tuning/one-target/root.js';

const start = { t: 0, error: -1 };

test.each([
  { name: 'the chord without a slope', slope: null, expected: 1 / 4 },
  { name: 'the chord when the slope is far from it', slope: 6, expected: 1 / 4 },
  { name: 'the quadratic when the slope fits', slope: 4.1, expected: 0.245_371 },
  { name: 'the chord when the slope equals it', slope: 4, expected: 1 / 4 },
])('first guess: $name', ({ slope, expected }) => {
  expect(firstGuess(start, { t: 1, error: 3 }, slope)).toBeCloseTo(expected, 5);
});

test('the first guess is exact for a quadratic response', () => {
  const error = (t: number): number => -1 + 3.9 * t + 0.1 * t ** 2;
  expect(error(firstGuess(start, { t: 1, error: error(1) }, 3.9))).toBeCloseTo(0, 12);
});

function solve(error: (t: number) => number, tolerance: number): Point[] {
  const points = [0, 1].map((t) => ({ t, error: error(t) }));
  let t = firstGuess(points[0]!, points[1]!, null);
  for (let count = 1; count <= 60; count++) {
    points.push({ t, error: error(t) });
    if (Math.abs(error(t)) <= tolerance) break;
    t = nextGuess(points);
  }
  return points;
}

test.each([
  { name: 'strongly saturating', error: (t: number) => 10 * (1 - Math.exp(-10 * t)) - 5, most: 7 },
  { name: 'nearly flat, then steep', error: (t: number) => 10 * t ** 6 - 5, most: 7 },
  { name: 'kinked', error: (t: number) => (t < 0.7 ? 5 * t - 4 : 15 * t - 11), most: 6 },
])('a $name response takes at most $most points', ({ error, most }) => {
  const points = solve(error, 0.001);
  expect(Math.abs(points.at(-1)!.error)).toBeLessThanOrEqual(0.001);
  expect(points.length - 2).toBeLessThanOrEqual(most);
});

test('a guess lies strictly inside the bracket, whatever was measured', () => {
  const error = fc.double({ min: -10, max: 10, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(error, { minLength: 1, maxLength: 12 }),
      fc.double({ min: 0.01, max: 0.99, noNaN: true }),
      (errors, first) => {
        const points: Point[] = [start, { t: 1, error: 1 }];
        let t = first;
        for (const value of errors) {
          points.push({ t, error: value });
          const { short, beyond } = bracketOf(points);
          expect(short.error).toBeLessThan(0);
          expect(beyond.error).toBeGreaterThanOrEqual(0);
          t = nextGuess(points);
          expect(t).toBeGreaterThanOrEqual(short.t);
          expect(t).toBeLessThanOrEqual(beyond.t);
        }
      },
    ),
  );
});
