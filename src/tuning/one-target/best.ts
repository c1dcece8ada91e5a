/** The best trial: the smallest gap, then the smallest change of levers. */
import type { TuningProblem } from '../problem.js';
import type { Trial, TuningState } from './state.js';
import { own } from '../../shared/own.terms.js';

/**
 * Target minus growth, pp; in every-year mode that of the worst year, the earliest of equally bad ones.
 * @param growthByYear percent, by year
 */
export function worstGap(target: number, growthByYear: Trial['growth_by_year']): number {
  const years = Object.keys(growthByYear).toSorted((left, right) => Number(left) - Number(right));
  return years
    .map((year) => target - own(growthByYear, year)!)
    .reduce((worst, gap) => (Math.abs(gap) > Math.abs(worst) ? gap : worst));
}

/** Target minus growth, pp; in every-year mode that of the worst year. */
export const gapOf = ({ problem }: Pick<TuningState, 'problem'>, trial: Trial): number =>
  problem.target_mode === 'every-year'
    ? worstGap(problem.target, trial.growth_by_year)
    : problem.target - trial.growth;

interface Merit {
  /** What is left to do, pp: the gap, or in every-year mode the years' gaps beyond the tolerance, summed. */
  readonly miss: number;
  readonly gap: number;
  readonly changed: number;
  readonly change: number;
}

function missOf({ target, tolerance, target_mode }: TuningProblem, gap: number, trial: Trial): number {
  if (target_mode !== 'every-year') return gap;
  return Object.values(trial.growth_by_year).reduce(
    (total, growth) => total + Math.max(0, Math.abs(target - growth) - tolerance),
    0,
  );
}

function meritOf(problem: TuningProblem, trial: Trial): Merit {
  const changes = problem.levers.map((lever, row) => Math.abs(trial.values[row]! - lever.value) / lever.step);
  const gap = Math.abs(gapOf({ problem }, trial));
  return {
    miss: missOf(problem, gap, trial),
    gap,
    changed: changes.filter((change) => change > 0).length,
    change: changes.reduce((total, change) => total + change ** 2, 0),
  };
}

/**
 * The baseline when it is within tolerance: nothing needs to move. Else the trial that misses the target least, bounds
 * included; in every-year mode a year on target outweighs one that is out of reach anyway. Ties go to the smallest gap,
 * then to the fewest changed rows, then to the smallest weighted change, then to the earliest.
 */
export function bestTrial({ problem, trials }: TuningState): Trial {
  const baseline = trials[0]!;
  if (Math.abs(gapOf({ problem }, baseline)) <= problem.tolerance) return baseline;
  const ranked = trials.map((trial) => ({ trial, merit: meritOf(problem, trial) }));
  return ranked.toSorted(
    ({ merit: left }, { merit: right }) =>
      left.miss - right.miss ||
      left.gap - right.gap ||
      left.changed - right.changed ||
      left.change - right.change,
  )[0]!.trial;
}

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
        Math.abs(gapOf({ problem }, trial)) <= problem.tolerance),
  );
