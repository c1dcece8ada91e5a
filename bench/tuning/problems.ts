/** The generated problems: companies, target modes, strategies and targets, with what is known of their answer. */
import { STRATEGIES, type Strategy, type TargetMode } from '../../src/contract/request.js';

export interface BenchCompanySize {
  readonly employees: number;
  readonly seed: number;
}

export const COMPANIES: readonly BenchCompanySize[] = [
  400, 500, 600, 700, 800, 900, 1000, 1200, 1500, 2000,
].map((employees, index) => ({ employees, seed: 101 + index }));

/** Growth measured in the bench's own simulations of today's levers and both bounds, percent. */
export interface Corners {
  readonly today: number;
  readonly low: number;
  readonly high: number;
}

export interface BenchProblem {
  readonly target_mode: TargetMode;
  readonly strategy: Strategy;
  /** Percent. */
  readonly target: number;
  readonly isFeasible: boolean;
}

export const TOLERANCE = 0.1;

/** Targets as parts of the way from the low bound to the high one; those outside lie beyond by the given pp. */
const INSIDE: Readonly<Record<TargetMode, readonly number[]>> = {
  average: [0.03, 0.13, 0.3, 0.5, 0.7, 0.97],
  'final-year': [0.1, 0.35, 0.6, 0.9],
  'every-year': [0.15, 0.25, 0.4, 0.55, 0.65, 0.7],
};
const BEYOND = 0.3;

/**
 * Twenty problems of one company. In every-year mode the corners are those of the first year, which no other year
 * disturbs: outside of them no levers meet the target, and well inside every year can.
 */
export function problemsOf(
  corners: Readonly<Record<TargetMode, Corners>>,
  company: number,
): readonly BenchProblem[] {
  const modes = Object.keys(INSIDE) as TargetMode[];
  return modes
    .flatMap((target_mode) => {
      const { low, high } = corners[target_mode];
      const inside = INSIDE[target_mode].map((part) => ({
        target: low + part * (high - low),
        isFeasible: true,
      }));
      const outside = (target_mode === 'final-year' ? [high + BEYOND, low - BEYOND] : [high + BEYOND]).map(
        (target) => ({ target, isFeasible: false }),
      );
      return [...inside, ...outside].map((asked) => ({ target_mode, ...asked }));
    })
    .map((problem, index) => ({ ...problem, strategy: STRATEGIES[(company + index) % STRATEGIES.length]! }));
}
