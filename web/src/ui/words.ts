/** The words of the page for what the API names in snake_case. */
import type {
  DetailedStatus,
  Metric,
  Strategy,
  TargetMode,
} from '../../../src/shared/contract/choices.terms.js';
import type { ParameterName } from '../../../src/levers/parameters.terms.js';

export const PARAMETER_WORDS: Record<ParameterName, string> = {
  merit_base: 'Merit',
  cola_rate: 'COLA',
  promotion_probability: 'Promotion probability',
  promotion_raise: 'Promotion raise',
  new_hire_salary_adjustment: 'New-hire pay multiplier',
};

/** Where there is little room. */
export const SHORT_PARAMETER_WORDS: Record<ParameterName, string> = {
  merit_base: 'Merit',
  cola_rate: 'COLA',
  promotion_probability: 'Promotion prob.',
  promotion_raise: 'Promotion raise',
  new_hire_salary_adjustment: 'Hire pay',
};

export const STATUS_WORDS: Record<DetailedStatus, string> = {
  continuous_active: 'Continuous active',
  new_hire_active: 'New hire active',
  experienced_termination: 'Experienced termination',
  new_hire_termination: 'New-hire termination',
};

/** Where there is little room. */
export const SHORT_STATUS_WORDS: Record<DetailedStatus, string> = {
  continuous_active: 'Continuous',
  new_hire_active: 'New hires',
  experienced_termination: 'Experienced exits',
  new_hire_termination: 'New-hire exits',
};

export const STRATEGY_WORDS: Record<Strategy, { readonly name: string; readonly meaning: string }> = {
  conservative: { name: 'Conservative', meaning: 'the smallest weighted change of the levers' },
  balanced: { name: 'Balanced', meaning: 'every lever moves by the same share of its room' },
  aggressive: {
    name: 'Aggressive',
    meaning: 'as few levers as possible: COLA first, then merit, then hire pay',
  },
};

export const TARGET_MODE_WORDS: Record<TargetMode, string> = {
  average: 'Average of all years',
  'every-year': 'Every year on its own',
  'final-year': 'Final year',
};

export const METRIC_WORDS: Record<Metric, string> = {
  mean: 'Mean pay',
  median: 'Median pay',
  payroll: 'Total payroll',
  'prorated-mean': 'Prorated mean pay',
  'matched-cohort': 'Matched cohort (same people)',
};

/** `not_converged` as `not converged`. */
export const plainWords = (name: string): string => name.replaceAll('_', ' ');
