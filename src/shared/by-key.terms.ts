/** Rows of several series brought together by what they are about, such as a year, never by their place in the list. */

/**
 * For each key that any series has, in rising order, the row of each series; undefined where a series has none.
 */
export function joinByKey<Row>(
  series: readonly (readonly Row[])[],
  keyOf: (row: Row) => number,
): { readonly key: number; readonly rows: readonly (Row | undefined)[] }[] {
  const maps = series.map((rows) => new Map(rows.map((row) => [keyOf(row), row])));
  const keys = [...new Set(maps.flatMap((rows) => [...rows.keys()]))];
  return keys
    .toSorted((left, right) => left - right)
    .map((key) => ({ key, rows: maps.map((rows) => rows.get(key)) }));
}

/** The key of most series. */
export const yearOf = ({ year }: { readonly year: number }): number => year;

/** Rows of two series that are about the same; what only one of them has is left out. */
export const pairsByKey = <First, Second>(
  first: readonly First[],
  second: readonly Second[],
  keyOf: (row: First | Second) => number,
): { readonly first: First; readonly second: Second }[] => {
  const others = new Map(second.map((row) => [keyOf(row), row]));
  return first.flatMap((row) => {
    const other = others.get(keyOf(row));
    return other === undefined ? [] : [{ first: row, second: other }];
  });
};
