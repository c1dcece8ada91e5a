/** The metric median_merit_increase: merits are decided by level, so their median is that of a few weighted values. */

export interface MedianMerit {
  /** Percent. */
  readonly value: number;
  /** By level: its share of the middle raise, or of the two middle ones; they sum to 1. */
  readonly weights: readonly number[];
}

/**
 * Median merit of a year's raises; null where there were none.
 * @param merits by job level, decimal rates
 * @param raises by job level: how many raises that merit decided
 */
export function medianMerit(merits: readonly number[], raises: readonly number[]): MedianMerit | null {
  const total = raises.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  const order = merits.map((_, index) => index).toSorted((left, right) => merits[left]! - merits[right]!);
  const levelAt = (place: number): number => {
    let left = place;
    return order.find((index) => (left -= raises[index]!) < 0) ?? order.at(-1)!;
  };
  const middle = [levelAt(Math.floor((total - 1) / 2)), levelAt(Math.floor(total / 2))];
  return {
    // A lever has six decimals: .07 as percent is 7, not 7.000000000000001.
    value: Number(middle.reduce((sum, index) => sum + merits[index]! * 50, 0).toFixed(6)),
    weights: merits.map((_, index) => middle.filter((level) => level === index).length / 2),
  };
}
