/** The path of a strategy: from today's levers (t = 0) to levers on the target's side (t = 1), mostly a corner. */
import { cornerValues, knobsOf, valueTowards, weighedByRoom, type Ends, type Side } from '../knobs.js';
import type { TuningProblem } from '../problem.js';
import { ROUTES } from './strategies/strategies.js';

/** Share of t kept at the end for knobs without effect, so that growth stays continuous if they have one after all. */
const REST = 0.01;

export interface Path {
  /** Values of all levers, in the problem's order, at `t` (0 to 1). Each row moves only towards its end. */
  readonly valuesAt: (t: number) => number[];
  /** The t at which every knob with an effect has reached the corner: 1, or a little less where others rest. */
  readonly effectEnd: number;
  /** Predicted growth change at `effectEnd`, pp in the target's direction; null where no effect was measured. */
  readonly predicted: number | null;
  /** Predicted further change from `effectEnd` to 1, pp in the target's direction; never above 0. */
  readonly rest: number;
}

/**
 * The path of the problem's strategy. t counts the predicted growth change, so that growth is nearly linear in t
 * for every strategy. With no effect measured in the target's direction, t counts room in ordinary steps instead.
 */
export const pathTo = (problem: TuningProblem, side: Side, direction: 1 | -1): Path =>
  pathAlong(problem, { values: cornerValues(problem, side), isSided: true }, direction);

/** As {@link pathTo}, to any levers inside the bounds: one value a row, in the problem's order. */
export const pathToValues = (problem: TuningProblem, values: readonly number[], direction: 1 | -1): Path =>
  pathAlong(problem, { values, isSided: false }, direction);

function pathAlong(problem: TuningProblem, ends: Ends, direction: 1 | -1): Path {
  const measured = knobsOf(problem, ends, direction);
  const known = measured.some((knob) => knob.effect > 0);
  const knobs = known ? measured : weighedByRoom(problem, ends, measured);
  const route = ROUTES[problem.strategy](knobs);
  const effectEnd = route.resting.size > 0 ? 1 - REST : 1;
  const knobOfRow = new Map(knobs.flatMap((knob, index) => knob.rows.map((row) => [row, index] as const)));
  const valuesAt = (t: number): number[] => {
    const shares = route.sharesAt(t >= effectEnd ? 1 : t / effectEnd);
    const rested = t >= 1 ? 1 : Math.max(0, (t - effectEnd) / REST);
    return problem.levers.map((lever, row) => {
      const knob = knobOfRow.get(row);
      if (knob === undefined) return lever.value;
      return valueTowards(lever, ends.values[row]!, route.resting.has(knob) ? rested : shares[knob]!);
    });
  };
  const rest = [...route.resting].reduce((total, index) => total + knobs[index]!.effect, 0);
  return { valuesAt, effectEnd, predicted: known ? route.effect : null, rest: known ? Math.min(0, rest) : 0 };
}
