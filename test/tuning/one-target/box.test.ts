/** Where the path does not enclose the target the corners of the bounds are searched, before anything is called infeasible. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { PARAMETERS, type ParameterName } from '../../../src/levers/catalogue.terms.js';
import { boxSearch, sidedValues, sidesKey } from '../../../src/tuning/one-target/box.js';
import { recordGrowth } from '../../../src/tuning/one-target/record.js';
import { startTuning, type TuningState } from '../../../src/tuning/one-target/state.js';
import { nextStep } from '../../../src/tuning/one-target/step.js';
import { summarise } from '../../../src/tuning/one-target/summary.js';
import type { TunableLever, TuningProblem } from '../../../src/tuning/problem.js';

const YEARS = [2025, 2026, 2027];

function lever(parameter: ParameterName, year: number, sensitivity: number): TunableLever {
  const { eventType, bounds, step } = PARAMETERS[parameter];
  return {
    scenario_id: 'default',
    fiscal_year: year,
    job_level: 1,
    event_type: eventType,
    parameter_name: parameter,
    value: (bounds[0] + bounds[1]) / 2,
    low: bounds[0],
    high: bounds[1],
    locked: false,
    step,
    sensitivity,
  };
}

/** Percent: each lever's effect per room, with a product between neighbours so that effects are not quite additive. */
const response =
  (effects: readonly number[], bend: number) =>
  (levers: readonly TunableLever[], values: readonly number[]): number => {
    const turns = levers.map((row, index) => (values[index]! - row.value) / ((row.high - row.low) / 2));
    const sum = turns.reduce((total, turn, index) => total + effects[index]! * turn, 0);
    return 3 + sum + bend * (turns[0] ?? 0) * (turns[1] ?? 0);
  };

function problemOf(effects: readonly number[], asked: Partial<TuningProblem>): TuningProblem {
  const names: ParameterName[] = ['merit_base', 'new_hire_salary_adjustment'];
  const cells = names.flatMap((name) => YEARS.map((year) => [name, year] as const));
  const isMeasured = asked.box?.effects === 'measured';
  return {
    target: 2,
    tolerance: 0.01,
    max_iterations: 20,
    strategy: 'balanced',
    target_mode: 'final-year',
    levers: cells.map(([name, year], index) => {
      const row = lever(name, year, 0);
      return { ...row, sensitivity: isMeasured ? effects[index]! / ((row.high - row.low) / 2) : 0 };
    }),
    ...asked,
  };
}

function run(problem: TuningProblem, growth: ReturnType<typeof response>): TuningState {
  // The tuner orders the rows: effects are named by their place in the order given here.
  const places = new Map(
    problem.levers.map((row, index) => [`${row.parameter_name} ${row.fiscal_year}`, index]),
  );
  const given = problem.levers;
  const at = (levers: readonly { parameter_name: string; fiscal_year: number; value: number }[]): number => {
    const values = given.map(({ value }) => value);
    for (const row of levers) values[places.get(`${row.parameter_name} ${row.fiscal_year}`)!] = row.value;
    return growth(given, values);
  };
  let state = startTuning(problem, at([]));
  for (let step = nextStep(state); step.kind === 'simulate'; step = nextStep(state))
    state = recordGrowth(state, step, at(step.levers));
  return state;
}

function widest(effects: readonly number[], bend: number, { levers }: TuningProblem): [number, number] {
  const growths = Array.from({ length: 2 ** levers.length }, (_, corner) =>
    response(effects, bend)(
      levers,
      levers.map(({ low, high }, index) => ((corner >> index) & 1 ? high : low)),
    ),
  );
  return [Math.min(...growths), Math.max(...growths)];
}

/** Merit helps everywhere; hire pay takes growth off the last year but in that year itself. */
const EFFECTS = [0.5, 0.5, 1, -1, -2, 3];

test.each(['measured', 'other'] as const)(
  'a verdict of infeasible states the widest range: effects %s',
  (effects) => {
    const problem = problemOf(EFFECTS, { target: 20, box: { effects } });
    const { verdict, attainable_growth, attainable_search, recommendations } = summarise(
      run(problem, response(EFFECTS, 0.1)),
    );
    const [low, high] = widest(EFFECTS, 0.1, problem);
    expect([verdict, attainable_search]).toEqual(['infeasible', 'box']);
    expect(attainable_growth).toEqual([expect.closeTo(low, 9), expect.closeTo(high, 9)]);
    expect(recommendations[0]?.message).toContain('searched lever by lever and year by year');
  },
);

test('without a search the words say that one path was looked at', () => {
  const { verdict, attainable_search, attainable_growth, recommendations } = summarise(
    run(problemOf(EFFECTS, { target: 20 }), response(EFFECTS, 0.1)),
  );
  expect([verdict, attainable_search]).toEqual(['infeasible', 'path']);
  expect(attainable_growth![1]).toBeLessThan(7);
  expect(recommendations[0]?.message).toContain('other corners were not searched');
});

test.each(
  (['conservative', 'balanced', 'aggressive'] as const).flatMap((strategy) =>
    (['measured', 'other'] as const).flatMap((effects) =>
      [10.4, 6.5, -1.5, -4.4].map((target) => ({ strategy, effects, target })),
    ),
  ),
)(
  '$strategy, effects $effects: $target % lies between the ends of the path and the box, and is met',
  (asked) => {
    const problem = problemOf(EFFECTS, { ...asked, box: { effects: asked.effects } });
    const { verdict, final_growth, attainable_search } = summarise(run(problem, response(EFFECTS, 0.1)));
    expect(verdict).toBe('converged');
    expect(Math.abs(final_growth - asked.target)).toBeLessThanOrEqual(0.01);
    expect(attainable_search).toBe('box');
  },
);

test('a target that the path encloses is searched for on the path alone, simulation by simulation', () => {
  const problem = problemOf(EFFECTS, { target: 4, box: { effects: 'measured' } });
  const { box: _box, ...plain } = problem;
  const [searched, unsearched] = [problem, plain].map((one) => run(one, response(EFFECTS, 0.1)));
  expect(searched!.trials).toEqual(unsearched!.trials);
});

test('locked rows stand in no corner', () => {
  const problem = problemOf(EFFECTS, { target: 20, box: { effects: 'other' } });
  const levers = problem.levers.map((row, index) => ({ ...row, locked: index === 5 }));
  const state = run({ ...problem, levers }, response(EFFECTS, 0.1));
  const held = levers[5]!;
  const place = state.problem.levers.findIndex(
    (row) => row.parameter_name === held.parameter_name && row.fiscal_year === held.fiscal_year,
  );
  expect(new Set(state.trials.map(({ values }) => values[place]))).toEqual(new Set([held.value]));
});

test('a corner that was not asked for is refused', () => {
  const problem = problemOf(EFFECTS, { target: 20, box: { effects: 'other' } });
  let state = startTuning(problem, 3);
  for (const growth of [0, 6]) {
    const step = nextStep(state);
    if (step.kind === 'simulate') state = recordGrowth(state, step, growth);
  }
  const { next } = boxSearch(state);
  const other = next!.map((side) => (side === 'low' ? ('high' as const) : ('low' as const)));
  expect(() =>
    recordGrowth(state, { kind: 'simulate', role: 'corner', t: null, sides: sidesKey(other), levers: [] }, 9),
  ).toThrow('was recorded, but the tuner did not ask for it');
  expect(sidedValues(state.problem, next!)).toHaveLength(6);
});

test('law: on additive responses the range of an infeasible verdict is that of all corners', () => {
  const effect = fc.integer({ min: -300, max: 300 }).map((hundredths) => hundredths / 100);
  fc.assert(
    fc.property(
      fc.array(effect, { minLength: 6, maxLength: 6 }),
      fc.constantFrom('measured' as const, 'other' as const),
      fc.constantFrom(-60, 60),
      (effects, known, target) => {
        const problem = problemOf(effects, { target, box: { effects: known } });
        const { verdict, attainable_growth } = summarise(run(problem, response(effects, 0)));
        const [low, high] = widest(effects, 0, problem);
        expect(verdict).toBe('infeasible');
        expect(attainable_growth).toEqual([expect.closeTo(low, 6), expect.closeTo(high, 6)]);
      },
    ),
    { numRuns: 60 },
  );
});
