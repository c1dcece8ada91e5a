/** Averages of levers over job levels: weighted by the payroll of each level where that is known. Pure. */

/** Payroll by job level, USD; undefined: not known, each level counts once. */
export type LevelWeights = ReadonlyMap<number, number> | undefined;

/** To six decimals, as levers are held; undefined without a value. */
export function weightedMean(
  values: readonly { readonly level: number; readonly value: number | undefined }[],
  weights: LevelWeights,
): number | undefined {
  let [sum, total] = [0, 0];
  for (const { level, value } of values) {
    if (value === undefined) continue;
    const weight = weights === undefined ? 1 : (weights.get(level) ?? 0);
    sum += weight * value;
    total += weight;
  }
  return total === 0 ? undefined : Number((sum / total).toFixed(6));
}

/** Payroll by level, from the rows of a simulation's first year; undefined where a level's payroll is not told. */
export function weightsOf(
  rows: readonly { readonly year: number; readonly level: number | null; readonly payroll: number | null }[],
): LevelWeights {
  const first = Math.min(...rows.map(({ year }) => year));
  const weights = new Map<number, number>();
  for (const { year, level, payroll } of rows) {
    if (year !== first || level === null) continue;
    if (payroll === null) return undefined;
    weights.set(level, payroll);
  }
  return weights.size === 0 ? undefined : weights;
}
