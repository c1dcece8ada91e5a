/** Activities `runMultiYearSimulation` and `loadSimulationResults`: one simulation, and the growth that it shows. */
import { worstGap } from '../tuning/best.js';
import { growthByYear, growthMeasure } from '../tuning/measure.js';
import { whileBeating } from './heartbeat.js';
import type { ActivityDependencies } from './ports.js';
import { simulationSpec, type MeasuredGrowth, type RunSpec, type SimulatedTrial } from './run-spec.js';

export interface SimulationInput {
  readonly spec: Pick<RunSpec, 'census' | 'scenario' | 'years' | 'seed' | 'engine'>;
  readonly lever_set: string;
  readonly keep: 'summary' | 'tables';
}

export const runMultiYearSimulation =
  ({ simulator }: ActivityDependencies) =>
  ({ spec, lever_set, keep }: SimulationInput): Promise<SimulatedTrial> =>
    whileBeating(async (beat, signal) => {
      const { summary, notes } = await simulator.simulate(simulationSpec(spec, lever_set), {
        keep,
        signal,
        onProgress: ({ year, years_done, years_total, model }) =>
          beat({ year, years_done, years_total, model }),
      });
      const { simulation_id, engine, reused, seconds } = summary;
      return { simulation_id, engine, reused, seconds, notes };
    });

export const loadSimulationResults =
  ({ simulator }: ActivityDependencies) =>
  async ({
    spec,
    simulation_id,
  }: {
    readonly spec: RunSpec;
    readonly simulation_id: string;
  }): Promise<MeasuredGrowth> => {
    const summary = await simulator.load(simulation_id);
    const { metric, target_mode, statuses, target } = spec;
    const growth = growthMeasure(summary, { metric, target_mode, statuses });
    const growth_by_year = growthByYear(summary, { metric, statuses });
    const gap = target_mode === 'every-year' ? worstGap(target, growth_by_year) : target - growth;
    return { growth, growth_by_year, gap };
  };
