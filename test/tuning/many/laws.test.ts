/** Laws of the tuner of several targets on random responses, linear and mildly bent. */
import fc from 'fast-check';
import { PRIORITIES, type TargetGoal } from '../../../src/contract/targets.js';
import { loadSolver } from '../../../src/solver/highs.js';
import type { SolveLp } from '../../../src/tuning/many/linear-program.js';
import { isMet, violation } from '../../../src/tuning/many/problem.js';
import { summariseMany } from '../../../src/tuning/many/summary.js';
import { orderedProblem } from '../../../src/tuning/problem.js';
import { sampleLevers } from '../sample-company.js';
import { figuresAt, goal, manyProblem, runMany, type Response } from './response.js';

let solve: SolveLp;
beforeAll(async () => {
  solve = await loadSolver();
});

const LEVERS = orderedProblem({
  target: 2,
  tolerance: 1,
  max_iterations: 1,
  strategy: 'balanced',
  levers: sampleLevers(),
}).levers;

const effect = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 20 }));
const kind = fc.constantFrom('target', 'cap', 'floor');
const priority = fc.constantFrom(...PRIORITIES);

const target = fc.record({
  kind,
  priority,
  effects: fc.array(effect, { minLength: LEVERS.length, maxLength: LEVERS.length }),
  baseline: fc.integer({ min: -2, max: 6 }),
  value: fc.integer({ min: -10, max: 12 }),
  tolerance: fc.constantFrom(0.1, 0.05, 0.5),
});

const company = fc.record({
  targets: fc.array(target, { minLength: 1, maxLength: 4 }),
  locked: fc.array(fc.boolean(), { minLength: LEVERS.length, maxLength: LEVERS.length }),
  bend: fc.constantFrom<number[]>(0, 0, 0.01, -0.01),
});
type Company = typeof company extends fc.Arbitrary<infer Value> ? Value : never;

function setUp({ targets, locked, bend }: Company) {
  const goals = targets.map(({ kind: kindOf, priority: priorityOf, value, tolerance }, index) =>
    goal({ kind: kindOf, priority: priorityOf, value, tolerance, fiscal_year: 2025 + index }),
  );
  const levers = LEVERS.map((lever, row) => ({ ...lever, locked: locked[row]! && row % 3 === 0 }));
  const response: Response = {
    effects: targets.map(({ effects }) => effects),
    baselines: targets.map(({ baseline }) => baseline),
    bend,
  };
  return { problem: manyProblem(goals, { levers }), response };
}

const run = (made: ReturnType<typeof setUp>) => runMany(made.problem, made.response, solve);

const options = { numRuns: 40, seed: 7 };

test('levers stay within their bounds, locked ones as they are, all at six decimals', () => {
  fc.assert(
    fc.property(company, (made) => {
      const { changes } = summariseMany(run(setUp(made)));
      changes.forEach(({ before, after }, row) => {
        const lever = LEVERS[row]!;
        expect(after).toBeGreaterThanOrEqual(Math.min(before, lever.low));
        expect(after).toBeLessThanOrEqual(Math.max(before, lever.high));
        expect(Number(after.toFixed(6))).toBe(after);
      });
      const locked = changes.filter((_, row) => made.locked[row]! && row % 3 === 0);
      expect(locked.filter(({ before, after, bound }) => before !== after || bound !== 'locked')).toEqual([]);
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

test('the order of the rows changes nothing', () => {
  fc.assert(
    fc.property(company, (made) => {
      const { problem, response } = setUp(made);
      const turned = runMany(
        { ...problem, targets: problem.targets.toReversed() },
        reversed(response),
        solve,
      );
      const straight = runMany(problem, response, solve);
      expect(summariseMany(turned).verdict).toBe(summariseMany(straight).verdict);
      const sums = (goals: readonly TargetGoal[], finals: readonly number[]) =>
        PRIORITIES.map((name) =>
          goals.reduce(
            (sum, row, index) => (row.priority === name ? sum + violation(row, finals[index]!) : sum),
            0,
          ),
        );
      const left = sums(
        problem.targets,
        summariseMany(straight).targets.map(({ final }) => final),
      );
      const right = sums(
        problem.targets.toReversed(),
        summariseMany(turned).targets.map(({ final }) => final),
      );
      left.forEach((sum, index) => expect(right[index]).toBeCloseTo(sum, 1));
    }),
    options,
  );
});

const reversed = ({ effects, baselines, bend }: Response): Response => ({
  effects: effects.toReversed(),
  baselines: baselines.toReversed(),
  bend,
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
