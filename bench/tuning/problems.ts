/** The generated problems: companies, target modes, strategies and targets, with what is known of their answer. */
import { STRATEGIES, type Strategy, type TargetMode } from '../../src/runs/request.contract.js';

export interface BenchCompanySize {
  readonly employees: number;
  readonly seed: number;
}

export const COMPANIES: readonly BenchCompanySize[] = [
  400, 500, 600, 700, 800, 900, 1000, 1200, 1500, 2000,
].map((employees, index) => ({ employees, seed: 101 + index }));

/** Lowest and highest growth that the bench's own simulations showed, percent. */
export interface Corners {
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

/** Targets as parts of the way from the lowest growth to the highest; those outside lie beyond by the given pp. */
const INSIDE: Readonly<Record<TargetMode, readonly number[]>> = {
  average: [0.03, 0.13, 0.3, 0.5, 0.7, 0.97],
  'final-year': [0.1, 0.35, 0.6, 0.9],
  'every-year': [0.03, 0.13, 0.3, 0.5, 0.7, 0.97],
};
const BEYOND = 0.3;

export const PER_COMPANY = 20;

/** The problems of one company, {@link PER_COMPANY} of them. */
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
