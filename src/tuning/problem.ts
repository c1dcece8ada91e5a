/** What the tuner is asked: a growth target and the lever rows that it may move. */
import type { LeverDefinition, ParameterName } from '../levers/catalogue.terms.js';
import { PARAMETER_NAMES } from '../levers/catalogue.terms.js';
import type { Strategy, TargetMode } from '../runs/request.contract.js';
import { failure } from '../shared/errors/errors.js';

/** One lever row of a tuned parameter. Rates are decimals (0.02 = 2 %), hire pay is a multiplier. */
export interface TunableLever {
  readonly scenario_id: string;
  readonly fiscal_year: number;
  readonly job_level: number;
  readonly event_type: LeverDefinition['eventType'];
  readonly parameter_name: ParameterName;
  /** Today's value. Outside [low, high] it may stay, or move towards the bounds, never further out. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** A locked row keeps its value whatever happens. */
  readonly locked: boolean;
  /** Size of one ordinary change (0.01 for rates, 0.10 for hire pay): the unit that weighs changes. */
  readonly step: number;
  /** Growth of the target measure per unit of this lever at today's levers, pp; 0 when it was not measured. */
  readonly sensitivity: number;
  /** Growth of each year per unit of this lever, pp; absent where it was not measured. */
  readonly sensitivity_by_year?: Readonly<Record<string, number>>;
}

export interface TuningProblem {
  /** Growth to reach, percent. */
  readonly target: number;
  /** Largest |target − growth| that counts as reached, pp. */
  readonly tolerance: number;
  /** Most candidates to simulate after the baseline and the two bounds. */
  readonly max_iterations: number;
  readonly strategy: Strategy;
  /**
   * `final-year` shifts a lever in all years together; the default moves each year on its own. `every-year` asks the
   * target of each year's growth instead of their mean.
   */
  readonly target_mode?: TargetMode;
  /**
   * Where the path does not reach the target, corners of the bounds are searched before the verdict; absent: the path
   * alone (problems of earlier releases, and every-year mode, which searches year by year). `effects` tells whether the
   * sensitivities are those of the tuned growth, or only near it.
   */
  readonly box?: { readonly effects: 'measured' | 'other' };
  readonly levers: readonly TunableLever[];
}

/** A locked row, and one whose bounds leave no room, keeps its value whatever happens. */
export const isHeld = ({ locked, low, high }: Pick<TunableLever, 'locked' | 'low' | 'high'>): boolean =>
  locked || low === high;

/** "2025 level 1 merit_base": names a row to people, and one row only. */
export const leverName = (
  lever: Pick<TunableLever, 'fiscal_year' | 'job_level' | 'parameter_name'>,
): string => `${lever.fiscal_year} level ${lever.job_level} ${lever.parameter_name}`;

const fileOrder = (left: TunableLever, right: TunableLever): number =>
  left.fiscal_year - right.fiscal_year ||
  left.job_level - right.job_level ||
  PARAMETER_NAMES.indexOf(left.parameter_name) - PARAMETER_NAMES.indexOf(right.parameter_name);

const invalid = (field: string, value: unknown, rule: string): Error =>
  failure('REQUEST_INVALID', { source: 'tuning problem', field, value: String(value), rule });

function checkLever(lever: TunableLever): void {
  const numbers = ['value', 'low', 'high', 'step', 'sensitivity'] as const;
  for (const field of numbers) {
    if (!Number.isFinite(lever[field])) {
      throw invalid(`${leverName(lever)} ${field}`, lever[field], 'must be a finite number');
    }
  }
  if (lever.low > lever.high)
    throw invalid(`${leverName(lever)} low`, lever.low, `must not exceed high ${lever.high}`);
  if (lever.step <= 0) throw invalid(`${leverName(lever)} step`, lever.step, 'must be greater than 0');
}

/** Adding 0 turns −0, which JSON cannot hold, into 0. */
const withoutMinusZero = ({ sensitivity_by_year, ...lever }: TunableLever): TunableLever => ({
  ...lever,
  value: lever.value + 0,
  low: lever.low + 0,
  high: lever.high + 0,
  sensitivity: lever.sensitivity + 0,
  ...(sensitivity_by_year && {
    sensitivity_by_year: Object.fromEntries(
      Object.entries(sensitivity_by_year).map(([year, growth]) => [year, growth + 0]),
    ),
  }),
});

/**
 * The same problem with its rows in file order, so that the order in which they were given changes nothing.
 * @throws REQUEST_INVALID for a number that is not finite, crossed bounds, or a row given twice
 */
export function orderedProblem(problem: TuningProblem): TuningProblem {
  if (!Number.isFinite(problem.target)) throw invalid('target', problem.target, 'must be a finite number');
  if (!(problem.tolerance > 0)) throw invalid('tolerance', problem.tolerance, 'must be greater than 0');
  const names = new Set<string>();
  for (const lever of problem.levers) {
    checkLever(lever);
    if (names.has(leverName(lever))) throw invalid('levers', leverName(lever), 'must be given once');
    names.add(leverName(lever));
  }
  return {
    ...problem,
    target: problem.target + 0,
    levers: problem.levers.map(withoutMinusZero).toSorted(fileOrder),
  };
}
