/** The solver of linear and quadratic programs: optimal values, and an end to what it cannot solve. */
import { loadSolver } from '../../src/targets/highs.js';
import {
  lpText,
  minimise,
  type Program,
  type SolveLp,
} from '../../src/tuning/several-targets/linear-program.js';

let solve: SolveLp;
beforeAll(async () => {
  solve = await loadSolver();
});

test('the point of least squares on a line, inside the bounds', () => {
  const program: Program = {
    bounds: [
      [-1, 1],
      [0, 0.5],
    ],
    constraints: [
      {
        terms: new Map([
          [0, 1],
          [1, 2],
        ]),
        relation: '>=',
        bound: 2,
      },
    ],
    linear: new Map(),
    squares: new Map([
      [0, 1],
      [1, 1],
    ]),
  };
  const [first, second] = minimise(program, solve)!;
  expect(first).toBeCloseTo(1, 6);
  expect(second).toBeCloseTo(0.5, 6);
});

test('a program in which the quadratic solver goes round in circles ends without an optimum', () => {
  const box = [-0.6479100000000004, -0.6476099999999985] as const;
  const slope = 2193.459607911094;
  const line = (sign: 1 | -1) =>
    new Map([
      [0, slope],
      [1, slope],
      [2, sign],
    ]);
  const program: Program = {
    bounds: [box, box, [0, Infinity]],
    constraints: [
      { terms: line(1), relation: '>=', bound: -2843.1726499006463 },
      { terms: line(-1), relation: '<=', bound: -2842.1726499006463 },
      { terms: new Map([[2, 1]]), relation: '<=', bound: 0.001 },
    ],
    linear: new Map(),
    squares: new Map([
      [0, 1],
      [1, 1],
    ]),
  };
  expect(solve(lpText(program)).status).toBe('Iteration limit reached');
  expect(minimise(program, solve)).toBeNull();
});
