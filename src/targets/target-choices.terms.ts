/** What a target may name; free of zod, so that workflows and the tuner may load it. */

export const TARGET_METRICS = [
  'compensation_growth_rate',
  'total_compensation_cost',
  'median_merit_increase',
  'promotion_rate',
  'headcount',
  'level_1_median_salary',
  'level_2_median_salary',
  'level_3_median_salary',
  'level_4_median_salary',
  'level_5_median_salary',
  'new_hire_average_salary',
  'matched_cohort_growth_rate',
] as const;
export const TOLERANCE_KINDS = ['absolute_pp', 'relative'] as const;
export const PRIORITIES = ['high', 'medium', 'low'] as const;
/** A target is met inside ± its tolerance, a cap at most a tolerance above its value, a floor at most one below. */
export const TARGET_KINDS = ['target', 'cap', 'floor'] as const;

export type TargetMetric = (typeof TARGET_METRICS)[number];
export type Priority = (typeof PRIORITIES)[number];
