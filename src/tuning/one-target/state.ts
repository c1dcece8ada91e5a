/** The tuner's memory: the problem and every measured trial, plain JSON, from which all else follows. */
import { failure } from '../../shared/errors/errors.js';
import type { LeverValue } from '../../runs/optimization.contract.js';
import type { SeedGrowth } from '../../runs/uncertainty.contract.js';
import type { Side } from '../knobs.js';
import { orderedProblem, type TuningProblem } from '../problem.js';
import { own } from '../../shared/own.terms.js';

/** What is known of the simulation that measured a trial. */
export interface TrialMeta {
  readonly simulation_id: string;
  /** Percent, by year. */
  readonly growth_by_year: Readonly<Record<string, number>>;
  readonly seconds: number;
  /** With several random seeds, over which the growth is the mean; `simulation_id` is that of the first. */
  readonly by_seed?: readonly Omit<SeedGrowth, 'role'>[];
}

export interface Trial extends TrialMeta {
  /** `corner`: of the search of the box of bounds, mostly a corner of it. */
  readonly role: 'baseline' | 'low' | 'high' | 'corner' | 'candidate';
  /** Place on the strategy's path (0 = today, 1 = the corner); null for the bounds and in every-year mode. */
  readonly t: number | null;
  /** Every-year candidates: each year's place between its low corner (−1), today (0) and its high corner (1). */
  readonly places?: readonly number[];
  /** Every-year candidates: levers traded between years, from which the places of later ones count. */
  readonly traded?: true;
  /** One value per lever, in the problem's order. */
  readonly values: readonly number[];
  /** Percent. */
  readonly growth: number;
}

/** Serialisable as JSON; a state read back goes on exactly as the original would. */
export interface TuningState {
  readonly problem: TuningProblem;
  /** In the order of measurement; the baseline is the first. */
  readonly trials: readonly Trial[];
  readonly stopped: boolean;
}

/** A simulation that the tuner asks for. */
export interface SimulateStep {
  readonly kind: 'simulate';
  readonly role: 'low' | 'high' | 'corner' | 'candidate';
  readonly t: number | null;
  /** In every-year mode, the place of each year; or levers traded between years. */
  readonly places?: readonly number[];
  readonly traded?: true;
  /** Every row of the tuned parameters, the locked ones included. */
  readonly levers: LeverValue[];
}

export const NO_META: TrialMeta = { simulation_id: '', growth_by_year: {}, seconds: 0 };

/** @throws UNEXPECTED for growth that is not a finite number */
export function finiteGrowth(growth: number, role: Trial['role']): number {
  if (Number.isFinite(growth)) return growth + 0;
  throw failure('UNEXPECTED', {
    detail: `the ${role} simulation gave growth ${growth}, which is no number to tune on`,
  });
}

/**
 * In every-year mode each trial must tell the growth of the baseline's years.
 * @throws UNEXPECTED for a year whose growth is not a finite number, or no year at all
 */
export function checkYears(
  { target_mode }: TuningProblem,
  growthByYear: TrialMeta['growth_by_year'],
  years: readonly string[],
): void {
  if (target_mode !== 'every-year') return;
  if (years.length === 0)
    throw failure('UNEXPECTED', { detail: 'every-year tuning needs the growth of each year' });
  for (const year of years) {
    const growth = own(growthByYear, year);
    if (!Number.isFinite(growth))
      throw failure('UNEXPECTED', { detail: `a simulation gave growth ${growth} in ${year}` });
  }
}

/**
 * Starts from a simulation of today's levers.
 * @param baselineGrowth percent
 * @throws REQUEST_INVALID when the problem's numbers cannot be tuned; UNEXPECTED for growth that is not finite
 */
export function startTuning(
  problem: TuningProblem,
  baselineGrowth: number,
  meta: TrialMeta = NO_META,
): TuningState {
  const ordered = orderedProblem(problem);
  const growth = finiteGrowth(baselineGrowth, 'baseline');
  checkYears(ordered, meta.growth_by_year, Object.keys(meta.growth_by_year));
  const values = ordered.levers.map((lever) => lever.value);
  return { problem: ordered, trials: [{ role: 'baseline', t: 0, values, growth, ...meta }], stopped: false };
}

export const trialOf = (state: TuningState, role: 'baseline' | Side): Trial | undefined =>
  state.trials.find((trial) => trial.role === role);

export const leverValues = ({ levers }: TuningProblem, values: readonly number[]): LeverValue[] =>
  levers.map(({ fiscal_year, job_level, parameter_name }, row) => ({
    fiscal_year,
    job_level,
    parameter_name,
    value: values[row]!,
  }));

/** Ends the run with the best trial so far; a trial within tolerance still counts as converged. */
export const stopTuning = (state: TuningState): TuningState => ({ ...state, stopped: true });

/** Changes the number of candidates allowed, counted from the start of the run. */
export const setMaxIterations = (state: TuningState, maxIterations: number): TuningState => ({
  ...state,
  problem: { ...state.problem, max_iterations: maxIterations },
});
