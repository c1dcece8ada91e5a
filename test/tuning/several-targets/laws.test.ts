/** Laws of the tuner of several targets on random responses, linear and mildly bent. */
import fc from 'fast-check';
import { PRIORITIES, type TargetGoal } from '../../../src/targets/targets.contract.js';
import { loadSolver } from '../../../src/targets/highs.js';
import type { SolveLp } from '../../../src/tuning/several-targets/linear-program.js';
import { isMet, violation } from '../../../src/tuning/several-targets/problem.js';
import { summariseMany, type ManySummary } from '../../../src/tuning/several-targets/summary.js';
import { orderedProblem, type TunableLever } from '../../../src/tuning/problem.js';
import { sampleLevers } from '../sample-company.js';
import { figuresAt, goal, manyProblem, runMany, type Response } from './response.js';

let solve: SolveLp;
beforeAll(async () => {
  solve = await loadSolver();
});

/** Two years of the sample: enough for every kind of lever, and quick to solve. */
const LEVERS = orderedProblem({
  target: 2,
  tolerance: 1,
  max_iterations: 1,
  strategy: 'balanced',
  levers: sampleLevers().filter(({ fiscal_year }) => fiscal_year <= 2026),
}).levers;

const effect = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 20 }));
const kind = fc.constantFrom('target', 'cap', 'floor');
const priority = fc.constantFrom(...PRIORITIES);

const perRow = <Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value[]> =>
  fc.array(arbitrary, { minLength: LEVERS.length, maxLength: LEVERS.length });

const target = fc.record({
  kind,
  priority,
  effects: perRow(effect),
  baseline: fc.integer({ min: -2, max: 6 }),
  value: fc.integer({ min: -10, max: 12 }),
  tolerance: fc.constantFrom(0.1, 0.05, 0.5),
});

const company = fc.record({
  targets: fc.array(target, { minLength: 1, maxLength: 4 }),
  locked: perRow(fc.boolean()),
  /** Each row's own bounds, as shares of its parameter's; today's value may lie outside. */
  bounds: perRow(fc.tuple(fc.constantFrom(0, 0, 0.2, 0.45), fc.constantFrom(1, 1, 0.8, 0.55))),
  bend: fc.constantFrom<number[]>(0, 0, 0.01, -0.01),
});
type Company = typeof company extends fc.Arbitrary<infer Value> ? Value : never;

function setUp({ targets, locked, bounds, bend }: Company) {
  const goals = targets.map(({ kind: kindOf, priority: priorityOf, value, tolerance }, index) =>
    goal({ kind: kindOf, priority: priorityOf, value, tolerance, fiscal_year: 2025 + index }),
  );
  const levers = LEVERS.map((lever, row): TunableLever => {
    const [least, most] = bounds[row]!;
    const at = (share: number): number => Number((lever.low + share * (lever.high - lever.low)).toFixed(6));
    return { ...lever, low: at(least), high: at(most), locked: locked[row]! && row % 3 === 0 };
  });
  const response: Response = {
    effects: targets.map(({ effects }) => effects),
    baselines: targets.map(({ baseline }) => baseline),
    bend,
  };
  return { problem: manyProblem(goals, { levers }), response };
}

const run = (made: ReturnType<typeof setUp>) => runMany(made.problem, made.response, solve);

const options = { numRuns: 25, seed: 7 };

const ROWS = LEVERS.map((_, row) => row);

test('levers stay within the bounds of their level and year, locked ones as they are, all at six decimals', () => {
  fc.assert(
    fc.property(company, (made) => {
      const { problem, response } = setUp(made);
      const state = runMany(problem, response, solve);
      for (const { values } of state.trials) {
        problem.levers.forEach(({ value, low, high, locked }, row) => {
          const [least, most] = locked ? [value, value] : [Math.min(value, low), Math.max(value, high)];
          expect(values[row]).toBeGreaterThanOrEqual(least);
          expect(values[row]).toBeLessThanOrEqual(most);
          expect(Number(values[row]!.toFixed(6))).toBe(values[row]);
        });
      }
      const held = summariseMany(state).changes.filter((_, row) => problem.levers[row]!.locked);
      expect(held.filter(({ before, after, bound }) => before !== after || bound !== 'locked')).toEqual([]);
    }),
    options,
  );
});

/** Sums of violations, high priority first, in the targets' own units. */
const sumsOf = (goals: readonly TargetGoal[], finals: readonly number[]): number[] =>
  PRIORITIES.map((name) =>
    goals.reduce(
      (sum, row, index) => (row.priority === name ? sum + violation(row, finals[index]!) : sum),
      0,
    ),
  );

test('no simulated levers violate higher priorities less than the kept ones, at no time', () => {
  fc.assert(
    fc.property(company, (made) => {
      const { problem, response } = setUp(made);
      const sums = (values: readonly number[]): number[] =>
        sumsOf(problem.targets, figuresAt(problem, response, values));
      runMany(problem, response, solve, {
        each: (state) => {
          const kept = sums(summariseMany(state).best.levers.map(({ value }) => value));
          const simulated = state.trials.filter(({ figures }) => figures !== null);
          const better = simulated.filter(({ values }) => {
            const gains = sums(values).map((sum, index) => kept[index]! - sum);
            return (gains.find((gain) => Math.abs(gain) > 1e-9) ?? 0) > 0;
          });
          expect(better).toEqual([]);
        },
      });
    }),
    options,
  );
});

test('a converged run meets every target, an infeasible one names what it could not', () => {
  fc.assert(
    fc.property(company, (made) => {
      const { problem, response } = setUp(made);
      const summary = summariseMany(runMany(problem, response, solve));
      const figures = figuresAt(
        problem,
        response,
        summary.best.levers.map(({ value }) => value),
      );
      expect(summary.targets.map(({ final }) => final)).toEqual(figures);
      expect(summary.targets.map(({ met }) => met)).toEqual(
        problem.targets.map((row, index) => isMet(row, figures[index]!)),
      );
      expect(summary.verdict === 'converged').toBe(summary.targets.every(({ met }) => met));
      expect(summary.verdict).not.toBe('not_converged');
      expect(summary.simulations).toBeLessThanOrEqual(8);
    }),
    options,
  );
});

test('targets that today’s levers meet leave them untouched', () => {
  fc.assert(
    fc.property(company, (made) => {
      const met = made.targets.map((row) => ({ ...row, value: row.baseline }));
      const summary = summariseMany(run(setUp({ ...made, targets: met })));
      expect(summary).toMatchObject({ verdict: 'converged', iterations: [], best: { iteration: 0 } });
      expect(summary.changes.every(({ before, after }) => before === after)).toBe(true);
    }),
    options,
  );
});

test('the order of the lever rows changes nothing', () => {
  fc.assert(
    fc.property(company, fc.shuffledSubarray(ROWS, { minLength: ROWS.length }), (made, order) => {
      const { problem, response } = setUp(made);
      const asked = { ...problem, levers: order.map((row) => problem.levers[row]!) };
      const told = runMany(problem, response, solve, { asked });
      expect(summariseMany(told)).toEqual(summariseMany(runMany(problem, response, solve)));
    }),
    options,
  );
});

test('the order of the targets changes nothing', () => {
  fc.assert(
    fc.property(company, (made) => {
      const { problem, response } = setUp(made);
      const turned = summariseMany(
        runMany({ ...problem, targets: problem.targets.toReversed() }, reversed(response), solve),
      );
      const straight = summariseMany(runMany(problem, response, solve));
      expect(turned.verdict).toBe(straight.verdict);
      const finals = turned.targets.toReversed().map(({ final }) => final);
      const sums = sumsOf(
        problem.targets,
        straight.targets.map(({ final }) => final),
      );
      sumsOf(problem.targets, finals).forEach((sum, index) => expect(sum).toBeCloseTo(sums[index]!, 1));
    }),
    options,
  );
});

const reversed = ({ effects, baselines, bend }: Response): Response => ({
  effects: effects.toReversed(),
  baselines: baselines.toReversed(),
  bend,
});

/** What is compared of two runs of one problem in different units. */
const shapeOf = ({ verdict, simulations, targets }: ManySummary) => ({
  verdict,
  simulations,
  met: targets.map(({ met, gave_way }) => [met, gave_way]),
});

test('levers in percent instead of decimals come out the same', () => {
  fc.assert(
    fc.property(company, (made) => {
      const { problem, response } = setUp(made);
      const percent = (value: number): number => Number((value * 100).toFixed(6));
      const inPercent = problem.levers.map((lever) => ({
        ...lever,
        value: percent(lever.value),
        low: percent(lever.low),
        high: percent(lever.high),
        step: percent(lever.step),
      }));
      const effects = response.effects.map((row) => row.map((each) => each / 100));
      const once = summariseMany(runMany(problem, response, solve));
      const scaled = summariseMany(
        runMany({ ...problem, levers: inPercent }, { ...response, effects }, solve),
      );
      expect(shapeOf(scaled)).toEqual(shapeOf(once));
      scaled.changes.forEach(({ after }, row) =>
        expect(after / 100).toBeCloseTo(once.changes[row]!.after, 3),
      );
    }),
    options,
  );
});

test('targets in thousands of dollars instead of dollars come out the same', () => {
  fc.assert(
    fc.property(company, (made) => {
      const dollars = (factor: number) => {
        const { problem, response } = setUp(made);
        const targets = problem.targets.map((row) => ({
          ...row,
          metric: 'total_compensation_cost' as const,
          value: row.value * factor,
          tolerance: row.tolerance * factor,
        }));
        const baselines = response.baselines.map((each) => each * factor);
        const effects = response.effects.map((row) => row.map((each) => each * factor));
        return summariseMany(runMany({ ...problem, targets }, { ...response, baselines, effects }, solve));
      };
      const [whole, thousands] = [dollars(1_000_000), dollars(1000)];
      expect(shapeOf(thousands)).toEqual(shapeOf(whole));
      thousands.changes.forEach(({ after }, row) => expect(after).toBeCloseTo(whole.changes[row]!.after, 4));
    }),
    options,
  );
});

test('targets of low priority, however strict, never make those of high priority worse', () => {
  fc.assert(
    fc.property(company, fc.constantFrom(1, 10, 100), (made, stricter) => {
      const linear = {
        ...made,
        bend: 0,
        targets: made.targets.map((row, index) => ({
          ...row,
          priority: index === 0 ? ('high' as const) : ('low' as const),
        })),
      };
      const { problem, response } = setUp(linear);
      const worst = (goals: readonly TargetGoal[], effects: Response) =>
        violation(
          goals[0]!,
          summariseMany(runMany({ ...problem, targets: goals }, effects, solve)).targets[0]!.final,
        );
      const alone = worst(problem.targets.slice(0, 1), {
        ...response,
        effects: response.effects.slice(0, 1),
        baselines: response.baselines.slice(0, 1),
      });
      const strict = problem.targets.map((row, index) =>
        index === 0 ? row : { ...row, tolerance: row.tolerance / stricter },
      );
      expect(worst(strict, response)).toBeLessThanOrEqual(alone + 0.01);
    }),
    options,
  );
});
