/** The memory of the tuner of several targets: plain JSON, from which all else follows. */
import type { TrialMeta } from '../one-target/state.js';
import type { StopReason, Verdict } from '../one-target/step.js';
import type { ManyKnob } from './knobs.js';
import type { ManyProblem } from './problem.js';

export interface TargetTrial extends TrialMeta {
  readonly role: 'baseline' | 'low' | 'high' | 'candidate';
  /** One value per lever, in the problem's order. */
  readonly values: readonly number[];
  /** Percent. */
  readonly growth: number;
  /** One figure per target, in the metric's unit; null for the bounds, which only measure growth. */
  readonly figures: readonly number[] | null;
  /** A candidate of the least sum of changes, because the quadratic solver gave up on the least sum of squares. */
  readonly by_sum?: true;
}

/** How the figures answer to the knobs around the best trial so far; derivatives per step of a knob. */
export interface LinearModel {
  /** Index of the trial that it was measured at. */
  readonly base: number;
  /** By target, then knob: measured at the base. */
  readonly effects: readonly (readonly number[])[];
  /** By target, then knob: what simulations showed beyond the measured effects (Broyden's update). */
  readonly correction: readonly (readonly number[])[];
  /** By target: raises by job level, of a median merit. */
  readonly raises: readonly (readonly number[] | null)[];
  /** What a unit of each lever adds to payroll summed over the plan years, USD. */
  readonly payroll: readonly number[];
}

export type Decision =
  | { readonly kind: 'candidate'; readonly values: readonly number[]; readonly by_sum?: true }
  | { readonly kind: 'done'; readonly verdict: Verdict; readonly reason: StopReason };

/** Serialisable as JSON; a state read back goes on exactly as the original would. */
export interface ManyState {
  readonly kind: 'many';
  readonly problem: ManyProblem;
  readonly knobs: readonly ManyKnob[];
  /** In the order of measurement; the baseline is the first. */
  readonly trials: readonly TargetTrial[];
  readonly model: LinearModel;
  /** Most steps that a knob may turn from the base; null for no limit. */
  readonly radius: number | null;
  /** By target: how far the last candidate's figure was from the predicted one; null before there is one. */
  readonly surprise: readonly number[] | null;
  /** Null before the bounds are in. */
  readonly decision: Decision | null;
  readonly stopped: boolean;
}

/** A simulation's figures on their way into the tuner. */
export interface Figures {
  readonly values: readonly number[];
  /** By target, then lever row, per unit of the lever; null keeps the effects known so far. */
  readonly effects: readonly (readonly number[])[] | null;
  readonly raises: readonly (readonly number[] | null)[];
  readonly payroll: readonly number[] | null;
}

export const isMany = (state: object): state is ManyState => 'kind' in state && state.kind === 'many';

/** The effects that predictions are made with: measured ones and what simulations added. */
export const knownEffects = ({ effects, correction }: LinearModel): number[][] =>
  effects.map((row, target) => row.map((effect, knob) => effect + correction[target]![knob]!));
