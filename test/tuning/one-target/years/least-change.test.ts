/** The smallest change with given effects: known answers, and laws on random problems. */
import fc from 'fast-check';
import { leastChange, type Turn } from '../../../../src/tuning/one-target/years/least-change.js';

const wanted = (...changes: number[]) => changes.map((change) => ({ change, weight: 1e7 }));
const turn = (effects: readonly number[], low = -1, high = 1): Turn => ({ effects, low, high });

test.each([
  { name: 'nothing is wanted', turns: [turn([1])], changes: [0], amounts: [0] },
  { name: 'one turn makes it all', turns: [turn([2])], changes: [1], amounts: [0.5] },
  { name: 'equal turns share it', turns: [turn([1]), turn([1])], changes: [1], amounts: [0.5, 0.5] },
  { name: 'the stronger turn takes more', turns: [turn([2]), turn([1])], changes: [1], amounts: [0.4, 0.2] },
  {
    name: 'what one may not make the other does',
    turns: [turn([2], -1, 0.1), turn([1])],
    changes: [1],
    amounts: [0.1, 0.8],
  },
  {
    name: 'it goes down as well',
    turns: [turn([2], -0.1, 1), turn([1])],
    changes: [-1],
    amounts: [-0.1, -0.8],
  },
  {
    name: 'a later year is held while the first one moves',
    turns: [turn([1, -1]), turn([0, 1])],
    changes: [0.5, 0],
    amounts: [0.5, 0.5],
  },
])('$name', ({ turns, changes, amounts }) => {
  const found = leastChange(turns, wanted(...changes));
  found.amounts.forEach((amount, index) => expect(amount).toBeCloseTo(amounts[index]!, 5));
  for (const missing of found.missing) expect(missing).toBeCloseTo(0, 5);
});

test('what cannot be made is missing, and the heavier year is kept', () => {
  const { amounts, missing } = leastChange(
    [turn([1, 1])],
    [
      { change: 0.25, weight: 1e7 },
      { change: 1, weight: 1e3 },
    ],
  );
  expect(amounts[0]).toBeCloseTo(0.25, 3);
  expect(missing[0]).toBeCloseTo(0, 3);
  expect(missing[1]).toBeCloseTo(0.75, 3);
});

const unit = fc.double({ min: -1, max: 1, noNaN: true });
const problems = fc
  .record({ years: fc.integer({ min: 1, max: 5 }), count: fc.integer({ min: 1, max: 12 }) })
  .chain(({ years, count }) =>
    fc.array(
      fc.record({
        effects: fc.array(fc.double({ min: -3, max: 3, noNaN: true }), {
          minLength: years,
          maxLength: years,
        }),
        low: fc.double({ min: -1, max: 0, noNaN: true }),
        high: fc.double({ min: 0, max: 1, noNaN: true }),
        at: unit,
      }),
      { minLength: count, maxLength: count },
    ),
  );

const square = (amounts: readonly number[]): number => amounts.reduce((sum, amount) => sum + amount ** 2, 0);

test('amounts stay within their limits; what can be made is made, by no larger change than any other way', () => {
  fc.assert(
    fc.property(problems, (turns) => {
      const known = turns.map(({ low, high, at }) => Math.min(high, Math.max(low, at)));
      const changes = turns[0]!.effects.map((_, year) =>
        turns.reduce((sum, { effects }, index) => sum + effects[year]! * known[index]!, 0),
      );
      const { amounts, missing } = leastChange(turns, wanted(...changes));
      amounts.forEach((amount, index) => {
        expect(amount).toBeGreaterThanOrEqual(turns[index]!.low);
        expect(amount).toBeLessThanOrEqual(turns[index]!.high);
      });
      for (const left of missing) expect(Math.abs(left)).toBeLessThan(1e-3);
      expect(square(amounts)).toBeLessThanOrEqual(square(known) + 1e-6);
    }),
    { numRuns: 200, seed: 5 },
  );
});
