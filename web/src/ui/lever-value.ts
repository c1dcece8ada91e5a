/** A lever's value as people read and write it: rates and multipliers both in percent. */

/** What a field shows and takes, percent: 0.035 is 3.5, the multiplier 1.16 is 116. */
export const leverPercent = (value: number): number => Number((value * 100).toFixed(4));

/** What the API takes: a decimal of at most six places. */
export const leverDecimal = (percent: number): number => Number((percent / 100).toFixed(6));

/** `3.5 %`; as many digits as the value has, up to four. */
export const leverText = (value: number | null | undefined): string =>
  value == null ? '–' : `${leverPercent(value)}\u202f%`;

/** Change of a lever, pp: `+0.5 pp`. */
export function leverChangeText(before: number, after: number): string {
  const change = Number(((after - before) * 100).toFixed(4));
  return change === 0 ? '0\u202fpp' : `${change > 0 ? '+' : '\u2212'}${Math.abs(change)}\u202fpp`;
}
