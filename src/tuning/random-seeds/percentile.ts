/** Percentiles of a few figures. */
import type { Percentiles } from '../../runs/uncertainty.contract.js';

/**
 * The value below which a share of the figures lies, by linear interpolation between the two nearest: with the figures
 * sorted as x₀ … xₙ₋₁, the value at place share·(n − 1). Definition 7 of Hyndman and Fan, "Sample Quantiles in
 * Statistical Packages", The American Statistician 50 (1996), 361–365; what R, NumPy and DuckDB's quantile_cont do.
 * @param share 0 to 1
 * @throws RangeError without figures
 */
export function percentile(figures: readonly number[], share: number): number {
  const sorted = figures.toSorted((left, right) => left - right);
  const place = share * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  if (below === undefined || above === undefined)
    throw new RangeError(`no figure at ${share} of ${figures.length}`);
  return Math.min(above, below + (above - below) * (place - Math.floor(place)));
}

export const percentilesOf = (figures: readonly number[]): Percentiles => ({
  p10: percentile(figures, 0.1),
  p50: percentile(figures, 0.5),
  p90: percentile(figures, 0.9),
});
