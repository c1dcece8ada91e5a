/** Growth measures against figures worked out by hand. */
import type { OptimizationRequest } from '../../src/runs/request.contract.js';
import type { SimulationSummary } from '../../src/simulation/simulation.contract.js';
import { checkSupported, growthByYear, growthMeasure, type GrowthMeasure } from '../../src/tuning/measure.js';

const year = (change: Partial<SimulationSummary['years'][number]>): SimulationSummary['years'][number] => ({
  year: 2025,
  opening: 10,
  hires: 3,
  experienced_terminations: 1,
  new_hire_terminations: 1,
  promotions: 0,
  raises: 8,
  closing: 10,
  by_status: {
    continuous_active: 8,
    new_hire_active: 2,
    experienced_termination: 1,
    new_hire_termination: 1,
  },
  mean_pay: 104,
  median_pay: 99,
  payroll: 1040,
  prorated_mean_pay: 51,
  matched_cohort_growth: 5,
  pay_by_status: {
    continuous_active: 880,
    new_hire_active: 160,
    experienced_termination: 90,
    new_hire_termination: 70,
  },
  growth: 4,
  decomposition: { raises: 0, promotions: 0, hires: 0, leavers: 0 },
  ...change,
});

const SUMMARY: SimulationSummary = {
  simulation_id: 's',
  engine: 'plan',
  reused: false,
  employees: 10,
  baseline: { headcount: 10, mean_pay: 100, median_pay: 90, payroll: 1000, prorated_mean_pay: 50 },
  years: [
    year({}),
    year({
      year: 2026,
      growth: 2,
      median_pay: 108.9,
      payroll: 1144,
      prorated_mean_pay: 51.51,
      matched_cohort_growth: 3,
      by_status: {
        continuous_active: 10,
        new_hire_active: 0,
        experienced_termination: 1,
        new_hire_termination: 0,
      },
      pay_by_status: {
        continuous_active: 1210,
        new_hire_active: 0,
        experienced_termination: 99,
        new_hire_termination: 0,
      },
    }),
  ],
  mean_growth: 3,
  seconds: 1,
};

const ACTIVES = ['continuous_active', 'new_hire_active'] as const;
const measure = (change: Partial<GrowthMeasure> = {}): GrowthMeasure => ({
  metric: 'mean',
  target_mode: 'average',
  statuses: ACTIVES,
  ...change,
});

test.each([
  { metric: 'mean', statuses: ACTIVES, first: 4, second: 2 },
  { metric: 'median', statuses: ACTIVES, first: 10, second: 10 },
  { metric: 'payroll', statuses: ACTIVES, first: 4, second: 10 },
  { metric: 'prorated-mean', statuses: ACTIVES, first: 2, second: 1 },
  { metric: 'matched-cohort', statuses: ACTIVES, first: 5, second: 3 },
  { metric: 'mean', statuses: ['continuous_active'], first: 10, second: 10 },
  {
    metric: 'payroll',
    statuses: ['continuous_active', 'experienced_termination'],
    first: -3,
    second: 34.948_453_608,
  },
] as const)('$metric of $statuses: $first % and $second %', ({ metric, statuses, first, second }) => {
  const growth = growthByYear(SUMMARY, { metric, statuses });
  expect(Object.keys(growth)).toEqual(['2025', '2026']);
  expect(growth['2025']).toBeCloseTo(first, 8);
  expect(growth['2026']).toBeCloseTo(second, 8);
  expect(growthMeasure(SUMMARY, measure({ metric, statuses }))).toBeCloseTo((first + second) / 2, 8);
  expect(growthMeasure(SUMMARY, measure({ metric, statuses, target_mode: 'final-year' }))).toBeCloseTo(
    second,
    8,
  );
});

test('the default measure is the summary’s own mean growth, in whatever order the statuses come', () => {
  const summary = { ...SUMMARY, mean_growth: 3.000_000_000_000_000_4 };
  expect(growthMeasure(summary, measure({ statuses: ACTIVES.toReversed() }))).toBe(summary.mean_growth);
});

test('the first year compares with all baseline actives even for one status', () => {
  expect(growthByYear(SUMMARY, { metric: 'mean', statuses: ['continuous_active'] })['2025']).toBeCloseTo(
    10,
    8,
  );
});

test.each([
  { name: 'nobody of that status', summary: SUMMARY, metric: 'mean', statuses: ['new_hire_active'] },
  {
    name: 'nobody in both years',
    summary: { ...SUMMARY, years: [year({ matched_cohort_growth: null })] },
    metric: 'matched-cohort',
    statuses: ACTIVES,
  },
] satisfies (Pick<GrowthMeasure, 'metric' | 'statuses'> & { name: string; summary: SimulationSummary })[])(
  '$name: growth does not exist',
  ({ summary, metric, statuses }) => {
    expect(() => growthByYear(summary, { metric, statuses })).toThrow(
      expect.objectContaining({ code: 'GROWTH_UNDEFINED' }),
    );
  },
);

type Checked = Pick<OptimizationRequest, 'target_mode' | 'metric' | 'statuses' | 'seeds' | 'targets'>;
const request = (change: Partial<Checked>): Checked => ({
  target_mode: 'average',
  metric: 'mean',
  statuses: [...ACTIVES],
  ...change,
});

test.each<[string, Partial<Checked>]>([
  ['seeds 3 with targets', { seeds: 3, targets: 't.csv' }],
  ['targets with target_mode final-year', { targets: 't.csv', target_mode: 'final-year' }],
  ['statuses continuous_active', { metric: 'median', statuses: ['continuous_active'] }],
])('%s is not available yet', (named, change) => {
  expect(() => checkSupported(request(change))).toThrow(`${named} is not available yet`);
});

test.each<Partial<Checked>>([
  {},
  { seeds: 1, targets: 't.csv' },
  { seeds: 64, target_mode: 'every-year' },
  { targets: 't.csv' },
  { target_mode: 'final-year' },
  { target_mode: 'every-year' },
  { metric: 'payroll', statuses: ['new_hire_active'] },
  { metric: 'median', statuses: ['new_hire_active', 'continuous_active'] },
])('%j is available', (change) => {
  expect(checkSupported(request(change))).toBeUndefined();
});

test('every-year reports the average of the years', () => {
  expect(growthMeasure(SUMMARY, measure({ target_mode: 'every-year' }))).toBe(3);
});
