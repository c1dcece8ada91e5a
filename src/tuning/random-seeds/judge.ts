/** Judges the kept levers on random seeds that tuned nothing: how far growth and payroll depend on chance. */
import type { Recommendation } from '../../runs/optimization.contract.js';
import type { SeedGrowth, Uncertainty } from '../../runs/uncertainty.contract.js';
import { worstGap } from '../one-target/best.js';
import type { TuningProblem } from '../problem.js';
import type { MeasuredSeed } from './over-seeds.js';
import { percentilesOf } from './percentile.js';
import { own } from '../../shared/own.terms.js';

/** The kept levers simulated with one evaluation seed. */
export interface JudgedSeed extends MeasuredSeed {
  /** Annual pay of year-end actives, USD, by year. */
  readonly payroll_by_year: Readonly<Record<string, number>>;
}

type Goal = Pick<TuningProblem, 'target' | 'tolerance' | 'target_mode'>;

/** Target minus growth, pp; in every-year mode that of the worst year. */
const gapOf = ({ target, target_mode }: Goal, { growth, growth_by_year }: MeasuredSeed): number =>
  target_mode === 'every-year' ? worstGap(target, growth_by_year) : target - growth;

const growthOf =
  (role: SeedGrowth['role']) =>
  ({ seed, growth, simulation_id }: Pick<MeasuredSeed, 'seed' | 'growth' | 'simulation_id'>): SeedGrowth => ({
    seed,
    role,
    growth,
    simulation_id,
  });

/**
 * @param tuned the kept levers on the tuning seeds
 * @param judged the same levers on the evaluation seeds; at least one
 */
export function judge(
  goal: Goal,
  tuned: readonly Pick<MeasuredSeed, 'seed' | 'growth' | 'simulation_id'>[],
  judged: readonly JudgedSeed[],
): Uncertainty {
  const met = judged.filter((each) => Math.abs(gapOf(goal, each)) <= goal.tolerance).length;
  const years = Object.keys(judged[0]?.growth_by_year ?? {}).toSorted(
    (left, right) => Number(left) - Number(right),
  );
  return {
    tuning_seeds: tuned.map(({ seed }) => seed),
    evaluation_seeds: judged.map(({ seed }) => seed),
    growth: percentilesOf(judged.map(({ growth }) => growth)),
    probability_within_tolerance: met / judged.length,
    years: years.map((year) => ({
      year: Number(year),
      growth: percentilesOf(judged.map(({ growth_by_year }) => own(growth_by_year, year)!)),
      payroll: percentilesOf(judged.map(({ payroll_by_year }) => own(payroll_by_year, year)!)),
    })),
    simulations: [...tuned.map(growthOf('tuning')), ...judged.map(growthOf('evaluation'))],
  };
}

/** Below this share of the evaluation seeds the analyst is told which tolerance would do. */
const SURE = 0.9;

/** The smallest tolerance, in thousandths of a pp, that nine of ten evaluation seeds would have met. */
export function adviseTolerance(
  goal: Goal,
  { probability_within_tolerance }: Pick<Uncertainty, 'probability_within_tolerance'>,
  judged: readonly MeasuredSeed[],
): Recommendation[] {
  if (probability_within_tolerance >= SURE) return [];
  const gaps = judged.map((each) => Math.abs(gapOf(goal, each))).toSorted((left, right) => left - right);
  const met = Math.round(probability_within_tolerance * gaps.length);
  const enough = Math.ceil(SURE * gaps.length);
  const tolerance = Math.ceil(gaps[enough - 1]! * 1000) / 1000;
  return [
    {
      code: 'TOLERANCE_BELOW_CHANCE',
      message: `The mean over the tuning seeds meets the target, but of ${gaps.length} unseen seeds only ${met} meet it within ${goal.tolerance} pp: the rest is chance, which no levers remove. A tolerance of ${tolerance} pp would hold for ${enough} of them.`,
    },
  ];
}
