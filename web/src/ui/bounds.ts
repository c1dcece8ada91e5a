/** Numbers as they are typed, against their bounds. Pure. */

/** What is wrong with a number as it was typed; undefined where nothing is, or nothing was typed. */
export function boundsProblem(
  typed: number | string,
  [low, high]: readonly [number, number],
): string | undefined {
  if (typed === '') return undefined;
  const number = Number(typed);
  return Number.isFinite(number) && number >= low && number <= high ? undefined : `from ${low} to ${high}`;
}

/** A number as it was typed: undefined for none, NaN for what is no number yet. */
export const typedNumber = (typed: number | string): number | undefined =>
  typed === '' ? undefined : Number(typed);

/** For a field of a row that holds what was typed, right or wrong: it stays there, marked, until it is mended. */
export const asTyped = (value: number | undefined, range: readonly [number, number]) => ({
  clampBehavior: 'none' as const,
  value: value === undefined || Number.isNaN(value) ? '' : value,
  error: value !== undefined && boundsProblem(value, range) !== undefined,
});
