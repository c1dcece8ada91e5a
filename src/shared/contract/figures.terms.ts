/** Growth, gaps and ranges in words: the one way in which page, command line, report and live pages write them. */

/** A value already in percent: `3.84 %`. */
export const percentText = (value: number, digits = 2): string => `${fixed(value, digits)} %`;

/** A difference of two percentages, with its sign unless it rounds to zero: `-1.84 pp`. */
export function pointsText(value: number, digits = 2): string {
  const text = fixed(value, digits);
  return `${Number(text) > 0 ? '+' : ''}${text} pp`;
}

/** How far apart two percentages are, whichever is larger: `1.84 pp`. */
export const distanceInPoints = (value: number, digits = 2): string => `${fixed(Math.abs(value), digits)} pp`;

/** From the lowest to the highest growth: `-0.41 % to 11.65 %`. */
export const rangeText = ([low, high]: readonly [number, number], digits = 2): string =>
  `${percentText(low, digits)} to ${percentText(high, digits)}`;

/** Target minus growth, pp: above zero growth is too low, below zero it is too high. */
export const growthGap = (target: number, growth: number): number => target - growth;

/** Where growth stands, as a gap says it: `1.20 pp below the target`. */
export const besideTarget = (gap: number, digits = 2): string =>
  `${distanceInPoints(gap, digits)} ${gap > 0 ? 'below' : 'above'} the target`;

/** Digits enough to see a gap inside a tolerance in pp: 2 for 0.1, 4 for 0.001. */
export const digitsFor = (tolerance: number): number =>
  Math.min(6, Math.max(2, Math.ceil(-Math.log10(tolerance)) + 1));

/** Never `-0.00`: what rounds to zero has no sign. */
function fixed(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace('-', '') : text;
}
