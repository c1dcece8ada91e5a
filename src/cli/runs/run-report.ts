/** Prints the result of a finished run, with what the home knows of it beside the result itself. */
import { createRunStore, isFailure } from '../../runs/run-store.js';
import type { OptimizationResult } from '../../runs/optimization.contract.js';
import type { MeritloopError } from '../../shared/errors/errors.js';
import { growthByYear } from '../../tuning/measure.js';
import type { CliContext } from '../context.js';
import { renderOptimization } from './render.js';
import { findSimulation } from '../simulations/stored-simulation.js';

export interface RunExtras {
  readonly notes: readonly string[];
  /** The run's page in Temporal's web page, where a server is up. */
  readonly url: string | undefined;
}

export async function showResult(
  { config, output }: CliContext,
  result: OptimizationResult,
  { notes, url }: RunExtras,
): Promise<void> {
  const runs = createRunStore(config.home);
  const spec = (await runs.record(result.run_id))?.spec;
  const { folder, summary } = await findSimulation(config, result.simulation_id);
  const growth = spec ? growthByYear(summary, spec) : undefined;
  const report = runs.fileOf(result.run_id, 'report.md');
  output.show(result, (style) => renderOptimization({ result, growth, notes, url, folder, report }, style));
  if (url !== undefined) output.note("Temporal's web page lives while `meritloop server` runs.");
}

export interface FailedRun {
  readonly runId: string;
  readonly workflowId: string;
}

/**
 * A run that ended without a result: under --json the document of a result with `status`, what was known and `error`.
 * For people the error says it all, so it is thrown.
 * @returns the exit code
 */
export async function showFailure(
  { config, output }: CliContext,
  { runId, workflowId }: FailedRun,
  error: MeritloopError,
): Promise<number> {
  if (!output.json) throw error;
  const { code, message, hint, fields, exitCode } = error;
  const ending = await createRunStore(config.home).ending(runId);
  // A refused request leaves nothing behind; what stands there is then of an earlier run.
  const known = ending !== undefined && isFailure(ending) && ending.error.code === code ? ending : {};
  const document = {
    status: code === 'CANCELLED' ? 'cancelled' : 'failed',
    run_id: runId,
    workflow_id: workflowId,
    ...known,
    error: { code, message, hint, fields },
  };
  output.show(document, () => message);
  return exitCode;
}
