/** Averages over levels, as the warnings and cards speak of them. Pure. */
import type { ParameterName } from '../../../../src/levers/catalogue.terms.js';
import { weightedMean, type LevelWeights } from '../../draft/weighted.js';
import type { Levers } from '../../draft/use-levers.js';

export interface Average {
  readonly current: number;
  readonly proposed: number;
}

/** Mean over all levels, weighted by payroll, of the chosen years; undefined where there are no levers. */
export function averageOf(
  levers: Levers,
  name: ParameterName,
  years: readonly number[],
  weights: LevelWeights,
): Average | undefined {
  const cells = years.flatMap((year) => levers.levels.map((level) => ({ year, level })));
  const current = weightedMean(
    cells.map(({ year, level }) => ({ level, value: levers.row(year, level, name)?.parameter_value })),
    weights,
  );
  const proposed = weightedMean(
    cells.map(({ year, level }) => ({ level, value: levers.value(year, level, name) })),
    weights,
  );
  return current === undefined || proposed === undefined ? undefined : { current, proposed };
}

/** The value that all years share; null when they differ. */
export function sharedValue(values: readonly (number | undefined)[]): number | null | undefined {
  const [first, ...others] = values;
  return others.every((value) => value === first) ? first : null;
}
