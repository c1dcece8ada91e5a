/** Averages over levels, as the warnings and cards speak of them. Pure. */
import type { ParameterName } from '../../../../src/levers/catalogue.terms.js';
import type { Levers } from '../../draft/use-levers.js';

export const JOB_LEVELS = [1, 2, 3, 4, 5] as const;

export interface Average {
  readonly current: number;
  readonly proposed: number;
}

/** Mean over all levels of the chosen years; undefined where there are no levers. */
export function averageOf(
  levers: Levers,
  name: ParameterName,
  years: readonly number[],
): Average | undefined {
  const cells = years.flatMap((year) => JOB_LEVELS.map((level) => ({ year, level })));
  const current = mean(cells.map(({ year, level }) => levers.row(year, level, name)?.parameter_value));
  const proposed = mean(cells.map(({ year, level }) => levers.value(year, level, name)));
  return current === undefined || proposed === undefined ? undefined : { current, proposed };
}

function mean(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** The value that all years share; null when they differ. */
export function sharedValue(values: readonly (number | undefined)[]): number | null | undefined {
  const [first, ...others] = values;
  return others.every((value) => value === first) ? first : null;
}
