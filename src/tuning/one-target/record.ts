/** Takes the growth that a simulation gave into the tuner's memory. */
import { cornerValues } from '../knobs.js';
import { boxSearch } from './box/search.js';
import { failure } from '../../shared/errors/errors.js';
import { bracketedPath } from './bracket.js';
import { yearPlaces } from './years/places.js';
import { sinceTrade } from './years/epoch.js';
import { surveyYears, yearsOf } from './years/survey.js';
import {
  checkYears,
  finiteGrowth,
  NO_META,
  trialOf,
  type SimulateStep,
  type Trial,
  type TrialMeta,
  type TuningState,
} from './state.js';

const unasked = (candidate: string): Error =>
  failure('UNEXPECTED', { detail: `candidate ${candidate} was recorded, but the tuner did not ask for it` });

/**
 * Adds the growth that a step's simulation gave. The two bounds may come in either order; a result that arrives
 * after the run was stopped still counts for the best.
 * @param growth percent
 * @throws UNEXPECTED for growth that is not finite, a bound recorded twice, or a candidate that was not asked for
 */
export function recordGrowth(
  state: TuningState,
  step: SimulateStep,
  growth: number,
  meta: TrialMeta = NO_META,
): TuningState {
  checkYears(state.problem, meta.growth_by_year, Object.keys(state.trials[0]!.growth_by_year));
  const trial = { role: step.role, t: step.t, growth: finiteGrowth(growth, step.role), ...meta };
  const add = (values: readonly number[]): TuningState => ({
    ...state,
    trials: [...state.trials, { ...trial, values }],
  });
  if (step.role === 'corner') return add(askedInBox(state, step));
  if (step.role !== 'candidate') {
    if (trialOf(state, step.role))
      throw failure('UNEXPECTED', { detail: `the ${step.role} bound was recorded twice` });
    return add(cornerValues(state.problem, step.role));
  }
  if (state.problem.target_mode === 'every-year')
    return { ...state, trials: [...state.trials, { ...trial, ...yearCandidate(state, step) }] };
  const search = bracketedPath(state);
  if (
    search === null ||
    step.t === null ||
    step.t <= search.bracket.short.t ||
    step.t >= search.bracket.beyond.t
  ) {
    throw unasked(`t = ${step.t}`);
  }
  return add(search.path.valuesAt(step.t));
}

/** The values that the search of the box asks for, which must be those of the step. */
function askedInBox(state: TuningState, { levers }: SimulateStep): readonly number[] {
  const { next } = boxSearch(state);
  if (next === null || levers.some(({ value }, row) => value !== next[row]))
    throw unasked('of the box of bounds');
  return next;
}

/** Values of an every-year candidate, from its places or as traded between years. */
function yearCandidate(
  state: TuningState,
  { places, traded }: SimulateStep,
): Pick<Trial, 'places' | 'traded' | 'values'> {
  if (traded === true) {
    const { next } = surveyYears(state);
    if (next === null || next.places !== null) throw unasked('of traded levers');
    return { traded, values: next.values };
  }
  const { years, valuesAt } = yearPlaces(sinceTrade(state).problem, yearsOf(state));
  if (places?.length !== years.length || !places.every((place) => Math.abs(place) <= 1))
    throw unasked(`places ${places?.join(', ')}`);
  return { places: [...places], values: valuesAt(places) };
}
