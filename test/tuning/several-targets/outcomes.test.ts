/** What the result says of targets that are in each other's way: who gave way, by how much, what a point costs. */
import { loadSolver } from '../../../src/targets/highs.js';
import type { TargetGoal } from '../../../src/targets/targets.contract.js';
import type { SolveLp } from '../../../src/tuning/several-targets/linear-program.js';
import { summariseMany } from '../../../src/tuning/several-targets/summary.js';
import type { TunableLever } from '../../../src/tuning/problem.js';
import { sampleLevers } from '../sample-company.js';
import { goal, manyProblem, runMany } from './response.js';

let solve: SolveLp;
beforeAll(async () => {
  solve = await loadSolver();
});

/** One row: 2026's merit of level 1, today 4 %, between 1 and 10 %. */
const [MERIT] = sampleLevers(['merit_base']).filter(
  ({ fiscal_year, job_level }) => fiscal_year === 2026 && job_level === 1,
);

/** A company in which one more point of merit is half a point of growth, and 3 million of 600 million of payroll. */
function tune(goals: readonly TargetGoal[], levers = [MERIT!]) {
  const effects = goals.map(({ metric }) =>
    levers.map(
      () =>
        ({ compensation_growth_rate: 50, total_compensation_cost: 3e8, headcount: 0 })[metric as 'headcount'],
    ),
  );
  const baselines = goals.map(
    ({ metric }) =>
      ({ compensation_growth_rate: 3, total_compensation_cost: 6e8, headcount: 5000 })[metric as 'headcount'],
  );
  const payroll = levers.map(() => 9e8);
  return summariseMany(
    runMany(manyProblem(goals, { levers }), { effects, baselines, bend: 0, payroll }, solve),
  );
}

const growth = (value: number, more: Partial<TargetGoal> = {}) => goal({ fiscal_year: 2026, value, ...more });
const cap = (value: number, more: Partial<TargetGoal> = {}) =>
  goal({ fiscal_year: 2026, metric: 'total_compensation_cost', kind: 'cap', value, tolerance: 0, ...more });

test.each([
  { name: 'growth of low priority', first: 'low', second: 'high', gaveWay: [true, false] },
  {
    name: 'growth of low priority, the cap of medium',
    first: 'low',
    second: 'medium',
    gaveWay: [true, false],
  },
  { name: 'a cap of low priority', first: 'high', second: 'low', gaveWay: [false, true] },
  { name: 'a cap of medium priority', first: 'high', second: 'medium', gaveWay: [false, true] },
] as const)('$name gives way', ({ first, second, gaveWay }) => {
  const { verdict, targets } = tune([growth(5, { priority: first }), cap(603_000_000, { priority: second })]);
  expect(verdict).toBe('infeasible');
  expect(targets.map(({ gave_way }) => gave_way)).toEqual(gaveWay);
  expect(targets.map(({ met }) => met)).toEqual(gaveWay.map((gave) => !gave));
});

test('by how much: what the cap of high priority leaves is used up', () => {
  const { targets } = tune([growth(5, { priority: 'low' }), cap(603_000_000)]);
  // The cap allows one point of merit, and so half a point of growth.
  expect(targets[0]?.final).toBeCloseTo(3.5, 2);
  expect(targets[0]?.gap).toBeCloseTo(1.5, 2);
  expect(targets[1]?.final).toBeLessThanOrEqual(603_000_000);
});

test('a point of growth costs what its merit adds to payroll over the plan years; one of payroll is 1 %', () => {
  const { targets } = tune([growth(5, { priority: 'low' }), cap(603_000_000)]);
  // 1 pp of growth takes 2 pp of merit: .02 of 900 million.
  expect(targets[0]?.cost_per_point).toBeCloseTo(18_000_000, 3);
  // 1 % of 603 million is 2.01 pp of merit: .0201 of 900 million.
  expect(targets[1]?.cost_per_point).toBeCloseTo(18_090_000, 3);
});

test('what no lever moves costs nothing to name, and did not give way', () => {
  const { targets, recommendations } = tune([goal({ metric: 'headcount', value: 6000, tolerance: 1 })]);
  expect(targets[0]).toMatchObject({ met: false, gave_way: false, cost_per_point: null });
  expect(recommendations[0]?.code).toBe('TARGET_NOT_TUNABLE');
});

test('a target beyond the bounds did not give way, whatever stands beside it', () => {
  const { targets, recommendations } = tune([growth(9, { priority: 'low' }), cap(630_000_000)]);
  // 6 pp of merit are left: 3 pp of growth.
  expect(targets[0]?.final).toBeCloseTo(6, 2);
  expect(targets.map(({ met, gave_way }) => [met, gave_way])).toEqual([
    [false, false],
    [true, false],
  ]);
  expect(recommendations[0]?.code).toBe('TARGET_OUT_OF_REACH');
});

test('among equals the sum of violations is the least: the cheaper one is met', () => {
  const { targets } = tune([growth(4, { tolerance: 0.1 }), growth(3.2, { kind: 'cap', tolerance: 1 })]);
  // .7 pp apart; a unit of the first is a tenth of one of the second.
  expect(targets.map(({ met }) => met)).toEqual([true, true]);
});

test('who gave way is told target by target, whatever lies out of reach beside it', () => {
  const headcount = goal({ metric: 'headcount', value: 6000, tolerance: 1, priority: 'low' });
  const { targets } = tune([growth(5, { priority: 'low' }), cap(603_000_000), headcount]);
  expect(targets.map(({ gave_way }) => gave_way)).toEqual([true, false, false]);
});

test('a target below the bounds did not give way either', () => {
  const { verdict, targets } = tune([growth(-3, { kind: 'cap' })]);
  expect(verdict).toBe('infeasible');
  // Merit of 1 % is 1.5 points of growth less.
  expect(targets[0]?.final).toBeCloseTo(1.5, 2);
  expect(targets[0]).toMatchObject({ met: false, gave_way: false });
});

test('nothing gave way in a run that ended before it was shown that not all can be met', () => {
  const { verdict, targets } = summariseMany(
    runMany(
      manyProblem([growth(5, { tolerance: 0.001 })], { levers: [MERIT!], max_iterations: 1 }),
      { effects: [[50]], baselines: [3], bend: 0.001 },
      solve,
    ),
  );
  expect(verdict).toBe('not_converged');
  expect(targets[0]).toMatchObject({ met: false, gave_way: false });
});

describe('a point is bought by the least change of levers', () => {
  /** Growth and payroll answer to each row as told; the kept levers are today's, where `value` is out of reach. */
  const costOf = (levers: readonly TunableLever[], effect: number[], payroll: number[], value: number) => {
    const goals = [growth(value, { kind: value > 3 ? 'floor' : 'cap' })];
    const response = { effects: [effect], baselines: [3], bend: 0, payroll };
    return summariseMany(runMany(manyProblem(goals, { levers }), response, solve)).targets[0]!.cost_per_point;
  };
  const [first, second] = sampleLevers(['merit_base']);
  const fixed = (lever: TunableLever): TunableLever => ({ ...lever, low: lever.value, high: lever.value });
  const downTo = (lever: TunableLever): TunableLever => ({ ...lever, low: lever.value });
  const upTo = (lever: TunableLever): TunableLever => ({ ...lever, high: lever.value });

  test('each row moves in proportion to its effect', () => {
    const cost = costOf([first!, second!], [50, 25], [9e8, 6e8], 3.05);
    expect(cost).toBeCloseTo((50 * 9e8 + 25 * 6e8) / (50 ** 2 + 25 ** 2), 3);
  });

  test('a row without room the way that lacks does not count; the other way it does', () => {
    const effect = [50, 25];
    expect(costOf([upTo(first!), second!], effect, [9e8, 6e8], 3.5)).toBeCloseTo(6e8 / 25, 3);
    const both = (50 * 9e8 + 25 * 6e8) / (50 ** 2 + 25 ** 2);
    expect(costOf([upTo(first!), second!], effect, [9e8, 6e8], 2.5)).toBeCloseTo(both, 3);
  });

  test('so for a figure that has to fall', () => {
    const effect = [50, 25];
    const both = (50 * 9e8 + 25 * 6e8) / (50 ** 2 + 25 ** 2);
    expect(costOf([downTo(first!), second!], effect, [9e8, 6e8], 2.5)).toBeCloseTo(6e8 / 25, 3);
    expect(costOf([downTo(first!), second!], effect, [9e8, 6e8], 3.05)).toBeCloseTo(both, 3);
  });

  test('where no row has room, all of them tell the price', () => {
    const effect = [50, 25];
    const both = (50 * 9e8 + 25 * 6e8) / (50 ** 2 + 25 ** 2);
    expect(costOf([upTo(first!), upTo(second!)], effect, [9e8, 6e8], 3.5)).toBeCloseTo(both, 3);
  });

  test('a row that cannot move at all never counts', () => {
    expect(costOf([fixed(first!), second!], [50, 25], [9e8, 6e8], 3.5)).toBeCloseTo(6e8 / 25, 3);
  });

  test('rows of cost of living turn together, and weigh as many as they are', () => {
    const cola = sampleLevers(['cola_rate']).slice(0, 2);
    const cost = costOf([first!, ...cola], [50, 50, 50], [9e8, 6e8, 6e8], 3.05);
    // By steps of .01: merit .5 pp for $9 million, both rows of cola 1 pp for $12 million, at half its weight.
    expect(cost).toBeCloseTo((0.5 * 9e6 + 0.5 * 12e6) / (0.5 * 0.5 + 0.5 * 1), 3);
  });
});
