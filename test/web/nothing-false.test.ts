/** What the page says of a run, a simulation or a draft agrees with what it was made of. */
import { PARAMETER_NAMES } from '../../src/levers/catalogue.terms.js';
import { storedAt } from '../../web/src/app/stored-at.js';
import type { ImpactReport } from '../../web/src/api/types.js';
import { adviceOf, verdictOf } from '../../web/src/features/impact/advice.js';
import { goalOf } from '../../web/src/features/results/goal.js';
import { weightedMean, weightsOf } from '../../web/src/draft/weighted.js';
import { boundsProblem } from '../../web/src/ui/bounds.js';

describe('the target of the results', () => {
  const run = (run_id: string, role: 'kept' | 'iteration', target_growth: number | null) => ({
    run_id,
    role,
    iteration: role === 'kept' ? null : 1,
    target_growth,
    tolerance: 0.05,
  });
  test.each([
    ['of the run that keeps it', undefined, [run('a', 'iteration', 4), run('b', 'kept', 3)], 3, 'of run b'],
    ['of the latest run that tried it', undefined, [run('a', 'iteration', 4)], 4, 'of run a'],
    ['chosen here, said to be so', 5, [run('b', 'kept', 3)], 5, 'chosen here; run b asked for another'],
    ['the same chosen', 3, [run('b', 'kept', 3)], 3, 'of run b'],
    ['none without a run', undefined, [], null, 'no run asked for one; choose a target above'],
    [
      'none of several targets',
      undefined,
      [run('b', 'kept', null)],
      null,
      'no run asked for one; choose a target above',
    ],
  ] as const)('is %s', (_what, chosen, runs, target, whose) => {
    expect(goalOf(chosen, runs)).toMatchObject({ target, whose });
  });
});

test.each([
  ['/results', { simulation: 'abc', scenario: 'other' }, { simulation: 'abc' }],
  ['/results', {}, { simulation: null }],
  ['/optimize', { run: 'r1' }, { run: 'r1' }],
  ['/optimize', { scenario: 'other' }, undefined],
  ['/runs/r%201/report', {}, { run: 'r 1' }],
  ['/parameters', { run: 'r1' }, undefined],
])('the page at %s with %j is about %j', (path, search, stored) => {
  expect(storedAt(path, search)).toEqual(stored);
});

describe('advice on a draft', () => {
  const side = (growth: number) => ({ growth }) as NonNullable<ImpactReport['tornado'][number]['up']>;
  const swing = (place: number, down: number | null, up: number | null): ImpactReport['tornado'][number] => ({
    parameter_name: PARAMETER_NAMES[place] ?? 'merit_base',
    step: 0.01,
    down: down === null ? null : side(down),
    up: up === null ? null : side(up),
    growth_swing: (up ?? 0) - (down ?? 0),
    payroll_swing: 0,
  });
  const widest = [swing(2, -0.9, 0.9), swing(0, -0.6, 0.6)];

  test.each([
    ['too high', 5, /above.*: lower .*−0\.90\u202fpp, the widest swing$/],
    ['too low', 1, /below.*: raise .*\+0\.90\u202fpp, the widest swing$/],
  ])('names the lever of the widest swing of the chart: growth %s', (_what, growth, words) => {
    expect(verdictOf(growth, 3, widest).words.replace(/\.$/, '')).toMatch(words);
  });

  test.each([
    [
      'a lever at its hard range leaves it to the next',
      [swing(2, -0.9, null), swing(0, -0.6, 0.6)],
      /raise .*\+0\.60.* of those that can move that way$/,
    ],
    [
      'a lever that works the other way is lowered',
      [swing(2, 0.9, -0.9)],
      /lower .*\+0\.90.*the widest swing$/,
    ],
    ['no lever can', [swing(2, -0.9, null)], /no single lever/],
  ])('%s', (_what, tornado, words) => {
    expect(adviceOf(1, tornado)).toMatch(words);
  });

  test('nothing is advised before the swings are simulated, nor on target', () => {
    expect(adviceOf(1, undefined)).toBe('');
    expect(verdictOf(3, 3, widest).words).not.toMatch(/raise|lower/);
  });
});

test.each([
  [50, undefined],
  [-50, undefined],
  [50.01, 'from -50 to 50'],
  ['-', 'from -50 to 50'],
  ['', undefined],
])('a number typed as %j: %s', (typed, problem) => {
  expect(boundsProblem(typed, [-50, 50])).toBe(problem);
});

describe('averages over levels', () => {
  const values = [
    { level: 1, value: 0.04 },
    { level: 5, value: 0.02 },
  ];
  test.each([
    [
      'by payroll',
      new Map([
        [1, 3e6],
        [5, 1e6],
      ]),
      0.035,
    ],
    ['each once where no payroll is known', undefined, 0.03],
  ])('%s', (_what, weights, mean) => {
    expect(weightedMean(values, weights)).toBe(mean);
  });

  test('weights are those of the first year, and none where one is not told', () => {
    const rows = [2026, 2025].flatMap((year) =>
      [1, 2].map((level) => ({ year, level, payroll: year * level })),
    );
    expect(weightsOf(rows)).toEqual(
      new Map([
        [1, 2025],
        [2, 4050],
      ]),
    );
    expect(weightsOf([...rows, { year: 2025, level: 3, payroll: null }])).toBeUndefined();
    expect(weightsOf([])).toBeUndefined();
  });
});
