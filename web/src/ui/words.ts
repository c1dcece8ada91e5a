/** The words of the page for what the API names in snake_case. */
import type {
  DetailedStatus,
  Metric,
  Strategy,
  TargetMode,
} from '../../../src/shared/contract/choices.terms.js';
import {
  leversBy,
  PARAMETER_NAMES,
  PARAMETERS,
  type ParameterName,
} from '../../../src/levers/catalogue.terms.js';

const wordsOf = (field: 'label' | 'shortLabel') =>
  Object.fromEntries(PARAMETER_NAMES.map((name) => [name, PARAMETERS[name][field]])) as Record<
    ParameterName,
    string
  >;

export const PARAMETER_WORDS = wordsOf('label');

/** Where there is little room. */
export const SHORT_PARAMETER_WORDS = wordsOf('shortLabel');

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
    meaning: `as few levers as possible: ${leversBy('eagerness')
      .filter((name) => PARAMETERS[name].isTuned)
      .map((name) => PARAMETERS[name].shortLabel)
      .join(' first, then ')
      .toLowerCase()}`,
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
