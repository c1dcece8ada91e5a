/** Where the path does not enclose the target the corners of the bounds are searched, before anything is called infeasible. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { PARAMETERS, type ParameterName } from '../../../../src/levers/catalogue.terms.js';
import { boxSearch } from '../../../../src/tuning/one-target/box/search.js';
import { recordGrowth } from '../../../../src/tuning/one-target/record.js';
import { startTuning, type TuningState } from '../../../../src/tuning/one-target/state.js';
import { nextStep } from '../../../../src/tuning/one-target/step.js';
import { summarise } from '../../../../src/tuning/one-target/summary.js';
import type { TunableLever, TuningProblem } from '../../../../src/tuning/problem.js';

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
  expect(recommendations[0]?.message).toContain('other levers inside the bounds were not searched');
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

test('levers of the box that were not asked for are refused', () => {
  const problem = problemOf(EFFECTS, { target: 20, box: { effects: 'other' } });
  let state = startTuning(problem, 3);
  for (const growth of [0, 6]) {
    const step = nextStep(state);
    if (step.kind === 'simulate') state = recordGrowth(state, step, growth);
  }
  const asked = nextStep(state);
  expect(asked).toMatchObject({ kind: 'simulate', role: 'corner' });
  if (asked.kind !== 'simulate') return;
  const levers = asked.levers.map((row, index) => (index === 0 ? { ...row, value: row.value + 0.001 } : row));
  expect(() => recordGrowth(state, { ...asked, levers }, 9)).toThrow(
    'was recorded, but the tuner did not ask for it',
  );
  expect(boxSearch(recordGrowth(state, asked, 9)).next).not.toEqual(boxSearch(state).next);
});

/** A company that tells each year's growth: merit stays in pay, hire pay is what the year's hires get. */
const growthsOf = (levers: readonly { parameter_name: string; fiscal_year: number; value: number }[]) => {
  let [stayers, before] = [100, 100];
  return Object.fromEntries(
    YEARS.map((year) => {
      const of = (name: string): number =>
        levers.find((row) => row.parameter_name === name && row.fiscal_year === year)!.value;
      stayers *= 1 + of('merit_base');
      const level = 0.2 * stayers + 0.8 * 90 * of('new_hire_salary_adjustment');
      const growth = (level / before - 1) * 100;
      before = level;
      return [String(year), growth];
    }),
  );
};

test.each([
  { target_mode: 'average', target: 99, high: true },
  { target_mode: 'average', target: -99, high: false },
  { target_mode: 'final-year', target: 99, high: true },
  { target_mode: 'final-year', target: -99, high: false },
] as const)(
  '$target_mode towards $target %: nothing on a grid of all levers lies further out than what is stated',
  ({ target_mode, target, high }) => {
    const problem = problemOf([0, 0, 0, 0, 0, 0], { target, target_mode, box: { effects: 'other' } });
    const figure = (growths: Record<string, number>): number => {
      const all = Object.values(growths);
      return target_mode === 'final-year' ? all.at(-1)! : all.reduce((sum, each) => sum + each, 0) / 3;
    };
    const measure = (levers: Parameters<typeof growthsOf>[0]) => {
      const growth_by_year = growthsOf(levers);
      return [figure(growth_by_year), { simulation_id: '', seconds: 0, growth_by_year }] as const;
    };
    let state = startTuning(problem, ...measure(problem.levers));
    for (let step = nextStep(state); step.kind === 'simulate'; step = nextStep(state))
      state = recordGrowth(state, step, ...measure(step.levers));
    const { verdict, attainable_growth } = summarise(state);
    expect(verdict).toBe('infeasible');
    const shares = [0, 0.25, 0.5, 0.75, 1];
    let [lowest, highest] = [Infinity, -Infinity];
    for (let cell = 0; cell < shares.length ** 6; cell++) {
      const levers = problem.levers.map((row, index) => {
        const share = shares[Math.floor(cell / shares.length ** index) % shares.length]!;
        return { ...row, value: row.low + share * (row.high - row.low) };
      });
      const growth = figure(growthsOf(levers));
      [lowest, highest] = [Math.min(lowest, growth), Math.max(highest, growth)];
    }
    const [low, up] = attainable_growth!;
    const missed = high ? highest - up : low - lowest;
    expect(missed).toBeLessThanOrEqual(0.05);
  },
);

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
