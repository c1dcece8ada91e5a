/** Laws of the tuner on random problems and companies. */
import fc from 'fast-check';
import { STRATEGIES } from '../../src/runs/request.contract.js';
import { pathTo } from '../../src/tuning/one-target/path.js';
import { orderedProblem, type TunableLever, type TuningProblem } from '../../src/tuning/problem.js';
import { summarise } from '../../src/tuning/one-target/summary.js';
import { leversOf } from './conformance/levers.js';
import { runTuner, type Response } from './sample-company.js';

const problem: fc.Arbitrary<TuningProblem> = fc.record({
  target: fc.double({ min: -1, max: 8, noNaN: true }),
  tolerance: fc.constantFrom(0.001, 0.01, 0.1),
  max_iterations: fc.integer({ min: 1, max: 20 }),
  strategy: fc.constantFrom(...STRATEGIES),
  target_mode: fc.constantFrom('average' as const, 'final-year' as const),
  levers: leversOf(3, -0.2).map((rows) =>
    rows.map(({ effect, ...lever }): TunableLever => ({ ...lever, sensitivity: effect })),
  ),
});

const response: fc.Arbitrary<Response> = fc.oneof(
  fc.double({ min: -0.02, max: 0.02, noNaN: true }).map(
    (bend): Response =>
      (x) =>
        3 + x + bend * x ** 2,
  ),
  fc.constantFrom<Response>(
    (x) => 3 + 2 * Math.tanh(x),
    (x) => 3 + Math.round(x * 4) / 4,
    (x) => 3 + x + (x === 0 ? 0 : 0.3 * Math.sin(x * 900)),
    () => 3,
    (x) => 3 - x,
  ),
);

const law = (check: (problem: TuningProblem, response: Response) => void): void =>
  fc.assert(fc.property(problem, response, check), { numRuns: 300 });

test('a target is called infeasible exactly where it lies outside the measured range', () => {
  law((given, growth) => {
    const summary = summarise(runTuner(given, growth).state);
    const [low, high] = summary.attainable_growth!;
    const outside = given.target < low - given.tolerance || given.target > high + given.tolerance;
    expect(summary.verdict === 'infeasible').toBe(outside);
  });
});

test('neither range nor infeasibility depends on the strategy, and a smooth target in range is reached by all', () => {
  const smooth = fc.double({ min: -0.01, max: 0.01, noNaN: true });
  fc.assert(
    fc.property(problem, smooth, (given, bend) => {
      const growth: Response = (x) => 3 + x + bend * x ** 2;
      const summaries = STRATEGIES.map((strategy) =>
        summarise(runTuner({ ...given, strategy, tolerance: 0.1, max_iterations: 20 }, growth).state),
      );
      expect(new Set(summaries.map((summary) => JSON.stringify(summary.attainable_growth))).size).toBe(1);
      expect(new Set(summaries.map((summary) => summary.verdict)).size).toBe(1);
    }),
    { numRuns: 300 },
  );
});

test('every row moves only towards its corner as t rises, and arrives at t = 1', () => {
  const shares = fc.uniqueArray(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 12 });
  const side = fc.constantFrom('low' as const, 'high' as const);
  fc.assert(
    fc.property(problem, side, shares, (given, corner, places) => {
      const ordered = orderedProblem(given);
      const { valuesAt } = pathTo(ordered, corner, corner === 'high' ? 1 : -1);
      const along = [0, ...places.toSorted((left, right) => left - right), 1].map(valuesAt);
      ordered.levers.forEach(({ value, low, high, locked }, row) => {
        const values = along.map((trial) => trial[row]!);
        const sign = corner === 'high' ? 1 : -1;
        expect(values).toEqual(values.toSorted((left, right) => sign * (left - right)));
        const end = corner === 'high' ? Math.max(value, high) : Math.min(value, low);
        expect(values.at(-1)).toBe(locked ? value : end);
      });
    }),
    { numRuns: 300 },
  );
});

test('cola rows of a year that are equal stay equal', () => {
  law((given, growth) => {
    const levers = given.levers.map((row) =>
      row.parameter_name === 'cola_rate' ? { ...row, value: 0.03 } : row,
    );
    for (const { values } of runTuner({ ...given, levers }, growth).state.trials) {
      const free = orderedProblem({ ...given, levers }).levers.flatMap((row, index) =>
        row.parameter_name === 'cola_rate' && !row.locked
          ? [{ year: row.fiscal_year, value: values[index] }]
          : [],
      );
      for (const { year, value } of free)
        expect(value).toBe(free.find((other) => other.year === year)!.value);
    }
  });
});
