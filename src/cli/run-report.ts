/** Prints the result of a finished run, with what the home knows of it beside the result itself. */
import { createRunStore } from '../activities/run-store.js';
import type { OptimizationResult } from '../contract/optimization.js';
import { growthByYear } from '../tuning/measure.js';
import type { CliContext } from './context.js';
import { renderOptimization } from './render/optimization.js';
import { findSimulation } from './stored-simulation.js';

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
