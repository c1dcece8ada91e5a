/** The figures that a run may be given targets for: their words and units. */
import type { TargetMetric } from '../../../src/targets/target-choices.terms.js';
import { count, dollars, millions, percent, percentagePoints } from './number.js';

interface MetricWords {
  readonly name: string;
  readonly unit: '%' | 'USD' | 'people';
}

const level = (number: number): MetricWords => ({ name: `Median pay of level ${number}`, unit: 'USD' });

export const TARGET_METRIC_WORDS: Record<TargetMetric, MetricWords> = {
  compensation_growth_rate: { name: 'Growth of mean pay', unit: '%' },
  total_compensation_cost: { name: 'Total payroll', unit: 'USD' },
  median_merit_increase: { name: 'Median merit increase', unit: '%' },
  promotion_rate: { name: 'Promotion rate', unit: '%' },
  headcount: { name: 'Headcount', unit: 'people' },
  level_1_median_salary: level(1),
  level_2_median_salary: level(2),
  level_3_median_salary: level(3),
  level_4_median_salary: level(4),
  level_5_median_salary: level(5),
  new_hire_average_salary: { name: 'Mean pay of new hires', unit: 'USD' },
  matched_cohort_growth_rate: { name: 'Growth of the same people', unit: '%' },
};

export const KIND_WORDS = { target: 'exactly', cap: 'at most', floor: 'at least' } as const;

/** A figure of that metric with its unit. */
export function targetText(metric: TargetMetric, value: number): string {
  const { unit } = TARGET_METRIC_WORDS[metric];
  if (unit === '%') return percent(value, 3);
  if (unit === 'USD') return amount(value);
  return count(value);
}

/** A difference in that metric with its unit. */
export function targetGapText(metric: TargetMetric, gap: number): string {
  const { unit } = TARGET_METRIC_WORDS[metric];
  if (unit === '%') return percentagePoints(gap, 3);
  const text = unit === 'USD' ? amount(gap) : count(gap);
  return gap > 0 ? `+${text}` : text;
}

const amount = (value: number): string => (Math.abs(value) < 1e7 ? dollars(value) : millions(value));
