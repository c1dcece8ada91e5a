/** The best trial: the smallest gap, then the smallest change of levers. */
import type { TuningProblem } from './problem.js';
import type { Trial, TuningState } from './state.js';

interface Merit {
  readonly gap: number;
  readonly changed: number;
  readonly change: number;
}

function meritOf({ levers, target }: TuningProblem, trial: Trial): Merit {
  const changes = levers.map((lever, row) => Math.abs(trial.values[row]! - lever.value) / lever.step);
  return {
    gap: Math.abs(target - trial.growth),
    changed: changes.filter((change) => change > 0).length,
    change: changes.reduce((total, change) => total + change ** 2, 0),
  };
}

/**
 * The baseline when it is within tolerance: nothing needs to move. Else the trial with the smallest
 * |target − growth|, bounds included. Ties go to the fewest changed rows, then to the
 * smallest weighted change, then to the earliest.
 */
export function bestTrial({ problem, trials }: TuningState): Trial {
  const baseline = trials[0]!;
  if (Math.abs(problem.target - baseline.growth) <= problem.tolerance) return baseline;
  const ranked = trials.map((trial) => ({ trial, merit: meritOf(problem, trial) }));
  return ranked.toSorted(
    ({ merit: left }, { merit: right }) =>
      left.gap - right.gap || left.changed - right.changed || left.change - right.change,
  )[0]!.trial;
}

/** Target minus growth, pp. */
export const gapOf = ({ problem }: TuningState, trial: Trial): number => problem.target - trial.growth;

/**
 * The trials that count as iterations, in order: candidates, and a bound that is itself the answer,
 * whose simulation is reused.
 */
export const iterationTrials = ({ trials, problem }: TuningState, best: Trial): Trial[] =>
  trials.filter(
    (trial) =>
      trial.role === 'candidate' ||
      (trial === best &&
        trial.role !== 'baseline' &&
        Math.abs(problem.target - trial.growth) <= problem.tolerance),
  );
