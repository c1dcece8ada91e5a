/** With one target the tuner of several reaches what that of one does, on the companies of the conformance suite. */
import { loadSolver } from '../../../src/solver/highs.js';
import type { SolveLp } from '../../../src/tuning/many/linear-program.js';
import { recordMany, startMany } from '../../../src/tuning/many/record.js';
import type { Figures, ManyState } from '../../../src/tuning/many/state.js';
import { nextManyStep } from '../../../src/tuning/many/step.js';
import { summariseMany } from '../../../src/tuning/many/summary.js';
import { orderedProblem } from '../../../src/tuning/problem.js';
import {
  BASELINE_GROWTH,
  companyOf,
  ECHO,
  keyOf,
  REACHABLE,
  yearsOf,
  type Shape,
} from '../conformance/company.js';
import { effectiveLevers } from '../conformance/levers.js';
import { goal, manyProblem } from './response.js';

let solve: SolveLp;
beforeAll(async () => {
  solve = await loadSolver();
});

/** Mean growth is the one figure; its effects are told for today's levers only. */
function tune(target: number, shape: Shape): ManyState {
  const given = effectiveLevers();
  const company = companyOf(given, shape);
  const years = yearsOf(given);
  const effects = new Map(
    given.map((lever) => [
      keyOf(lever),
      (lever.effect * (lever.fiscal_year === years.at(-1) ? 1 : 1 + ECHO)) / years.length,
    ]),
  );
  const { levers } = orderedProblem({
    target,
    tolerance: 0.1,
    max_iterations: 10,
    strategy: 'balanced',
    levers: given,
  });
  const figures = (value: number, isBaseline: boolean): Figures => ({
    values: [value],
    effects: isBaseline ? [levers.map((lever) => effects.get(keyOf(lever))!)] : null,
    raises: [null],
    payroll: levers.map(() => 1),
  });
  const first = company([]).growth;
  let state = startMany(manyProblem([goal({ value: target })], { levers }), {
    growth: first,
    figures: figures(first, true),
  });
  for (let step = nextManyStep(state); step.kind === 'simulate'; step = nextManyStep(state)) {
    const { growth } = company(step.levers);
    const measured = { growth, figures: step.role === 'candidate' ? figures(growth, false) : null };
    state = recordMany(state, step.role, measured, solve);
  }
  return state;
}

const CASES = Object.entries<Shape>(REACHABLE).flatMap(([name, shape]) =>
  [2, 5, 8].map((target) => ({ name, shape, target })),
);

test.each(CASES)('reaches $target % on a $name response', ({ target, shape }) => {
  const { verdict, final_growth, iterations } = summariseMany(tune(target, shape));
  expect(verdict).toBe('converged');
  expect(Math.abs(target - final_growth)).toBeLessThanOrEqual(0.1);
  expect(iterations.length).toBeLessThanOrEqual(4);
});

test.each([30, -20])('%d %% is out of reach: the corner’s growth is kept', (target) => {
  const { verdict, final_growth, targets } = summariseMany(tune(target, REACHABLE.linear));
  expect(verdict).toBe('infeasible');
  expect(targets[0]).toMatchObject({ met: false, gave_way: false });
  const given = effectiveLevers();
  const corner = given.map((lever) => ({ ...lever, value: target > 0 ? lever.high : lever.low }));
  expect(final_growth).toBeCloseTo(companyOf(given, REACHABLE.linear)(corner).growth, 3);
});

test('what today’s levers meet stays', () => {
  const { verdict, iterations } = summariseMany(tune(BASELINE_GROWTH + 0.05, REACHABLE.linear));
  expect({ verdict, iterations }).toEqual({ verdict: 'converged', iterations: [] });
});

test('the same problem gives the same trials, also from a state that went through JSON', () => {
  const once = tune(5, REACHABLE.linear);
  expect(tune(5, REACHABLE.linear)).toEqual(once);
  expect(JSON.parse(JSON.stringify(once))).toEqual(once);
});
