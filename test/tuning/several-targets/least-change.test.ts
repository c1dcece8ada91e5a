/** Among all levers that meet the targets, those that change least from today's, in steps and squared. */
import fc from 'fast-check';
import { loadSolver } from '../../../src/targets/highs.js';
import type { SolveLp } from '../../../src/tuning/several-targets/linear-program.js';
import { change } from '../../../src/tuning/several-targets/merit.js';
import { summariseMany } from '../../../src/tuning/several-targets/summary.js';
import type { TunableLever } from '../../../src/tuning/problem.js';
import { sampleLevers } from '../sample-company.js';
import { goal, manyProblem, runMany } from './response.js';

let solve: SolveLp;
beforeAll(async () => {
  solve = await loadSolver();
});

/** Merit and hire pay of two years: each row a knob of its own. */
const LEVERS: TunableLever[] = sampleLevers(['merit_base', 'new_hire_salary_adjustment']).filter(
  ({ fiscal_year }) => fiscal_year <= 2026,
);
const TODAY = 3.8;

interface Company {
  readonly levers: readonly TunableLever[];
  readonly effects: readonly number[];
}

/** Σ (Δ / step)² of the least change that moves the figure to `value`: found by bisection, without a solver. */
function leastFor({ levers, effects }: Company, value: number): number {
  const turned = (price: number): number[] =>
    levers.map(({ value: today, low, high, step }, row) => {
      const turn = price * effects[row]! * step;
      return Math.min(Math.max(turn, (low - today) / step), (high - today) / step);
    });
  const figure = (price: number): number =>
    turned(price).reduce((sum, turn, row) => sum + turn * levers[row]!.step * effects[row]!, TODAY);
  let [least, most] = [-1e4, 1e4];
  for (let halving = 0; halving < 200; halving++) {
    const middle = (least + most) / 2;
    if (figure(middle) < value) least = middle;
    else most = middle;
  }
  return turned(most).reduce((sum, turn) => sum + turn ** 2, 0);
}

const company: fc.Arbitrary<Company> = fc.record({
  effects: fc.array(fc.integer({ min: 1, max: 20 }), { minLength: LEVERS.length, maxLength: LEVERS.length }),
  levers: fc
    .array(fc.tuple(fc.constantFrom(0.5, 1, 3), fc.constantFrom(1, 1, 0.7)), {
      minLength: LEVERS.length,
      maxLength: LEVERS.length,
    })
    .map((rows) =>
      rows.map(([weight, share], row) => {
        const lever = LEVERS[row]!;
        const high = Number((lever.value + share * (lever.high - lever.value)).toFixed(6));
        return { ...lever, high, step: lever.step * weight };
      }),
    ),
});

function tuned({ levers, effects }: Company, value: number, tolerance: number) {
  const problem = manyProblem([goal({ value, tolerance })], { levers });
  return runMany(problem, { effects: [effects], baselines: [TODAY], bend: 0 }, solve);
}

test('no levers that meet the target change less, but for the margin inside its tolerance', () => {
  fc.assert(
    fc.property(company, fc.constantFrom(2.5, 4.5, 6), (made, value) => {
      const tolerance = 0.01;
      const state = tuned(made, value, tolerance);
      const { verdict, best } = summariseMany(state);
      expect(verdict).toBe('converged');
      const kept = change(
        state.problem,
        best.levers.map(({ value: after }) => after),
      );
      const nearer = value - Math.sign(value - TODAY) * tolerance;
      expect(kept).toBeGreaterThanOrEqual(leastFor(made, nearer) * 0.9999);
      expect(kept).toBeLessThanOrEqual(leastFor(made, value) * 1.0001);
    }),
    { numRuns: 25, seed: 3 },
  );
});

test('a lever with a larger step moves further for the same cost', () => {
  const effects = LEVERS.map(() => 10);
  const wide = LEVERS.map((lever, row) => ({ ...lever, step: row === 0 ? 2 * lever.step : lever.step }));
  const [first, second] = [LEVERS, wide].map((levers) =>
    summariseMany(tuned({ levers, effects }, 4, 0.001)).changes.map(({ before, after }) => after - before),
  );
  expect(second![0]! / second![1]!).toBeCloseTo(4 * (first![0]! / first![1]!), 1);
});

test('several targets: no less is changed where the sum of changes is the least instead', () => {
  const limits = LEVERS.map(({ fiscal_year }, row) => (fiscal_year === 2025 ? 20 : row % 3));
  const problem = manyProblem(
    [
      goal({ value: 5, fiscal_year: 2025 }),
      goal({ value: 4.5, fiscal_year: 2026 }),
      goal({ kind: 'floor', value: 4.2, fiscal_year: 2026, priority: 'low' }),
    ],
    { levers: LEVERS },
  );
  const effects = [limits, limits.toReversed(), LEVERS.map((_, row) => row % 5)];
  const response = { effects, baselines: [TODAY, TODAY, TODAY], bend: 0 };
  const withoutSquares: SolveLp = (text) =>
    text.includes('^ 2') ? { status: 'gave up', columns: {} } : solve(text);
  const [squares, sum] = [solve, withoutSquares].map((solver) => {
    const { verdict, best } = summariseMany(runMany(problem, response, solver));
    expect(verdict).toBe('converged');
    return change(
      problem,
      best.levers.map(({ value }) => value),
    );
  });
  expect(squares).toBeLessThan(sum!);
});
