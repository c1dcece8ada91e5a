/** The search of the box of bounds, begun where the ends of the path do not enclose the target. */
import { definitionOf } from '../../../levers/catalogue.terms.js';
import { isHeld, type TuningProblem } from '../../problem.js';
import { trialOf, type Trial, type TuningState } from '../state.js';
import { searchByEffects } from './by-effects.js';
import { nextCorner } from './corners.js';

export interface BoxSearch {
  /** Levers to simulate next, in the problem's order; null when both ends are searched, or the target is enclosed. */
  readonly next: number[] | null;
  /** Levers whose growth lies beyond the target, from today's. */
  readonly beyond: Trial | null;
  /** By row: growth per unit at today's levers, pp, where the search simulated it itself. */
  readonly sensitivities: readonly (number | null)[];
}

/**
 * The given effects are those of pay on the mean of all active people. Other growth, and levers that change who is
 * promoted, are asked by simulation.
 */
const areEffectsGiven = ({ box, levers }: TuningProblem): boolean =>
  box?.effects === 'measured' &&
  levers.every((lever) => isHeld(lever) || definitionOf(lever.parameter_name).effect !== 'promotion_chance');

/** Where the search stands; nothing where the problem does not ask for one, or a bound is missing. */
export function boxSearch(state: TuningState): BoxSearch {
  const { problem, trials } = state;
  const [baseline, low, high] = (['baseline', 'low', 'high'] as const).map((role) => trialOf(state, role));
  if (problem.box === undefined || !baseline || !low || !high)
    return { next: null, beyond: null, sensitivities: [] };
  const direction = problem.target >= baseline.growth ? 1 : -1;
  const effects = areEffectsGiven(problem) ? null : searchByEffects(state);
  const sensitivities = effects?.sensitivities ?? [];
  const beyond = trials.find(
    ({ role, growth }) => role === 'corner' && direction * (growth - problem.target) >= 0,
  );
  if (beyond !== undefined) return { next: null, beyond, sensitivities };
  const found = effects?.next ?? null;
  if (found !== null) return { next: found, beyond: null, sensitivities };
  // Only a verdict that nothing reaches the target needs the other end of the range.
  const seen = effects?.seen ?? [];
  const cornerTowards = (way: 1 | -1): number[] | null => nextCorner(state, way, seen);
  const next = cornerTowards(direction) ?? cornerTowards(direction === 1 ? -1 : 1);
  return { next, beyond: null, sensitivities };
}
