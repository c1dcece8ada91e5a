/** What a strategy is: how far each knob is turned once a given part of the predicted growth change is made. */
import type { Knob } from '../../knobs.js';

export interface Route {
  /** Growth change in the target's direction that the whole route predicts, pp. */
  readonly effect: number;
  /** Knobs (by index) that help nothing: they stay put until all others are at the corner. */
  readonly resting: ReadonlySet<number>;
  /** Share (0 to 1) of its room that each knob has made at `part` (0 to 1) of `effect`; never falls with `part`. */
  readonly sharesAt: (part: number) => number[];
}

/** Makes the route of one strategy; at least one knob has an effect above 0. */
export type RouteOf = (knobs: readonly Knob[]) => Route;

export const totalEffect = (knobs: readonly Knob[]): number =>
  knobs.reduce((total, knob) => total + knob.effect, 0);
