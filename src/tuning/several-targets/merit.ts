/** Which trial is better: fewer violations of high priority first, then of medium, then of low, then the smaller change. */
import { PRIORITIES } from '../../targets/target-choices.terms.js';
import { violation, type ManyProblem } from './problem.js';
import type { ManyState, TargetTrial } from './state.js';

/** Violations closer than this, in units, are equal. */
const SAME = 1e-9;

/** Sum of violations of each priority, in units of the targets' tolerances. */
export const violations = ({ targets }: ManyProblem, figures: readonly number[]): number[] =>
  PRIORITIES.map((priority) =>
    targets.reduce(
      (sum, target, index) => (target.priority === priority ? sum + violation(target, figures[index]!) : sum),
      0,
    ),
  );

/** Σ (Δ / step)² over the rows: the weighted square change from today's levers. */
export const change = ({ levers }: ManyProblem, values: readonly number[]): number =>
  levers.reduce((sum, { value, step }, row) => sum + ((values[row]! - value) / step) ** 2, 0);

/** Below 0 where the left is better in the order of priorities. */
export function compareViolations(left: readonly number[], right: readonly number[]): number {
  const differing = left.findIndex((sum, index) => Math.abs(sum - right[index]!) > SAME);
  return differing === -1 ? 0 : left[differing]! - right[differing]!;
}

/** Index of the best trial that has figures; the baseline when it meets every target. Ties go to the earlier. */
export function bestIndex({ problem, trials }: Pick<ManyState, 'problem' | 'trials'>): number {
  const ranked = trials.flatMap(({ figures, values }: TargetTrial, index) =>
    figures === null ? [] : [{ index, sums: violations(problem, figures), change: change(problem, values) }],
  );
  return ranked.toSorted(
    (left, right) =>
      compareViolations(left.sums, right.sums) || left.change - right.change || left.index - right.index,
  )[0]!.index;
}
