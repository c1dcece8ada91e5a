/** What the tuner of several targets is asked: targets, caps and floors, and the lever rows that it may move. */
import type { TargetGoal } from '../../targets/targets.contract.js';
import type { TunableLever } from '../problem.js';

export interface ManyProblem {
  readonly targets: readonly TargetGoal[];
  readonly levers: readonly TunableLever[];
  readonly max_iterations: number;
  /** Growth that gaps are reported against, percent; it steers nothing. */
  readonly growth_target: number;
}

/** A target's accepted range, in the metric's unit, and the unit that weighs its violations. */
export interface Accepted {
  readonly low: number;
  readonly high: number;
  readonly unit: number;
}

/** Where a target has no tolerance: .1 pp, a thousandth of an amount, one person. */
function plainUnit({ metric, value }: TargetGoal): number {
  if (isPercent(metric)) return 0.1;
  if (metric === 'headcount') return 1;
  return Math.max(Math.abs(value) * 0.001, 1e-6);
}

export const isPercent = (metric: TargetGoal['metric']): boolean => /_rate$|_increase$/.test(metric);

/** The range in which a target counts as met. */
export function accepted(target: TargetGoal): Accepted {
  const { kind, value, tolerance, tolerance_kind } = target;
  const allowed = tolerance_kind === 'relative' ? tolerance * Math.abs(value) : tolerance;
  return {
    low: kind === 'cap' ? -Infinity : value - allowed,
    high: kind === 'floor' ? Infinity : value + allowed,
    unit: allowed > 0 ? allowed : plainUnit(target),
  };
}

/** Distance outside of the accepted range, in units; 0 inside, where a rounding error counts as inside. */
export function violation(target: TargetGoal, figure: number): number {
  const { low, high, unit } = accepted(target);
  const outside = Math.max(low - figure, figure - high, 0);
  return outside <= 1e-9 * Math.max(1, Math.abs(target.value)) ? 0 : outside / unit;
}

export const isMet = (target: TargetGoal, figure: number): boolean => violation(target, figure) === 0;
