/** The smallest change of levers with given effects: a bounded least-squares problem in as many unknowns as there are effects. */

/** Something that may be turned by an amount between two limits; effects are by year, in the order of `wanted`, per unit. */
export interface Turn {
  readonly effects: readonly number[];
  readonly low: number;
  readonly high: number;
}

export interface LeastChange {
  /** By turn. */
  readonly amounts: readonly number[];
  /** Wanted minus made, by year. */
  readonly missing: readonly number[];
}

/** What is wanted of one year, and what a missing unit costs against a unit of squared change. */
export interface Wanted {
  readonly change: number;
  readonly weight: number;
}

const ROUNDS = 200;
const EXACT = 1e-9;

const dot = (left: readonly number[], right: readonly number[]): number =>
  left.reduce((sum, value, index) => sum + value * right[index]!, 0);

/**
 * Least ½ Σ amount² + ½ Σ weight × missing². Every amount is its limit-clamped Σ effect × price, with one price a year, so
 * that Newton's method on the prices finds it (the dual is convex, with a piecewise linear gradient).
 */
export function leastChange(turns: readonly Turn[], wanted: readonly Wanted[]): LeastChange {
  const amountAt = ({ effects, low, high }: Turn, prices: readonly number[]): number =>
    Math.min(high, Math.max(low, dot(effects, prices)));
  const gradientAt = (prices: readonly number[]): number[] =>
    wanted.map(({ change, weight }, year) =>
      turns.reduce(
        (sum, turn) => sum + turn.effects[year]! * amountAt(turn, prices),
        prices[year]! / weight - change,
      ),
    );
  const valueAt = (prices: readonly number[]): number =>
    turns.reduce(
      (sum, turn) => {
        const amount = amountAt(turn, prices);
        return sum + amount * dot(turn.effects, prices) - amount ** 2 / 2;
      },
      wanted.reduce(
        (sum, { change, weight }, year) => sum + prices[year]! ** 2 / (2 * weight) - prices[year]! * change,
        0,
      ),
    );
  let prices: readonly number[] = wanted.map(() => 0);
  for (let round = 0; round < ROUNDS; round++) {
    const gradient = gradientAt(prices);
    if (gradient.every((entry) => Math.abs(entry) < EXACT)) break;
    const step = solveSymmetric(curvature(turns, wanted, prices), gradient);
    const slope = dot(step, gradient);
    const value = valueAt(prices);
    const moved = (share: number): number[] => prices.map((price, year) => price - share * step[year]!);
    let share = 1;
    while (share > 1e-12 && valueAt(moved(share)) > value - 1e-4 * share * slope) share /= 2;
    prices = moved(share);
  }
  const amounts = turns.map((turn) => amountAt(turn, prices));
  const missing = wanted.map(({ change }, year) =>
    turns.reduce((left, { effects }, index) => left - effects[year]! * amounts[index]!, change),
  );
  return { amounts, missing };
}

/** Second derivatives of the dual by price: only turns between their limits answer. */
function curvature(turns: readonly Turn[], wanted: readonly Wanted[], prices: readonly number[]): number[][] {
  const free = turns.filter(({ effects, low, high }) => {
    const amount = dot(effects, prices);
    return amount > low && amount < high;
  });
  return prices.map((_, row) =>
    prices.map((__, column) =>
      free.reduce(
        (sum, { effects }) => sum + effects[row]! * effects[column]!,
        row === column ? 1 / wanted[row]!.weight : 0,
      ),
    ),
  );
}

/** Gauss elimination without pivoting, which a symmetric positive definite matrix does not need. */
function solveSymmetric(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, index) => [...row, right[index]!]);
  rows.forEach((pivot, index) => {
    for (const row of rows.slice(index + 1)) {
      const factor = row[index]! / pivot[index]!;
      for (let column = index; column < row.length; column++) row[column]! -= factor * pivot[column]!;
    }
  });
  const found = right.map(() => 0);
  for (let index = rows.length - 1; index >= 0; index--) {
    const row = rows[index]!;
    const known = found.reduce(
      (sum, value, column) => (column > index ? sum + row[column]! * value : sum),
      0,
    );
    found[index] = (row.at(-1)! - known) / row[index]!;
  }
  return found;
}
