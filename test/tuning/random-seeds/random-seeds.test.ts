/** Seeds that tune and seeds that judge: the same for the same request, and none in both. */
import fc from 'fast-check';
import { evaluationSeeds, tuningSeeds } from '../../../src/tuning/random-seeds/random-seeds.js';

const SEED = fc.integer({ min: 0, max: 2 ** 31 - 1 });
const COUNT = fc.integer({ min: 1, max: 64 });

test.each([
  [42, 3, [42, 43, 44], [1042, 1061]],
  [2 ** 31 - 1, 2, [2 ** 31 - 1, 0], [999, 1018]],
  [0, 1, [0], [1000, 1019]],
])('the seeds of %i and %i', (seed, count, tuning, [first, last]) => {
  expect(tuningSeeds(seed, count)).toEqual(tuning);
  const judging = evaluationSeeds(seed);
  expect([judging.length, judging[0], judging.at(-1)]).toEqual([20, first, last]);
});

test('every seed is one that a request may name, and none stands twice or in both', () => {
  fc.assert(
    fc.property(SEED, COUNT, (seed, count) => {
      const seeds = [...tuningSeeds(seed, count), ...evaluationSeeds(seed)];
      expect(new Set(seeds).size).toBe(count + 20);
      expect(seeds.every((each) => Number.isInteger(each) && each >= 0 && each < 2 ** 31)).toBe(true);
    }),
  );
});

test('more tuning seeds are the same ones and some more', () => {
  fc.assert(
    fc.property(SEED, COUNT, COUNT, (seed, few, more) => {
      expect(tuningSeeds(seed, few + more).slice(0, few)).toEqual(tuningSeeds(seed, few));
    }),
  );
});
