/** What Auto-Optimize asks for, kept in the URL: defaults, and the request that is sent. */
import type { Metric, Strategy, TargetMode } from '../../../../src/shared/contract/choices.terms.js';
import { PARAMETER_NAMES, PARAMETERS, type ParameterName } from '../../../../src/levers/catalogue.terms.js';
import type { ResolvedContext } from '../../app/use-context.js';
import type { RunStart } from '../../api/types.js';
import { goalsAsked, goalsOf } from './goals.js';
import { limitsAsked, limitsOf } from './limits.js';

export interface OptimizeSearch {
  readonly run?: string;
  /** Percent. */
  readonly target?: number;
  /** pp. */
  readonly tolerance?: number;
  readonly max?: number;
  readonly strategy?: Strategy;
  readonly mode?: TargetMode;
  readonly metric?: Metric;
  /** Parameter names with commas between. */
  readonly tune?: string;
  /** Random seeds to tune on. */
  readonly seeds?: number;
  readonly approval?: 'yes';
  /** As the link holds them: read by {@link limitsOf} and {@link goalsOf}. */
  readonly limits?: readonly unknown[];
  readonly goals?: readonly unknown[];
  /** What is shown of a run beside its convergence. */
  readonly lever?: ParameterName;
  readonly effects?: 'yes';
}

export const DEFAULTS = {
  target: 2,
  tolerance: 0.1,
  max: 10,
  strategy: 'balanced',
  mode: 'average',
  metric: 'mean',
  tune: PARAMETER_NAMES.filter((name) => PARAMETERS[name].isTuned).join(','),
} as const;

export const tunedOf = ({ tune = DEFAULTS.tune }: OptimizeSearch): ParameterName[] =>
  PARAMETER_NAMES.filter((name) => tune.split(',').includes(name));

export function runStartOf(search: OptimizeSearch, { scenario, chosen }: ResolvedContext): RunStart {
  const goals = goalsOf(search.goals);
  const limits = limitsOf(search.limits);
  return {
    scenario,
    ...(chosen.years === undefined ? {} : { years: chosen.years }),
    ...(chosen.seed === undefined ? {} : { seed: chosen.seed }),
    target: search.target ?? DEFAULTS.target,
    tolerance: search.tolerance ?? DEFAULTS.tolerance,
    max_iterations: search.max ?? DEFAULTS.max,
    strategy: search.strategy ?? DEFAULTS.strategy,
    target_mode: search.mode ?? DEFAULTS.mode,
    metric: search.metric ?? DEFAULTS.metric,
    tune: tunedOf(search),
    ...(search.seeds === undefined || search.seeds === 1 || goals !== undefined
      ? {}
      : { seeds: search.seeds }),
    ...(goals === undefined ? {} : { targets: goalsAsked(goals), target_mode: 'average' as const }),
    ...(limits === undefined ? {} : { limits: limitsAsked(limits) }),
    apply: search.approval === 'yes' ? 'after-approval' : 'never',
  };
}
