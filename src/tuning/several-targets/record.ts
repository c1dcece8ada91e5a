/** Starts from a baseline, and takes what each simulation measured into the memory. */
import { failure } from '../../shared/errors/errors.js';
import { orderedProblem } from '../problem.js';
import { cornerValue } from '../knobs.js';
import { finiteGrowth, NO_META, type TrialMeta } from '../one-target/state.js';
import { decide } from './decide.js';
import { isHeld } from '../problem.js';
import { byKnob, manyKnobs } from './knobs.js';
import type { SolveLp } from './linear-program.js';
import { bestIndex } from './merit.js';
import { predict, turnsBetween } from './predict.js';
import type { ManyProblem } from './problem.js';
import { knownEffects, type Figures, type LinearModel, type ManyState, type TargetTrial } from './state.js';

/** One simulation on its way into the tuner. */
export interface Measured {
  /** Percent. */
  readonly growth: number;
  /** Null at the bounds, which only measure growth. */
  readonly figures: Figures | null;
  readonly meta?: TrialMeta;
}

/** The problem with its rows in file order, so that the order in which they were given changes nothing. */
function ordered(problem: ManyProblem): ManyProblem {
  const { levers } = orderedProblem({
    target: problem.growth_target,
    tolerance: 1,
    max_iterations: problem.max_iterations,
    strategy: 'balanced',
    levers: problem.levers,
  });
  return { ...problem, levers };
}

/**
 * Starts from a simulation of today's levers, whose figures carry their effects by row of `problem.levers` once these
 * stand in file order.
 * @throws REQUEST_INVALID when the problem's numbers cannot be tuned; UNEXPECTED without figures or effects
 */
export function startMany(given: ManyProblem, { growth, figures, meta = NO_META }: Measured): ManyState {
  const problem = ordered(given);
  const { levers } = problem;
  if (figures === null || figures.effects === null || figures.payroll === null)
    throw failure('UNEXPECTED', { detail: 'the tuner of several targets starts from measured effects' });
  const knobs = manyKnobs(levers);
  const effects = figures.effects.map((row) => byKnob(levers, knobs, row));
  return {
    kind: 'many',
    problem,
    knobs,
    trials: [
      {
        role: 'baseline',
        values: levers.map(({ value }) => value),
        growth: finiteGrowth(growth, 'baseline'),
        figures: finite(figures.values),
        ...meta,
      },
    ],
    model: {
      base: 0,
      effects,
      correction: effects.map((row) => row.map(() => 0)),
      raises: figures.raises,
      payroll: byKnob(levers, knobs, figures.payroll),
    },
    radius: null,
    surprise: null,
    decision: null,
    stopped: false,
  };
}

/** The levers of a bound: every row that may move at that end of its range. */
export const boundValues = ({ problem }: ManyState, side: 'low' | 'high'): number[] =>
  problem.levers.map((lever) => (isHeld(lever) ? lever.value : cornerValue(lever, side)));

/**
 * Adds what the next step's simulation measured, and decides what comes after it once both bounds are in.
 * @throws UNEXPECTED for a number that is not finite, a bound recorded twice, or a candidate not asked for
 */
export function recordMany(
  state: ManyState,
  role: 'low' | 'high' | 'candidate',
  { growth, figures, meta = NO_META }: Measured,
  solve: SolveLp,
): ManyState {
  const about = { role, growth: finiteGrowth(growth, role), ...meta };
  if (role !== 'candidate') {
    if (state.trials.some((trial) => trial.role === role))
      throw failure('UNEXPECTED', { detail: `the ${role} bound was recorded twice` });
    const trial: TargetTrial = { ...about, values: boundValues(state, role), figures: null };
    return decided({ ...state, trials: [...state.trials, trial] }, solve);
  }
  if (state.decision?.kind !== 'candidate' || figures === null)
    throw failure('UNEXPECTED', { detail: 'a candidate was recorded, but the tuner did not ask for it' });
  const { values, by_sum } = state.decision;
  const trial = { ...about, values, figures: finite(figures.values), ...(by_sum && { by_sum }) };
  return decided(learn({ ...state, trials: [...state.trials, trial] }, trial, figures), solve);
}

const decided = (state: ManyState, solve: SolveLp): ManyState =>
  (['low', 'high'] as const).every((side) => state.trials.some(({ role }) => role === side))
    ? { ...state, decision: decide(state, solve) }
    : state;

/** The state with the trial as its last: corrected model, new base where it is the best, radius for the next step. */
function learn(
  state: ManyState,
  trial: TargetTrial & { readonly figures: readonly number[] },
  figures: Figures,
): ManyState {
  const { problem, knobs, trials, model } = state;
  const { levers } = problem;
  const base = trials[model.base]!;
  const moved = turnsBetween(state, base.values, trial.values);
  const measured = figures.effects?.map((row) => byKnob(levers, knobs, row)) ?? model.effects;
  // Between two points a smooth figure changes by the mean of its slopes there; what is left was not measured.
  const middle = model.effects.map((row, target) =>
    row.map((effect, knob) => (effect + measured[target]![knob]!) / 2),
  );
  const expected = predict(state, trial.values, withCorrection(middle, model));
  const left = trial.figures.map((figure, target) => figure - expected[target]!);
  const foreseen = predict(state, trial.values, knownEffects(model));
  const length = moved.reduce((sum, turn) => sum + turn ** 2, 0);
  const correction = model.correction.map((row, target) =>
    row.map((entry, knob) => entry + (length === 0 ? 0 : (left[target]! * moved[knob]!) / length)),
  );
  const index = trials.length - 1;
  const isBetter = bestIndex(state) === index;
  const reached = Math.max(...moved.map(Math.abs), 0);
  return {
    ...state,
    surprise: trial.figures.map((figure, target) => figure - foreseen[target]!),
    radius: isBetter ? doubled(state.radius) : reached / 2,
    model: isBetter
      ? {
          base: index,
          effects: measured,
          correction,
          raises: figures.raises,
          payroll: figures.payroll === null ? model.payroll : byKnob(levers, knobs, figures.payroll),
        }
      : { ...model, correction },
  };
}

const doubled = (radius: number | null): number | null => (radius === null ? null : radius * 2);

const withCorrection = (effects: readonly (readonly number[])[], model: LinearModel): number[][] =>
  knownEffects({ ...model, effects });

function finite(values: readonly number[]): number[] {
  const wrong = values.find((value) => !Number.isFinite(value));
  if (wrong === undefined) return values.map((value) => value + 0);
  throw failure('UNEXPECTED', { detail: `a target's figure was ${wrong}, which is no number to tune on` });
}
