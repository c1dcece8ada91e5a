/** What a tuning run has come to, at any moment: the best levers, the range, what binds and what to do next. */
import type { LeverChange, LeverValue, Recommendation } from '../../runs/optimization.contract.js';
import { bestTrial, gapOf, iterationTrials } from './best.js';
import { attainableGrowth } from './bracket.js';
import { surveyYears, type Survey } from './years/survey.js';
import { isHeld, type TunableLever } from '../problem.js';
import { recommend } from './recommendations.js';
import { leverValues, type Trial, type TuningState } from './state.js';
import { nextStep, type StopReason, type Verdict } from './step.js';

export interface TuningIteration {
  readonly iteration: number;
  /** Place on the path; 1 where a bound is itself the answer. */
  readonly t: number;
  readonly growth: number;
  readonly gap: number;
  readonly growth_by_year: Record<string, number>;
  readonly levers: LeverValue[];
  readonly simulation_id: string;
  readonly seconds: number;
}

export type BindingLever = Pick<LeverChange, 'fiscal_year' | 'job_level' | 'parameter_name'> & {
  readonly bound: 'low' | 'high' | 'locked';
};

/** Growth and range in percent, gaps in pp, none of them rounded. */
export interface TuningSummary {
  /** Null while there is something left to simulate. */
  readonly verdict: Verdict | null;
  readonly reason: StopReason | null;
  readonly best: {
    readonly role: Trial['role'];
    /** Index into the state's trials. */
    readonly index: number;
    /** 0 for the baseline; null for a bound that only was the closest. */
    readonly iteration: number | null;
    readonly levers: LeverValue[];
    readonly growth: number;
    readonly simulation_id: string;
    /** With several random seeds only. */
    readonly by_seed?: Trial['by_seed'];
  };
  readonly initial_growth: number;
  /** Target minus initial growth; of the worst year in every-year mode, like every gap. */
  readonly initial_gap: number;
  readonly final_growth: number;
  /** Target minus final growth. */
  readonly final_gap: number;
  /** Part of the first gap that was closed, 0 to 1; 1 when there was none. */
  readonly gap_reduction: number;
  /** Null until both bounds have been simulated. */
  readonly attainable_growth: [number, number] | null;
  /** How that range was found: on the way to both ends alone, or in corners of the box of bounds as well. */
  readonly attainable_search: 'path' | 'box';
  /** Corners of the box that were simulated beside both ends. */
  readonly corners: number;
  /**
   * Every-year mode: each year's range with the years before as they are in the end; measured at both corners where
   * the year cannot be met, else predicted for the corners that were not simulated. Null before the bounds are in.
   */
  readonly attainable_by_year?: Record<string, [number, number]> | null;
  readonly iterations: TuningIteration[];
  /** Simulations asked for, baseline and bounds included. */
  readonly simulations: number;
  /** Every row of the tuned parameters, in file order. */
  readonly changes: LeverChange[];
  readonly binding: BindingLever[];
  readonly locked_rows_skipped: number;
  readonly recommendations: Recommendation[];
}

function boundOf(lever: TunableLever, after: number): LeverChange['bound'] {
  if (isHeld(lever)) return 'locked';
  if (after >= lever.high) return 'high';
  return after <= lever.low ? 'low' : null;
}

const changesOf = ({ problem }: TuningState, best: Trial): LeverChange[] =>
  problem.levers.map((lever, row) => ({
    scenario_id: lever.scenario_id,
    fiscal_year: lever.fiscal_year,
    job_level: lever.job_level,
    event_type: lever.event_type,
    parameter_name: lever.parameter_name,
    before: lever.value,
    after: best.values[row]!,
    bound: boundOf(lever, best.values[row]!),
  }));

const rangesOf = ({ settled, open }: Survey): Record<string, [number, number]> =>
  Object.fromEntries(
    [...settled, ...open].map(({ year, range: [low, high] }) => [String(year), [low, high]]),
  );

/** Summarises the state as it stands; the same fields while running and at the end. */
export function summarise(state: TuningState): TuningSummary {
  const best = bestTrial(state);
  const counted = iterationTrials(state, best);
  const step = nextStep(state);
  const verdict = step.kind === 'done' ? step.verdict : null;
  const reason = step.kind === 'done' ? step.reason : null;
  const changes = changesOf(state, best);
  const attainable = attainableGrowth(state);
  const firstGap = Math.abs(gapOf(state, state.trials[0]!));
  const byYear =
    attainable !== null && state.problem.target_mode === 'every-year' ? surveyYears(state) : null;
  const finalGap = gapOf(state, best);
  const corners = state.trials.filter(({ role }) => role === 'corner').length;
  return {
    verdict,
    reason,
    best: {
      role: best.role,
      index: state.trials.indexOf(best),
      iteration: best.role === 'baseline' ? 0 : counted.indexOf(best) + 1 || null,
      levers: leverValues(state.problem, best.values),
      growth: best.growth,
      simulation_id: best.simulation_id,
      ...(best.by_seed && { by_seed: best.by_seed }),
    },
    initial_growth: state.trials[0]!.growth,
    initial_gap: gapOf(state, state.trials[0]!),
    final_growth: best.growth,
    final_gap: finalGap,
    gap_reduction: firstGap === 0 ? 1 : 1 - Math.abs(finalGap) / firstGap,
    attainable_growth: attainable,
    attainable_search: corners > 0 ? 'box' : 'path',
    corners,
    ...(state.problem.target_mode === 'every-year' && { attainable_by_year: byYear && rangesOf(byYear) }),
    iterations: counted.map((trial, index) => ({
      iteration: index + 1,
      t: trial.t ?? 1,
      growth: trial.growth,
      gap: gapOf(state, trial),
      growth_by_year: { ...trial.growth_by_year },
      levers: leverValues(state.problem, trial.values),
      simulation_id: trial.simulation_id,
      seconds: trial.seconds,
    })),
    simulations: state.trials.length,
    changes,
    binding: changes.flatMap(({ fiscal_year, job_level, parameter_name, bound }) =>
      bound === null ? [] : [{ fiscal_year, job_level, parameter_name, bound }],
    ),
    locked_rows_skipped: state.problem.levers.filter(({ locked }) => locked).length,
    recommendations: recommend(state.problem, {
      reason,
      changes,
      attainable,
      corners,
      finalGap,
      survey: byYear,
    }),
  };
}
