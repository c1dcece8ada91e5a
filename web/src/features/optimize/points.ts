/** The points of a run, live or ended, as the chart and the table show them. Pure. */
import type { RunDetails } from '../../api/types.js';

export interface Point {
  /** 0 is the baseline. */
  readonly iteration: number;
  readonly label: string;
  /** Percent. */
  readonly growth: number;
  /** target − growth, pp. */
  readonly gap: number;
  /** Growth nearest to the target so far, percent. */
  readonly best: number;
  readonly simulationId: string | null;
  readonly seconds: number | null;
}

export interface RunPoints {
  readonly points: readonly Point[];
  /** Lowest and highest growth found at the bounds of the levers and inside of them, percent; null until both are simulated. */
  readonly reachable: readonly [number, number] | null;
}

type Plain = Omit<Point, 'best'>;

export function pointsOf({ progress, result }: RunDetails): RunPoints {
  if (result != null) {
    const first: Plain = {
      iteration: 0,
      label: 'baseline',
      growth: result.initial_growth,
      gap: result.initial_gap,
      simulationId: null,
      seconds: null,
    };
    const others = result.iterations.map(({ iteration, growth, gap, simulation_id, seconds }): Plain => ({
      iteration,
      label: `iteration ${iteration}`,
      growth,
      gap,
      simulationId: simulation_id,
      seconds,
    }));
    const kept = [first, ...others].some(({ growth }) => growth === result.final_growth);
    const bound: Plain = {
      iteration: others.length + 1,
      label: 'bound',
      growth: result.final_growth,
      gap: result.final_gap,
      simulationId: result.simulation_id,
      seconds: null,
    };
    // Out of reach, what is nearest is a bound, which counts as no iteration.
    const points = withBest([first, ...others, ...(kept ? [] : [bound])]);
    return { points, reachable: result.attainable_growth };
  }
  const history = progress?.history ?? [];
  const bounds = history.filter(({ label }) => label.includes('bound')).map(({ growth }) => growth);
  const trials = history.filter(({ label }) => !label.includes('bound'));
  const points = trials.map(({ label, growth, gap }, index): Plain => ({
    iteration: index,
    label,
    growth,
    gap,
    simulationId: null,
    seconds: null,
  }));
  return {
    points: withBest(points),
    reachable: bounds.length >= 2 ? [Math.min(...bounds), Math.max(...bounds)] : null,
  };
}

function withBest(points: readonly Plain[]): Point[] {
  let best: Plain | undefined;
  return points.map((point) => {
    if (best === undefined || Math.abs(point.gap) < Math.abs(best.gap)) best = point;
    return { ...point, best: best.growth };
  });
}
