/** Limits and targets of a link, trials as points, why each was made, and runs that were asked the same. */
import { optimizationRequest } from '../../src/runs/request.contract.js';
import type { OptimizationResult, RunDetails } from '../../web/src/api/types.js';
import { goalFault, goalsAsked, goalsOf } from '../../web/src/features/optimize/goals.js';
import { faultOf, limitsAsked, limitsOf, limitsShown } from '../../web/src/features/optimize/limits.js';
import { movesOf } from '../../web/src/features/optimize/moves.js';
import { askedOtherwise, requestOf, sameQuestion } from '../../web/src/features/optimize/run-request.js';
import { effortOf, movedParameters, trialsOf } from '../../web/src/features/optimize/trials.js';

describe('limits of a link', () => {
  test('are read one by one, and what the API would refuse is left out', () => {
    const limits = limitsOf([
      { lever: 'cola_rate', years: '2025-2026', levels: '1,2', low: 1, high: 2.5 },
      { lever: 'merit_base', frozen: 'yes', low: 1 },
      { lever: 'new_hire_salary_adjustment', low: 10, years: 'soon' },
      { lever: 'bonus' },
      7,
    ]);
    const asked = limitsAsked(limits ?? []);
    expect(asked).toEqual([
      { parameter_name: 'cola_rate', years: '2025-2026', job_levels: [1, 2], low: 0.01, high: 0.025 },
      { parameter_name: 'merit_base', frozen: true },
      { parameter_name: 'new_hire_salary_adjustment' },
    ]);
    expect(optimizationRequest.safeParse({ limits: asked }).success).toBe(true);
    expect(limitsAsked(limitsShown(asked))).toEqual(asked);
  });

  test.each([
    [{ lever: 'cola_rate', low: 3, high: 2 }, 'from 3 is above to 2'],
    // The optimiser's own bound is 8 %.
    [{ lever: 'cola_rate', low: 9 }, 'from 9 is above to 8'],
    [{ lever: 'cola_rate', low: 9, frozen: 'yes' }, undefined],
    [{ lever: 'cola_rate', low: -1 }, 'from must be from 0 to 10'],
    [{ lever: 'cola_rate', high: 999 }, 'to must be from 0 to 10'],
    [{ lever: 'cola_rate', step: 0 }, 'step must be from 0.01 to 100'],
    [{ lever: 'cola_rate', step: Number.NaN }, 'step must be from 0.01 to 100'],
    [{ lever: 'cola_rate', low: -1, frozen: 'yes' }, undefined],
    [{ lever: 'merit_base', high: 2 }, undefined],
  ] as const)('%o: %s', (limit, fault) => {
    expect(faultOf(limit)).toBe(fault);
  });
});

test('targets of a link are read with their defaults, as the API takes them', () => {
  const goals = goalsOf([
    { year: 2026, metric: 'total_compensation_cost', kind: 'cap', value: 6.9e8, tolerance: 0 },
    { year: 2026, metric: 'compensation_growth_rate', value: 3 },
    { year: 2026, metric: 'bonus', value: 3 },
  ]);
  const asked = goalsAsked(goals ?? []);
  expect(asked).toHaveLength(2);
  expect(optimizationRequest.safeParse({ targets: asked }).success).toBe(true);
  expect(goals?.map((goal) => goalFault(goal, '2025-2029'))).toEqual([undefined, undefined]);
  const [cap, growth] = goals ?? [];
  expect(growth && goalFault({ ...growth, tolerance: 0 }, '2025-2029')).toContain('above 0');
  expect(cap && goalFault(cap, '2027-2029')).toContain('no plan year (2027 to 2029)');
  const wrong = (over: object) => growth && goalFault({ ...growth, ...over }, '2025-2029');
  expect(wrong({ year: 2026.5 })).toContain('no plan year');
  expect(wrong({ year: 20_261 })).toBe('year must be from 2020 to 2060');
  expect(wrong({ value: Number.NaN })).toBe('value is missing');
  expect(wrong({ tolerance: -1 })).toBe('tolerance must be from 0 to 1000000000000000');
});

const lever = { scenario_id: 'default', fiscal_year: 2025, job_level: 1, event_type: 'RAISE' } as const;
const result = {
  simulation_id: 'two',
  target_growth: 2,
  initial_growth: 3.9,
  initial_gap: -1.9,
  attainable_growth: [0.3, 14.6],
  targets: null,
  iterations: [
    { iteration: 1, growth: 1.9, gap: 0.1, simulation_id: 'one', levers: values(0.02, 0.01) },
    { iteration: 2, growth: 2, gap: 0, simulation_id: 'two', levers: values(0.021, 0.01) },
  ],
  levers: [
    { ...lever, parameter_name: 'merit_base', before: 0.04, after: 0.021, bound: null },
    { ...lever, parameter_name: 'cola_rate', before: 0.01, after: 0.01, bound: null },
  ],
} as unknown as OptimizationResult;

function values(merit: number, cola: number) {
  return [
    { ...lever, parameter_name: 'merit_base', value: merit },
    { ...lever, parameter_name: 'cola_rate', value: cola },
  ];
}

test('trials are the baseline and each iteration; a lever that stands still is no axis', () => {
  const trials = trialsOf(result);
  expect(trials.map(({ name, growth, kept }) => [name, growth, kept])).toEqual([
    ['baseline', 3.9, false],
    ['1', 1.9, false],
    ['2', 2, true],
  ]);
  expect(trials.map(({ means }) => means.get('merit_base'))).toEqual([4, 2, 2.1]);
  expect(movedParameters(trials)).toEqual(['merit_base']);
  expect(effortOf(result)).toEqual({ rows: 1, steps: Math.sqrt(1.9 ** 2 / 2) });
});

test('why each step: the nearest measured trials on both sides of the target', () => {
  const [, first, second] = movesOf(result, 'average');
  expect(first?.why).toContain('between the lower bounds (0.300\u202f%) and the baseline (3.900\u202f%)');
  expect(second?.why).toContain('between iteration 1 (1.900\u202f%) and the baseline');
  expect([first?.change, second?.change]).toEqual(['Merit −2.00\u202fpp', 'Merit +0.10\u202fpp']);
});

describe('the same question', () => {
  const asked = {
    target: 2,
    tolerance: 0.1,
    max_iterations: 10,
    target_mode: 'average',
    metric: 'mean',
    statuses: ['continuous_active'],
    tune: ['merit_base'],
    scenario: 'default',
    years: { first: 2025, last: 2029 },
    seed: 42,
    engine: 'auto',
    census: 'c',
    lever_set: 'l',
  };
  const run = (run_id: string, request: object, status = 'converged') =>
    ({ run: { run_id, status }, request: { ...asked, ...request } }) as unknown as RunDetails;

  test('is that of runs which differ in their strategy alone; the newest of each stands', () => {
    const mine = run('mine', { strategy: 'balanced' });
    const found = sameQuestion(mine, [
      run('newer', { strategy: 'balanced' }),
      run('seed', { strategy: 'aggressive', seed: 7 }),
      run('failed', { strategy: 'conservative' }, 'failed'),
      run('limited', { strategy: 'conservative', limits: [{ parameter_name: 'cola_rate', frozen: true }] }),
      run('twin', { strategy: 'aggressive', run_id: 'twin', requested_by: 'bob' }),
    ]);
    expect(
      [...found].map(
        ([
          strategy,
          {
            run: { run_id },
          },
        ]) => [strategy, run_id],
      ),
    ).toEqual([
      ['balanced', 'mine'],
      ['aggressive', 'twin'],
    ]);
  });

  test('can be asked again for another strategy, and applies nothing', () => {
    const again = askedOtherwise(requestOf(run('mine', { strategy: 'balanced' }))!, 'aggressive');
    expect(again).toMatchObject({ strategy: 'aggressive', years: '2025-2029', seed: 42, apply: 'never' });
  });
});
