/** The search so far: the range measured at the bounds, the path to the right corner and the bracket on it. */
import { boxSearch } from './box/search.js';
import { pathTo, pathToValues, type Path } from './path.js';
import type { TuningProblem } from '../problem.js';
import { bracketOf, firstGuess, nextGuess, type Bracket, type Point } from './root.js';
import { trialOf, type TuningState } from './state.js';

/** Lowest and highest growth measured at today's levers, both ends and in the box, percent; null before the bounds are in. */
export function attainableGrowth(state: TuningState): [number, number] | null {
  const growths = (['baseline', 'low', 'high'] as const).map((role) => trialOf(state, role)?.growth);
  const known = growths.filter((growth) => growth !== undefined);
  if (known.length < 3) return null;
  const corners = state.trials.flatMap(({ role, growth }) => (role === 'corner' ? [growth] : []));
  return [Math.min(...known, ...corners), Math.max(...known, ...corners)];
}

export interface Search {
  readonly path: Path;
  readonly bracket: Bracket;
  /** t = 0, t = 1, then the candidates in the order of measurement. */
  readonly points: readonly Point[];
}

/** The search on the path to the corner that lies beyond the target; null when no corner is known to. */
export function bracketedPath(state: TuningState): Search | null {
  const { target } = state.problem;
  const [baseline, low, high] = (['baseline', 'low', 'high'] as const).map(
    (role) => trialOf(state, role)?.growth,
  );
  if (baseline === undefined || low === undefined || high === undefined) return null;
  const direction = target >= baseline ? 1 : -1;
  const errorOf = (growth: number): number => direction * (growth - target);
  // By measured growth, not by name: levers that lower growth when raised are tuned towards the other corner.
  const side = errorOf(high) > errorOf(low) || (high === low && direction > 0) ? 'high' : 'low';
  const corner = errorOf(side === 'high' ? high : low);
  if (errorOf(baseline) >= 0) return null;
  // Where the ends of the path fall short, a corner of the box may still lie beyond the target.
  const box = corner < 0 ? boxSearch(state) : null;
  const beyond = box?.beyond ?? null;
  if (corner < 0 && beyond === null) return null;
  const points: Point[] = [
    { t: 0, error: errorOf(baseline) },
    { t: 1, error: beyond === null ? corner : errorOf(beyond.growth) },
    ...state.trials.flatMap(({ role, t, growth }) =>
      role === 'candidate' && t !== null ? [{ t, error: errorOf(growth) }] : [],
    ),
  ];
  const path =
    box === null || beyond === null
      ? pathTo(state.problem, side, direction)
      : pathToValues(withEffects(state.problem, box.sensitivities), beyond.values, direction);
  return { path, bracket: bracketOf(points), points };
}

/** The problem with the effects that the search measured in place of those that it was given. */
const withEffects = (problem: TuningProblem, measured: readonly (number | null)[]): TuningProblem => ({
  ...problem,
  levers: problem.levers.map((lever, row) => ({ ...lever, sensitivity: measured[row] ?? lever.sensitivity })),
});

/** The t that the root finder wants measured next. */
export function proposedShare({ path, points }: Search): number {
  if (points.length > 2) return nextGuess(points);
  const [start, corner] = [points[0]!, points[1]!];
  // Levers at rest change growth only after effectEnd: what they are predicted to take off there is added back.
  const end = { t: path.effectEnd, error: corner.error - path.rest };
  return firstGuess(start, end, path.predicted === null ? null : path.predicted / path.effectEnd);
}

/**
 * The next candidate: the proposal, or the middle of the bracket when the proposal rounds to levers already
 * measured; null when both do, so that the bracket is narrower than the levers' six decimals.
 */
export function nextCandidate(state: TuningState, search: Search): { t: number; values: number[] } | null {
  const { short, beyond } = search.bracket;
  const measured = new Set(state.trials.map((trial) => JSON.stringify(trial.values)));
  return (
    [proposedShare(search), (short.t + beyond.t) / 2]
      .filter((t) => t > short.t && t < beyond.t)
      .map((t) => ({ t, values: search.path.valuesAt(t) }))
      .find(({ values }) => !measured.has(JSON.stringify(values))) ?? null
  );
}
