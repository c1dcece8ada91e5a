/** The part of `saveResult` for runs over several seeds: how far the kept levers' growth depends on chance. */
import type { Recommendation } from './optimization.contract.js';
import type { Uncertainty } from './uncertainty.contract.js';
import { adviseTolerance, judge } from '../tuning/random-seeds/judge.js';
import type { ActivityDependencies } from '../ports.js';
import type { RunSpec, SeedSimulation, TunedSeed } from './run-spec.js';
import { measureGrowth } from '../simulation/simulate.activities.js';

export interface Judgement {
  readonly uncertainty: Uncertainty;
  readonly recommendations: Recommendation[];
}

/**
 * @param tuned the kept levers on the tuning seeds
 * @param evaluation the same levers on the evaluation seeds
 * @throws GROWTH_UNDEFINED, SIMULATION_UNKNOWN
 */
export async function judgeSeeds(
  { simulator }: Pick<ActivityDependencies, 'simulator'>,
  spec: RunSpec,
  tuned: readonly TunedSeed[],
  evaluation: readonly SeedSimulation[],
): Promise<Judgement> {
  const judged = await Promise.all(
    evaluation.map(async ({ seed, simulation_id }) => {
      const summary = await simulator.load(simulation_id);
      const payroll_by_year = Object.fromEntries(
        summary.years.map(({ year, payroll }) => [String(year), payroll]),
      );
      return { seed, simulation_id, ...measureGrowth(summary, spec), payroll_by_year };
    }),
  );
  const uncertainty = judge(spec, tuned, judged);
  return { uncertainty, recommendations: adviseTolerance(spec, uncertainty, judged) };
}
