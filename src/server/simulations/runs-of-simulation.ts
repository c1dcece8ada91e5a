/** The runs that a simulation is part of: as what they keep, as a trial, or as one of their seeds. */
import { createRunStore, isFailure } from '../../runs/run-store.js';
import type { MeritloopClient } from '../../client/meritloop.js';
import type { Config } from '../../config.js';
import type { OptimizationResult } from '../../runs/optimization.contract.js';

/** Runs looked through, the latest first. */
const LOOKED_AT = 200;

export interface RunOfSimulation {
  readonly run_id: string;
  readonly role: 'kept' | 'iteration' | 'seed';
  /** The iteration's number. */
  readonly iteration: number | null;
  /** Percent; null where the run had several targets. */
  readonly target_growth: number | null;
  /** pp. */
  readonly tolerance: number;
}

export async function runsOfSimulation(
  { home }: Pick<Config, 'home'>,
  client: Pick<MeritloopClient, 'listRuns'>,
  simulation: string,
): Promise<RunOfSimulation[]> {
  const runs = createRunStore(home);
  const listed = (await client.listRuns()).slice(0, LOOKED_AT);
  const found = await Promise.all(
    listed.map(async ({ runId }) => {
      const ending = await runs.ending(runId);
      if (ending === undefined || isFailure(ending)) return [];
      const part = partIn(ending, simulation);
      return part === undefined ? [] : [{ run_id: runId, ...part, ...goalOf(ending) }];
    }),
  );
  return found.flat();
}

const goalOf = ({ targets, target_growth, tolerance }: OptimizationResult) => ({
  target_growth: targets == null ? target_growth : null,
  tolerance,
});

function partIn(
  { simulation_id, iterations, uncertainty }: OptimizationResult,
  simulation: string,
): Pick<RunOfSimulation, 'role' | 'iteration'> | undefined {
  if (simulation_id === simulation) return { role: 'kept', iteration: null };
  const trial = iterations.find((iteration) => iteration.simulation_id === simulation);
  if (trial !== undefined) return { role: 'iteration', iteration: trial.iteration };
  const isSeed = uncertainty?.simulations.some((seed) => seed.simulation_id === simulation) === true;
  return isSeed ? { role: 'seed', iteration: null } : undefined;
}
