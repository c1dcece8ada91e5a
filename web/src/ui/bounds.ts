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
