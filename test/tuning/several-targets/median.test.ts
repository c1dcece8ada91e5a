/** A median merit is the merit of the level that the middle raise stands in: which levels move, and how far. */
import { medianMerit } from '../../../src/targets/median-merit.terms.js';
import type { TargetGoal } from '../../../src/targets/targets.contract.js';
import { loadSolver } from '../../../src/targets/highs.js';
import type { SolveLp } from '../../../src/tuning/several-targets/linear-program.js';
import { recordMany, startMany } from '../../../src/tuning/several-targets/record.js';
import { nextManyStep } from '../../../src/tuning/several-targets/step.js';
import { summariseMany } from '../../../src/tuning/several-targets/summary.js';
import type { TunableLever } from '../../../src/tuning/problem.js';
import { sampleLevers } from '../sample-company.js';
import { goal, manyProblem } from './response.js';

let solve: SolveLp;
beforeAll(async () => {
  solve = await loadSolver();
});

/** Raises of levels 1 to 5 in 2026; their merit today is 4, 3, 2.5, 2 and 2 %, so that the median is 3 %. */
const RAISES = [360, 290, 190, 110, 50];
const MERITS = sampleLevers(['merit_base']).filter(({ fiscal_year }) => fiscal_year === 2026);

const median = (more: Partial<TargetGoal>): TargetGoal =>
  goal({ fiscal_year: 2026, metric: 'median_merit_increase', tolerance: 0, ...more });

const isMerit = ({ parameter_name, fiscal_year }: Pick<TunableLever, 'parameter_name' | 'fiscal_year'>) =>
  parameter_name === 'merit_base' && fiscal_year === 2026;

function tune(
  goals: readonly TargetGoal[],
  levers: readonly TunableLever[] = MERITS,
  raises: readonly number[] = RAISES,
) {
  const figures = (values: readonly number[]) => {
    const merits = values.filter((_, row) => isMerit(levers[row]!));
    return {
      values: goals.map(() => medianMerit(merits, raises)!.value),
      effects: goals.map(() => levers.map((lever) => (isMerit(lever) && lever.job_level === 2 ? 100 : 0))),
      raises: goals.map(() => raises),
      payroll: levers.map(() => 1e8),
    };
  };
  const today = levers.map(({ value }) => value);
  let state = startMany(manyProblem(goals, { levers }), { growth: 3, figures: figures(today) });
  for (let step = nextManyStep(state); step.kind === 'simulate'; step = nextManyStep(state)) {
    const told = step.role === 'candidate' ? figures(step.levers.map(({ value }) => value)) : null;
    state = recordMany(state, step.role, { growth: 3, figures: told }, solve);
  }
  const summary = summariseMany(state);
  return { ...summary, merits: summary.best.levers.filter(isMerit).map(({ value }) => value) };
}

const held = (...levels: number[]): TunableLever[] =>
  MERITS.map((lever) => ({ ...lever, locked: levels.includes(lever.job_level) }));

interface Row {
  readonly name: string;
  readonly kind?: TargetGoal['kind'];
  readonly value: number;
  readonly levers?: readonly TunableLever[];
  readonly raises?: readonly number[];
  readonly baseline?: number;
  readonly final?: number;
  readonly merits: readonly number[];
}

test.each<Row>([
  { name: 'a floor lifts the one level that is short by least', value: 3.5, merits: [4, 3.5, 2.5, 2, 2] },
  { name: 'a higher floor lifts both large levels', value: 5, merits: [5, 5, 2.5, 2, 2] },
  {
    name: 'a floor lifts the next level where the cheapest is locked',
    value: 3.5,
    levers: held(2),
    merits: [4, 3, 3.5, 2, 2],
  },
  {
    name: 'a cap lowers the levels up to the middle',
    kind: 'cap',
    value: 2.4,
    merits: [4, 2.4, 2.4, 2, 2],
  },
  {
    name: 'levers of other years and parameters stay, and do not count',
    value: 3.5,
    levers: sampleLevers(),
    merits: [4, 3.5, 2.5, 2, 2],
  },
  {
    name: 'a level without raises counts for nothing',
    value: 3.5,
    raises: [0, 600, 50, 300, 50],
    merits: [4, 3.5, 2.5, 2, 2],
  },
  {
    name: 'half of the raises is no majority',
    value: 3.6,
    raises: [500, 500, 0, 0, 0],
    baseline: 3.5,
    final: 3.8,
    merits: [4, 3.6, 2.5, 2, 2],
  },
])(
  '$name, to the very value',
  ({ kind = 'floor', value, levers, raises, baseline = 3, final = value, merits }: Row) => {
    const result = tune([median({ kind, value })], levers, raises);
    expect(result.verdict).toBe('converged');
    expect(result.merits.map((merit) => Number((merit * 100).toFixed(4)))).toEqual(merits);
    expect(result.targets[0]).toMatchObject({ baseline, final, met: true });
    expect(result.iterations).toHaveLength(1);
    const moved = result.changes.filter(({ before, after }) => before !== after);
    expect(moved.filter((row) => !isMerit(row))).toEqual([]);
  },
);

test('a cap below what the levels can fall to is infeasible, and came as near as they can', () => {
  const { verdict, targets } = tune([median({ kind: 'cap', value: 0.5 })]);
  expect(verdict).toBe('infeasible');
  expect(targets[0]).toMatchObject({ met: false, gave_way: false });
  expect(targets[0]!.final).toBeCloseTo(1, 3);
});

test('a target is met from both sides', () => {
  const { verdict, targets } = tune([median({ kind: 'target', value: 3.6, tolerance: 0.1 })]);
  expect(verdict).toBe('converged');
  expect(Math.abs(targets[0]!.final - 3.6)).toBeLessThanOrEqual(0.1 + 1e-9);
});

test('a floor above what the levels that may move can reach is infeasible, and came as near as they can', () => {
  const { verdict, targets } = tune([median({ kind: 'floor', value: 12 })]);
  expect(verdict).toBe('infeasible');
  expect(targets[0]).toMatchObject({ met: false, gave_way: false });
  expect(targets[0]!.final).toBeCloseTo(10, 3);
});

test('a floor and a cap that contradict each other: the one of low priority gives way', () => {
  const { verdict, targets } = tune([
    median({ kind: 'cap', value: 4, priority: 'low' }),
    median({ kind: 'floor', value: 5 }),
  ]);
  expect(verdict).toBe('infeasible');
  expect(targets.map(({ met, gave_way }) => [met, gave_way])).toEqual([
    [false, true],
    [true, false],
  ]);
  expect(targets[0]!.gap).toBeCloseTo(-1, 3);
});
