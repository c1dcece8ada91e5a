/** What the growth of a simulation is compared with: the target of the run that made it, unless another is chosen. Pure. */
import type { RunsOfSimulation } from '../../api/types.js';

export interface Goal {
  /** Percent; null where nobody asked for one. */
  readonly target: number | null;
  /** Target of the run, percent; null without one. */
  readonly ofRun: number | null;
  /** pp; null without a run. */
  readonly tolerance: number | null;
  /** Whose target it is: `run r1`, or chosen here. */
  readonly whose: string;
}

type Part = RunsOfSimulation['runs'][number];

/** The run that keeps the simulation says the target, else the latest that tried it. */
export function goalOf(chosen: number | undefined, runs: readonly Part[]): Goal {
  const run = runs.find(({ role }) => role === 'kept') ?? runs[0];
  const ofRun = run?.target_growth ?? null;
  const target = chosen ?? ofRun;
  const whose =
    target === null
      ? 'no run asked for one; choose a target above'
      : chosen === undefined || chosen === ofRun
        ? `of run ${run?.run_id ?? ''}`
        : ofRun === null
          ? 'chosen here'
          : `chosen here; run ${run?.run_id ?? ''} asked for another`;
  return { target, ofRun, tolerance: run?.tolerance ?? null, whose };
}
