/** What to do next: simulate a bound or a candidate, or be done. */
import { bestTrial, gapOf } from './best.js';
import { surveyYears } from './years/survey.js';
import { cornerValues } from '../knobs.js';
import { boxSearch } from './box/search.js';
import { bracketedPath, nextCandidate } from './bracket.js';
import { leverValues, trialOf, type SimulateStep, type TuningState } from './state.js';

export type Verdict = 'converged' | 'not_converged' | 'infeasible' | 'cancelled';

export type StopReason =
  | 'within_tolerance'
  | 'max_iterations'
  | 'lever_resolution'
  | 'outside_range'
  | 'stopped';

export interface DoneStep {
  readonly kind: 'done';
  readonly verdict: Verdict;
  readonly reason: StopReason;
}

export type TuningStep = SimulateStep | DoneStep;

const done = (verdict: Verdict, reason: StopReason): DoneStep => ({ kind: 'done', verdict, reason });

/** The bounds not yet measured; they depend on nothing else, so that they may be simulated at the same time. */
export const boundSteps = (state: TuningState): SimulateStep[] =>
  (['low', 'high'] as const)
    .filter((side) => !trialOf(state, side))
    .map((role) => ({
      kind: 'simulate',
      role,
      t: null,
      levers: leverValues(state.problem, cornerValues(state.problem, role)),
    }));

const isWithinTolerance = (state: TuningState): boolean =>
  Math.abs(gapOf(state, bestTrial(state))) <= state.problem.tolerance;

const isUsedUp = ({ trials, problem }: TuningState): boolean =>
  trials.filter((trial) => trial.role === 'candidate').length >= problem.max_iterations;

/** An unreachable year decides the verdict, but the years after it are still brought to the target. */
function decideByYear(state: TuningState): TuningStep {
  const { settled, next } = surveyYears(state);
  if (next === null || isUsedUp(state)) {
    if (settled.some(({ outcome }) => outcome === 'unreachable')) return done('infeasible', 'outside_range');
    return done('not_converged', next === null ? 'lever_resolution' : 'max_iterations');
  }
  const { places, values } = next;
  const how = places === null ? { traded: true as const } : { places };
  return { kind: 'simulate', role: 'candidate', t: null, ...how, levers: leverValues(state.problem, values) };
}

/** Decides as if nobody had stopped the run. */
function decide(state: TuningState): TuningStep {
  const [bound] = boundSteps(state);
  if (bound) return bound;
  if (isWithinTolerance(state)) return done('converged', 'within_tolerance');
  if (state.problem.target_mode === 'every-year') return decideByYear(state);
  const search = bracketedPath(state);
  if (search === null) {
    const { next } = boxSearch(state);
    if (next === null) return done('infeasible', 'outside_range');
    return { kind: 'simulate', role: 'corner', t: null, levers: leverValues(state.problem, next) };
  }
  if (isUsedUp(state)) return done('not_converged', 'max_iterations');
  const candidate = nextCandidate(state, search);
  if (candidate === null) return done('not_converged', 'lever_resolution');
  return {
    kind: 'simulate',
    role: 'candidate',
    t: candidate.t,
    levers: leverValues(state.problem, candidate.values),
  };
}

/**
 * The next step. Both bounds are measured before anything is decided, so that the attainable range is always known.
 * Done when a trial is within tolerance (converged), the target lies outside the range (infeasible), the iterations
 * are used up or no new levers fit between two measured ones (not converged), or the caller stopped (cancelled).
 */
export function nextStep(state: TuningState): TuningStep {
  const step = decide(state);
  if (!state.stopped || step.kind === 'done') return step;
  return isWithinTolerance(state) ? done('converged', 'within_tolerance') : done('cancelled', 'stopped');
}
