/** The trials of runs as points of a picture: mean of each tuned lever, and the growth that it gave. Pure. */
import { PARAMETERS, PARAMETER_NAMES, type ParameterName } from '../../../../src/levers/catalogue.terms.js';
import type { OptimizationResult } from '../../api/types.js';

export interface Trial {
  /** `baseline`, or the number of the iteration. */
  readonly name: string;
  /** Percent a year. */
  readonly growth: number;
  /** pp. */
  readonly gap: number;
  /** The levers that the run keeps. */
  readonly kept: boolean;
  /** Mean over years and levels, percent, of each tuned parameter. */
  readonly means: ReadonlyMap<ParameterName, number>;
}

type Valued = Pick<OptimizationResult['levers'][number], 'parameter_name'>;

function meansOf<Row extends Valued>(
  rows: readonly Row[],
  valueOf: (row: Row) => number,
): ReadonlyMap<ParameterName, number> {
  const means = new Map<ParameterName, number>();
  for (const name of PARAMETER_NAMES) {
    const values = rows.filter(({ parameter_name }) => parameter_name === name).map(valueOf);
    if (values.length > 0)
      means.set(name, (100 * values.reduce((sum, value) => sum + value, 0)) / values.length);
  }
  return means;
}

/** The baseline first, then each iteration. */
export function trialsOf({
  initial_growth,
  initial_gap,
  final_growth,
  final_gap,
  iterations,
  levers,
  simulation_id,
}: OptimizationResult): Trial[] {
  const baseline: Trial = {
    name: 'baseline',
    growth: initial_growth,
    gap: initial_gap,
    kept: iterations.every((iteration) => iteration.simulation_id !== simulation_id),
    means: meansOf(levers, ({ before }) => before),
  };
  const bound: Trial = {
    name: 'bound',
    growth: final_growth,
    gap: final_gap,
    kept: true,
    means: meansOf(levers, ({ after }) => after),
  };
  const isBound = baseline.kept && levers.some(({ before, after }) => before !== after);
  return [
    isBound ? { ...baseline, kept: false } : baseline,
    ...iterations.map((iteration) => ({
      name: String(iteration.iteration),
      growth: iteration.growth,
      gap: iteration.gap,
      kept: iteration.simulation_id === simulation_id,
      means: meansOf(iteration.levers, ({ value }) => value),
    })),
    ...(isBound ? [bound] : []),
  ];
}

/** Parameters that differ between trials: the others would be axes on which nothing happens. */
export function movedParameters(trials: readonly Trial[]): ParameterName[] {
  return PARAMETER_NAMES.filter(
    (name) => new Set(trials.map(({ means }) => means.get(name)?.toFixed(6))).size > 1,
  );
}

/** How far a run moved its levers: rows, and the root of the mean square change in ordinary steps. */
export function effortOf({ levers }: Pick<OptimizationResult, 'levers'>): { rows: number; steps: number } {
  const changes = levers.map(
    ({ parameter_name, before, after }) => (after - before) / PARAMETERS[parameter_name].step,
  );
  const moved = changes.filter((change) => change !== 0).length;
  const square = changes.reduce((sum, change) => sum + change ** 2, 0) / Math.max(1, changes.length);
  return { rows: moved, steps: Math.sqrt(square) };
}
