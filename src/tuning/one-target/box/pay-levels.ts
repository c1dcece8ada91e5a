/** Growth as levels of pay: their logarithms answer to levers almost linearly, whatever the population and metric. */
import type { TargetMode } from '../../../runs/request.contract.js';

/** Logarithm of each plan year's level of pay over that before the first year, in order of time. */
export type PayLevels = readonly number[];

/**
 * Null where a year's growth is unknown, or nothing is left to grow from.
 * @param growthByYear percent, by year
 */
export function payLevels(
  growthByYear: Readonly<Record<string, number>>,
  years: readonly number[],
): PayLevels | null {
  let level = 0;
  const levels = years.map((year) => (level += Math.log1p((growthByYear[String(year)] ?? Number.NaN) / 100)));
  return levels.length > 0 && levels.every(Number.isFinite) ? levels : null;
}

/** The growth that a mode asks about, percent. */
export function growthOf(levels: PayLevels, mode: TargetMode): number {
  const growths = levels.map((level, year) => 100 * Math.expm1(level - (levels[year - 1] ?? 0)));
  if (mode === 'final-year') return growths.at(-1)!;
  return growths.reduce((sum, growth) => sum + growth, 0) / growths.length;
}

/** d growth / d amount, percent, where a unit of the amount changes the levels by `effects`. */
export function slopeOf(levels: PayLevels, effects: readonly number[], mode: TargetMode): number {
  const slopes = levels.map((level, year) => {
    const [before, effectBefore] = [levels[year - 1] ?? 0, effects[year - 1] ?? 0];
    return 100 * Math.exp(level - before) * (effects[year]! - effectBefore);
  });
  if (mode === 'final-year') return slopes.at(-1)!;
  return slopes.reduce((sum, slope) => sum + slope, 0) / slopes.length;
}
