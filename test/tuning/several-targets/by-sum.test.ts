/** Where the quadratic solver gives up, another least change stands in, and the result says so. */
import { loadSolver } from '../../../src/targets/highs.js';
import type { SolveLp } from '../../../src/tuning/several-targets/linear-program.js';
import { summariseMany } from '../../../src/tuning/several-targets/summary.js';
import { goal, manyProblem, runMany } from './response.js';

let solve: SolveLp;
beforeAll(async () => {
  solve = await loadSolver();
});

const withoutSquares: SolveLp = (text) =>
  text.includes('^ 2') ? { status: 'gave up', columns: {} } : solve(text);

function tune(solver: SolveLp) {
  const problem = manyProblem([goal({ value: 5 })]);
  const effects = [problem.levers.map(({ sensitivity }) => sensitivity)];
  return summariseMany(runMany(problem, { effects, baselines: [3.8], bend: 0 }, solver));
}

const codes = ({ recommendations }: ReturnType<typeof tune>): string[] =>
  recommendations.map(({ code }) => code);

test('the least sum of changes is reported with how often it stood in', () => {
  const summary = tune(withoutSquares);
  expect(summary.verdict).toBe('converged');
  const note = summary.recommendations.find(({ code }) => code === 'LEAST_CHANGE_BY_SUM');
  expect(note?.message).toContain(`gave up on ${summary.iterations.length} of ${summary.iterations.length}`);
});

test('nothing is said of the least squared change', () => {
  const summary = tune((text) => solve(text));
  expect(summary.verdict).toBe('converged');
  expect(codes(summary)).not.toContain('LEAST_CHANGE_BY_SUM');
});

test('least squares move more levers, each less far', () => {
  const moved = ({ changes }: ReturnType<typeof tune>): number =>
    changes.filter(({ before, after }) => before !== after).length;
  expect(moved(tune(withoutSquares))).toBeLessThan(moved(tune((text) => solve(text))));
});
