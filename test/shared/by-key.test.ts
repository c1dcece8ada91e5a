/** Joins by key: the place of a row in its list decides nothing. */
import fc from 'fast-check';
import { joinByKey, pairsByKey, yearOf } from '../../src/shared/by-key.terms.js';

const series = fc.uniqueArray(fc.record({ year: fc.integer({ min: 2020, max: 2060 }) }), {
  selector: yearOf,
});

test('every row stands under its own key, whatever the order and length of the series', () => {
  fc.assert(
    fc.property(fc.array(series, { maxLength: 4 }), (all) => {
      const joined = joinByKey(all, yearOf);
      for (const { key, rows } of joined)
        for (const [place, row] of rows.entries())
          expect(row).toBe(all[place]?.find(({ year }) => year === key));
      expect(joined.flatMap(({ rows }) => rows.filter((row) => row !== undefined))).toHaveLength(
        all.flat().length,
      );
    }),
  );
});

test('pairs are of the same key, and only those that both have', () => {
  fc.assert(
    fc.property(series, series, (first, second) => {
      const pairs = pairsByKey(first, second, yearOf);
      for (const pair of pairs) expect(pair.first.year).toBe(pair.second.year);
      expect(pairs).toHaveLength(first.filter((row) => second.some(({ year }) => year === row.year)).length);
    }),
  );
});
