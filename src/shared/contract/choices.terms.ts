/** The choices that a request may make, and the statuses of people; free of zod, so that the page may load them. */

export const METRICS = ['mean', 'median', 'payroll', 'prorated-mean', 'matched-cohort'] as const;
export const TARGET_MODES = ['average', 'every-year', 'final-year'] as const;
export const STRATEGIES = ['conservative', 'balanced', 'aggressive'] as const;
export const ENGINES = ['auto', 'plan', 'dbt'] as const;
export const APPLY_POLICIES = ['never', 'on-convergence', 'after-approval'] as const;
/** Orders of a list of runs: by start, those that need somebody first, by distance from the target. */
export const RUN_ORDERS = ['newest', 'failed', 'gap'] as const;
export type RunOrder = (typeof RUN_ORDERS)[number];

export const STATUSES = [
  'continuous_active',
  'new_hire_active',
  'experienced_termination',
  'new_hire_termination',
] as const;

export type Metric = (typeof METRICS)[number];
export type TargetMode = (typeof TARGET_MODES)[number];
export type Strategy = (typeof STRATEGIES)[number];
export type EngineChoice = (typeof ENGINES)[number];
export type DetailedStatus = (typeof STATUSES)[number];
export type ApplyPolicy = (typeof APPLY_POLICIES)[number];
