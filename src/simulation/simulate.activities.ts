/** Activities `runMultiYearSimulation` and `loadSimulationResults`: one simulation, and the growth that it shows. */
import { activityInfo } from '@temporalio/activity';
import type { SimulationSummary } from './simulation.contract.js';
import { worstGap } from '../tuning/one-target/best.js';
import { growthByYear, growthMeasure } from '../tuning/measure.js';
import { meanOverSeeds } from '../tuning/random-seeds/over-seeds.js';
import { MeritloopError } from '../shared/errors/errors.js';
import { runIdOf } from '../runs/run-id.terms.js';
import { eventId } from '../temporal/event-id.js';
import { whileBeating } from '../temporal/heartbeat.js';
import { recordFailedRun, recordSimulation } from '../assets/product/record-direct.js';
import type { ActivityDependencies } from '../ports.js';
import {
  simulationSpec,
  type MeasuredGrowth,
  type RunSpec,
  type SeedSimulation,
  type SimulatedTrial,
} from '../runs/run-spec.js';

export interface SimulationInput {
  readonly spec: Pick<RunSpec, 'census' | 'scenario' | 'years' | 'seed' | 'engine'>;
  readonly lever_set: string;
  readonly keep: 'summary' | 'tables';
}

/** A simulation is its whole purpose: its models are then made, not only tried. */
const SIMULATION_JOB = 'multiYearSimulation';

export const runMultiYearSimulation =
  (dependencies: ActivityDependencies) =>
  ({ spec: run, lever_set, keep }: SimulationInput): Promise<SimulatedTrial> =>
    whileBeating(async (beat, signal) => {
      const info = activityInfo();
      const spec = simulationSpec(run, lever_set);
      const job =
        info.workflowType === SIMULATION_JOB ? runIdOf(info.workflowExecution?.workflowId ?? '') : undefined;
      const simulating = dependencies.simulator.simulate(spec, {
        keep,
        signal,
        onProgress: ({ year, years_done, years_total, model, steps }) =>
          // Nobody looks at the single models of a trial.
          beat({ year, years_done, years_total, model, ...(keep === 'tables' && steps ? { steps } : {}) }),
      });
      const made = await simulating.catch(async (error: unknown) => {
        if (job !== undefined && error instanceof MeritloopError && !signal.aborted)
          await recordFailedRun(dependencies, { spec, run: job, of: 'simulation' }, error, eventId(info));
        throw error;
      });
      if (job !== undefined) await recordSimulation(dependencies, { spec, made }, job, eventId(info));
      const { summary, notes } = made;
      const { simulation_id, engine, reused, seconds } = summary;
      return { simulation_id, engine, reused, seconds, notes };
    });

export interface ResultsInput {
  readonly spec: RunSpec;
  readonly simulation_id: string;
  /** The same levers with several random seeds, over which growth is averaged; the first is `simulation_id`. */
  readonly seeds?: readonly SeedSimulation[];
}

export const loadSimulationResults =
  ({ simulator }: ActivityDependencies) =>
  async ({ spec, simulation_id, seeds }: ResultsInput): Promise<MeasuredGrowth> => {
    const { target_mode, target } = spec;
    const gapOf = ({ growth, growth_by_year }: MeasuredGrowth): number =>
      target_mode === 'every-year' ? worstGap(target, growth_by_year) : target - growth;
    if (seeds === undefined) {
      const measured = measureGrowth(await simulator.load(simulation_id), spec);
      return { ...measured, gap: gapOf(measured) };
    }
    const measured = await Promise.all(
      seeds.map(async (each) => ({
        ...each,
        ...measureGrowth(await simulator.load(each.simulation_id), spec),
      })),
    );
    const mean = meanOverSeeds(measured);
    const by_seed = measured.map(({ growth_by_year: _years, ...growth }) => growth);
    return { ...mean, gap: gapOf(mean), by_seed };
  };

/** @throws GROWTH_UNDEFINED */
export const measureGrowth = (
  summary: SimulationSummary,
  { metric, target_mode, statuses }: Pick<RunSpec, 'metric' | 'target_mode' | 'statuses'>,
): Pick<MeasuredGrowth, 'growth' | 'growth_by_year'> => ({
  growth: growthMeasure(summary, { metric, target_mode, statuses }),
  growth_by_year: growthByYear(summary, { metric, statuses }),
});
