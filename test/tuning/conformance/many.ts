/** The tuner of several targets as a solver of one: mean growth, its effects told at today's levers alone. */
import { recordMany, startMany } from '../../../src/tuning/several-targets/record.js';
import type { SolveLp } from '../../../src/tuning/several-targets/linear-program.js';
import type { Figures, ManyState } from '../../../src/tuning/several-targets/state.js';
import { nextManyStep } from '../../../src/tuning/several-targets/step.js';
import { summariseMany } from '../../../src/tuning/several-targets/summary.js';
import { orderedProblem } from '../../../src/tuning/problem.js';
import { goal, manyProblem } from '../several-targets/response.js';
import { ECHO, keyOf, yearsOf } from './company.js';
import type { Asked, Solver } from './solver.js';

/** d mean growth / d lever in the tuner's own order of rows. */
function effectsOf({ levers: given, target, tolerance, max_iterations }: Asked) {
  const years = yearsOf(given);
  const effects = new Map(
    given.map((lever) => [
      keyOf(lever),
      (lever.effect * (lever.fiscal_year === years.at(-1) ? 1 : 1 + ECHO)) / years.length,
    ]),
  );
  const { levers } = orderedProblem({
    target,
    tolerance,
    max_iterations,
    strategy: 'balanced',
    levers: given,
  });
  return { levers, effects: levers.map((lever) => effects.get(keyOf(lever))!) };
}

const figures = (value: number, effects: readonly number[] | null, rows: number): Figures => ({
  values: [value],
  effects: effects === null ? null : [effects],
  raises: [null],
  payroll: Array.from({ length: rows }, () => 1),
});

/** Mean growth stands for that of the target's year. */
const metaOf = (growth: number) => ({
  simulation_id: '',
  growth_by_year: { [goal().fiscal_year]: growth },
  seconds: 0,
});

export const manySolver = (solve: SolveLp): Solver<ManyState> => ({
  name: 'several targets',
  most: 4,
  // A random program may take the linear solver long.
  seed: 5,
  // The first simulation always tells them.
  needsEffects: true,
  // No figures but growth are read from the bounds.
  keepsBounds: false,
  // What a linear program leaves, and the slack with which a priority is held.
  exactness: 0.001,
  start: (asked, { growth }) => {
    const { levers, effects } = effectsOf(asked);
    const { target, tolerance, max_iterations } = asked;
    return startMany(manyProblem([goal({ value: target, tolerance })], { levers, max_iterations }), {
      growth,
      figures: figures(growth, effects, levers.length),
      meta: metaOf(growth),
    });
  },
  next: (state) => {
    const step = nextManyStep(state);
    return step.kind === 'done' ? null : step.levers;
  },
  record: (state, { growth }) => {
    const step = nextManyStep(state);
    if (step.kind === 'done') throw new Error('a measurement came after the tuner was done');
    const told = step.role === 'candidate' ? figures(growth, null, state.problem.levers.length) : null;
    return recordMany(state, step.role, { growth, figures: told, meta: metaOf(growth) }, solve);
  },
  outcome: (state) => {
    const { verdict, best, iterations } = summariseMany(state);
    return { verdict, levers: best.levers, iterations: iterations.length };
  },
  distance: ({ target }, { growth }) => Math.abs(target - growth),
  // All that was simulated lies on one side.
  isProvenInfeasible: ({ target }, trials) =>
    trials.every(({ measured }) => measured.growth < target) ||
    trials.every(({ measured }) => measured.growth > target),
});
