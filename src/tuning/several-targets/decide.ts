/** Decides after each simulation: converged, shown to be infeasible, out of iterations, or the next candidate. */
import type { TargetGoal } from '../../targets/targets.contract.js';
import { valuesAt } from './knobs.js';
import { leastViolation, unavoidable, type Solution } from './lexicographic.js';
import type { SolveLp } from './linear-program.js';
import { violations } from './merit.js';
import { accepted, isMet } from './problem.js';
import { predict } from './predict.js';
import { knownEffects, type Decision, type ManyState, type TargetTrial } from './state.js';

/** How far inside its range a target is aimed at, as a share of its unit: before and after the model is proven. */
const FIRST_MARGIN = 0.3;
const LEAST_MARGIN = 0.01;
const MOST_MARGIN = 0.5;

/** Where all margins together leave no room, smaller ones are tried. */
const MARGIN_SHARES = [1, 0.3, 0.1, 0.02];

/** Violations below this, in units, count as none in a prediction. */
const PREDICTED_NONE = 1e-5;

/** A candidate must promise to lessen the violations by this many units, or by this share of them, to be simulated. */
const WORTH = { units: 0.02, share: 0.01, least: 1e-4 };

/** Twice what the last prediction was wrong by; a median of merits is a value of a lever, exact without a margin. */
function marginsOf({ problem, surprise, model }: ManyState): number[] {
  return problem.targets.map((target, index) => {
    if (model.raises[index] != null) return 0;
    const { unit } = accepted(target);
    const known = surprise === null ? FIRST_MARGIN * unit : 2 * Math.abs(surprise[index]!);
    return Math.min(Math.max(known, LEAST_MARGIN * unit), MOST_MARGIN * unit);
  });
}

const isNone = (sums: readonly number[]): boolean => sums.every((sum) => sum <= PREDICTED_NONE);

interface Outlook {
  readonly solution: Solution;
  /** True: by the measured model no levers inside the bounds meet every target. */
  readonly infeasible: boolean;
}

function outlookOf(state: ManyState, solve: SolveLp): Outlook {
  const margins = marginsOf(state);
  const infeasible = !isNone(unavoidable(state, solve));
  const solveWith = (share: number): Solution =>
    leastViolation(
      state,
      margins.map((margin) => margin * share),
      state.radius,
      solve,
    );
  if (infeasible) return { solution: solveWith(1), infeasible };
  for (const share of MARGIN_SHARES) {
    const solution = solveWith(share);
    if (isNone(solution.violations)) return { solution, infeasible };
  }
  return { solution: solveWith(0), infeasible };
}

/** True where the first priority that would change at all would gain enough. */
function isWorth(predicted: readonly number[], measured: readonly number[]): boolean {
  const gain = measured.map((sum, index) => sum - predicted[index]!);
  const first = gain.findIndex(
    (value, index) =>
      Math.abs(value) > Math.max(WORTH.least, Math.min(WORTH.units, WORTH.share * measured[index]!)),
  );
  return first !== -1 && gain[first]! > 0;
}

/** A lone target that simulations do not all lie on one side of may be met among them, whatever the model says. */
function isAmongTrials({ problem, trials }: ManyState): boolean {
  const [target, ...others] = problem.targets;
  if (target === undefined || others.length > 0) return false;
  const { low, high } = accepted(target);
  const figures = trials.flatMap((trial) => trial.figures ?? growthAsked(target, trial));
  return figures.some((figure) => figure <= high) && figures.some((figure) => figure >= low);
}

/** The one figure that a bound tells: growth, where that is what the target asks for. */
function growthAsked({ metric, fiscal_year }: TargetGoal, { growth_by_year }: TargetTrial): number[] {
  const growth = growth_by_year[fiscal_year];
  return metric === 'compensation_growth_rate' && growth !== undefined ? [growth] : [];
}

/** What to do next, once baseline and bounds are in. */
export function decide(state: ManyState, solve: SolveLp): Decision {
  const { problem, knobs, trials, model } = state;
  const base = trials[model.base]!;
  if (problem.targets.every((target, index) => isMet(target, base.figures![index]!)))
    return { kind: 'done', verdict: 'converged', reason: 'within_tolerance' };
  const { solution, infeasible } = outlookOf(state, solve);
  const values = valuesAt(problem.levers, knobs, solution.turns);
  const known = trials.some(
    (trial) => trial.figures !== null && trial.values.every((value, row) => value === values[row]),
  );
  const predicted = predict(state, values, knownEffects(model));
  const isEnd =
    known || (infeasible && !isWorth(violations(problem, predicted), violations(problem, base.figures!)));
  if (isEnd && infeasible && !isAmongTrials(state))
    return { kind: 'done', verdict: 'infeasible', reason: 'outside_range' };
  if (isEnd) return { kind: 'done', verdict: 'not_converged', reason: 'lever_resolution' };
  return { kind: 'candidate', values, ...(solution.by_sum && { by_sum: true }) };
}
