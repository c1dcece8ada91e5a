/** The levers of least change among those that violate high priorities least, then medium ones, then low ones. */
import { PRIORITIES } from '../../targets/target-choices.terms.js';
import { failure } from '../../shared/errors/errors.js';
import { turnsOf } from './knobs.js';
import { targetLines, type Line } from './lines.js';
import { minimise, type Constraint, type Program, type SolveLp, type Terms } from './linear-program.js';
import type { ManyState } from './state.js';

export interface Solution {
  /** By knob, in steps from today's values. */
  readonly turns: readonly number[];
  /** Σ violations of each priority that cannot be avoided, in units. */
  readonly violations: readonly number[];
  /** The quadratic solver gave up: the sum of steps is the least, not that of their squares. */
  readonly by_sum: boolean;
}

/**
 * What an earlier priority reached is held with this slack, in units: with 1e-6, close to the solver's own tolerance,
 * HiGHS gave up on 78 of 78 quadratic programs whose violations were to be none; with 1e-3 it solved them all.
 */
const SLACK = 1e-3;

/** @param radius most steps from the base; null for the whole range between the bounds */
export function leastViolation(
  state: ManyState,
  margins: readonly number[],
  radius: number | null,
  solve: SolveLp,
): Solution {
  const lines = targetLines(state, margins);
  const { violations, ...set } = leastSums(state, lines, radius, solve);
  const { turns, by_sum } = leastChange(state, set, solve);
  return { turns: withoutSlack(turns, lines), violations, by_sum };
}

/** Σ violations of each priority that no levers inside the bounds avoid, in units. */
export const unavoidable = (state: ManyState, solve: SolveLp): number[] =>
  leastSums(
    state,
    targetLines(
      state,
      state.problem.targets.map(() => 0),
    ),
    null,
    solve,
  ).violations;

type Region = Pick<Program, 'bounds' | 'constraints'>;

/** One linear program for each priority; the set in which all of them hold what they reached. */
function leastSums(
  state: ManyState,
  lines: readonly Line[],
  radius: number | null,
  solve: SolveLp,
): Region & { readonly violations: number[] } {
  const { bounds, constraints, excess } = feasibleSet(state, lines, radius);
  const held: Constraint[] = [...constraints];
  const violations = PRIORITIES.map((priority) => {
    const own = excess.filter(({ target }) => state.problem.targets[target]!.priority === priority);
    const linear: Terms = new Map(own.map(({ variable }) => [variable, 1]));
    if (own.length === 0) return 0;
    const values = required(minimise({ bounds, constraints: held, linear }, solve));
    const least = own.reduce((sum, { variable }) => sum + values[variable]!, 0);
    held.push({ terms: linear, relation: '<=', bound: least + SLACK });
    return least;
  });
  return { bounds, constraints: held, violations };
}

/** Where a line hangs on one knob alone, as a level's merit does, the slack is taken back: a floor of 3 % is 3 %. */
function withoutSlack(turns: readonly number[], lines: readonly Line[]): number[] {
  const exact = [...turns];
  for (const { constant, slopes, low, high } of lines) {
    const [knob, ...others] = slopes.flatMap((slope, index) => (slope === 0 ? [] : [index]));
    if (knob === undefined || others.length > 0) continue;
    const slope = slopes[knob]!;
    const value = constant + slope * turns[knob]!;
    const bound = value < low ? low : high;
    if ((value < low || value > high) && Math.abs(value - bound) <= 2 * SLACK)
      exact[knob] = (bound - constant) / slope;
  }
  return exact;
}

/** Least Σ of squared steps over the rows; where the quadratic solver gives up, least Σ of steps. */
function leastChange({ knobs }: ManyState, set: Region, solve: SolveLp): Pick<Solution, 'turns' | 'by_sum'> {
  const squares: Terms = new Map(knobs.map(({ rows }, knob) => [knob, rows.length]));
  const squared = minimise({ ...set, linear: new Map(), squares }, solve);
  const values = squared ?? required(minimise(absoluteChange(knobs, set), solve));
  return { turns: values.slice(0, knobs.length), by_sum: squared === null };
}

/** Each knob's distance from today becomes a variable of its own, after all others. */
function absoluteChange(knobs: ManyState['knobs'], { bounds, constraints }: Region): Program {
  const distance = (knob: number): number => bounds.length + knob;
  return {
    bounds: [...bounds, ...knobs.map(() => [0, Infinity] as const)],
    constraints: [
      ...constraints,
      ...knobs.flatMap((_, knob): Constraint[] => [
        {
          terms: new Map([
            [distance(knob), 1],
            [knob, -1],
          ]),
          relation: '>=',
          bound: 0,
        },
        {
          terms: new Map([
            [distance(knob), 1],
            [knob, 1],
          ]),
          relation: '>=',
          bound: 0,
        },
      ]),
    ],
    linear: new Map(knobs.map(({ rows }, knob) => [distance(knob), rows.length])),
  };
}

interface FeasibleSet extends Region {
  readonly excess: readonly { readonly target: number; readonly variable: number }[];
}

/** Variables: the knobs, then the violation of each target. */
function feasibleSet(state: ManyState, lines: readonly Line[], radius: number | null): FeasibleSet {
  const { knobs, problem, trials, model } = state;
  const excess = problem.targets.map((_, target) => ({ target, variable: knobs.length + target }));
  return {
    bounds: [
      ...rangesAround(knobs, turnsOf(problem.levers, knobs, trials[model.base]!.values), radius),
      ...excess.map(() => [0, Infinity] as const),
    ],
    constraints: lines.flatMap((line) => lineConstraints(line, knobs.length)),
    excess,
  };
}

const rangesAround = (
  knobs: ManyState['knobs'],
  base: readonly number[],
  radius: number | null,
): (readonly [number, number])[] =>
  knobs.map(({ low, high }, knob) =>
    radius === null
      ? [low, high]
      : [Math.max(low, base[knob]! - radius), Math.min(high, base[knob]! + radius)],
  );

function lineConstraints({ target, constant, slopes, low, high }: Line, knobs: number): Constraint[] {
  const terms = (sign: 1 | -1): Terms =>
    new Map([...slopes.map((slope, knob) => [knob, slope] as const), [knobs + target, sign]]);
  const rows: Constraint[] = [];
  if (Number.isFinite(low)) rows.push({ terms: terms(1), relation: '>=', bound: low - constant });
  if (Number.isFinite(high)) rows.push({ terms: terms(-1), relation: '<=', bound: high - constant });
  return rows;
}

/** Every violation has its variable, so that an optimum exists whatever the targets ask. */
function required(values: number[] | null): number[] {
  if (values === null) throw failure('UNEXPECTED', { detail: 'the linear solver found no optimum' });
  return values;
}
