/** One problem by one solver: how many simulations beyond the baseline until the growth is within tolerance. */
import type { LeverValue } from '../../src/runs/optimization.contract.js';
import { roundLever } from '../../src/levers/catalogue.terms.js';
import { valueAt } from '../../src/tuning/knobs.js';
import type { TunableLever, TuningProblem } from '../../src/tuning/problem.js';
import { summarise } from '../../src/tuning/one-target/summary.js';
import type { Verdict } from '../../src/tuning/one-target/step.js';
import { TOLERANCE, type BenchProblem } from './problems.js';
import type { Rival } from './rivals.js';
import {
  problemOf,
  simulateValues,
  tune,
  type CompanyTrials,
  type Goal,
  type TrialResult,
} from './trials.js';

export const TUNED = ['merit_base', 'cola_rate', 'new_hire_salary_adjustment'] as const;

export const goalOf = ({ target_mode }: Pick<BenchProblem, 'target_mode'>): Goal => ({
  target_mode,
  metric: 'mean',
  statuses: ['continuous_active', 'new_hire_active'],
  tune: TUNED,
});

export interface TunerOutcome {
  readonly verdict: Verdict | null;
  readonly iterations: number;
  /** Both bounds included. */
  readonly simulations: number;
  /** Simulated years over planned years, summed. */
  readonly work: number;
}

export async function runTuner(company: CompanyTrials, problem: BenchProblem): Promise<TunerOutcome> {
  const goal = goalOf(problem);
  const asked = {
    target: problem.target,
    tolerance: TOLERANCE,
    max_iterations: 10,
    strategy: problem.strategy,
  };
  const { state, work } = await tune(company, goal, await problemOf(company, goal, asked));
  const { verdict, iterations, simulations } = summarise(state);
  return { verdict, iterations: iterations.length, simulations: simulations - 1, work };
}

const value = ({ fiscal_year, job_level, parameter_name }: TunableLever, to: number): LeverValue => ({
  fiscal_year,
  job_level,
  parameter_name,
  value: to,
});

class Enough extends Error {}

/** @returns the number of simulations after the baseline, or undefined when `limit` of them did not do. */
export async function runRival(
  company: CompanyTrials,
  problem: BenchProblem,
  rival: Rival,
  limit: number,
): Promise<number | undefined> {
  const goal = goalOf(problem);
  const { target, strategy, target_mode } = problem;
  const { levers }: TuningProblem = await problemOf(company, goal, {
    target,
    tolerance: TOLERANCE,
    max_iterations: 1,
    strategy,
  });
  const years = [...new Set(levers.map(({ fiscal_year }) => fiscal_year))].toSorted((a, b) => a - b);
  const figureOf = ({ fiscal_year }: TunableLever): number =>
    target_mode === 'every-year' ? years.indexOf(fiscal_year) : 0;
  const gapsOf = ({ growth, growth_by_year }: TrialResult): number[] =>
    target_mode === 'every-year'
      ? years.map((year) => target - growth_by_year[String(year)]!)
      : [target - growth];
  const isMet = (gaps: readonly number[]): boolean => gaps.every((gap) => Math.abs(gap) <= TOLERANCE);
  const today = gapsOf(await simulateValues(company, goal, []));
  if (isMet(today)) return 0;
  let used = 0;
  let solved = false;
  const simulate = async (values: readonly LeverValue[]): Promise<number[]> => {
    const gaps = gapsOf(await simulateValues(company, goal, values));
    used += 1;
    solved = isMet(gaps);
    if (solved || used >= limit) throw new Enough();
    return gaps;
  };
  try {
    await rival({
      today,
      strategy,
      ask: (places) =>
        simulate(
          levers.map((lever) => {
            const place = places[figureOf(lever)]!;
            return value(lever, valueAt(lever, place < 0 ? 'low' : 'high', Math.abs(place)));
          }),
        ),
      shift: (amounts) =>
        simulate(
          levers.map((lever) => {
            const moved = roundLever(lever.value + amounts[figureOf(lever)]!);
            return value(lever, Math.min(lever.high, Math.max(lever.low, moved)));
          }),
        ),
    });
  } catch (error) {
    if (!(error instanceof Enough)) throw error;
  }
  return solved ? used : undefined;
}
