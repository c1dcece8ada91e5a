/** A year that the plan engine works on: what it is given, and what is told of it. */
import type { ModelStep } from '../model-step.contract.js';
import type { Fingerprint } from '../model/fingerprints.js';
import type { PlanModel } from '../model/plan.js';
import type { SimulationProgress } from '../simulator.js';
import type { Checkpoints } from '../store/checkpoints.js';
import type { RunInputs } from './read-fingerprints.js';

export interface YearRun extends RunInputs {
  readonly checkpoints: Checkpoints;
  /** A year that took longer is kept on disk; a shorter one costs less to run again than to write. */
  readonly checkpointAfterMs: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: SimulationProgress) => void) | undefined;
  /** Told of each checkpoint that was damaged and put aside. */
  readonly onDamaged?: ((note: string) => void) | undefined;
}

/** Where a year's rows came from: the table held them, a checkpoint did, or the models ran. */
export type Origin = 'held' | 'loaded' | 'simulated';

/** One year at work. */
export interface YearAtWork {
  readonly year: number;
  readonly job: YearRun;
  readonly fingerprint: Fingerprint;
  /** Says what is run next. */
  readonly report: (model: string) => void;
  readonly steps: ModelStep[];
}

export const tellDamaged = ({ onDamaged }: YearRun, file: string, year: number): void =>
  onDamaged?.(`Checkpoint ${file} was damaged, so year ${year} was simulated again.`);

/** Adds a step. @returns its origin */
export function note<From extends Origin>(
  { year, steps }: YearAtWork,
  { name }: PlanModel,
  begin: number,
  origin: From,
  rows: number | null = null,
): From {
  const action = origin === 'simulated' ? 'run' : 'reused';
  steps.push({ model: name, year, action, rows, seconds: (performance.now() - begin) / 1000 });
  return origin;
}
