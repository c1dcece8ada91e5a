/** `simulate`: one simulation in this process, without Temporal. */
import { randomBytes } from 'node:crypto';
import { simulationRequest, type SimulationRequest } from '../../runs/request.contract.js';
import { newRunId } from '../../runs/run-id.terms.js';
import { failure, MeritloopError } from '../../shared/errors/errors.js';
import type { SimulationOutcome, SimulationProgress } from '../../simulation/simulator.js';
import type { CliContext, Handler } from '../context.js';
import { listenForInterrupt } from '../interrupt.js';
import { startProgress, bar, type ProgressState } from '../progress.js';
import { renderSimulation } from './render.js';
import { readRequest } from '../request-options.js';

export const simulate: Handler = async (context, { options }) => {
  const { config, output, cwd } = context;
  const request = readRequest(simulationRequest, options, cwd);
  const { outcome, notices } = await run(context, request);
  const { summary, notes } = outcome;
  const { findSimulation } = await import('./stored-simulation.js');
  const { folder } = await findSimulation(config, summary.simulation_id);
  const allNotes = [...notices, ...notes];
  output.show(summary, (style) => renderSimulation({ summary, notes: allNotes, folder }, style));
  return 0;
};

interface Run {
  readonly outcome: SimulationOutcome;
  readonly notices: readonly string[];
}

async function run({ config, logger, output }: CliContext, request: SimulationRequest): Promise<Run> {
  const [{ createDependencies }, { resolveInputs }] = await Promise.all([
    import('../../dependencies.js'),
    import('../../runs/resolve-inputs.js'),
  ]);
  const { recordFailedRun, recordSimulation } = await import('../../assets/product/record-direct.js');
  const dependencies = createDependencies(config, logger);
  const interrupt = listenForInterrupt(() => output.log('ending; finished years are kept'));
  const progress = startProgress(output);
  const id = newRunId(new Date(), randomBytes(3).toString('hex'));
  try {
    const { spec, notices } = await resolveInputs(request, dependencies, interrupt.signal);
    const simulating = dependencies.simulator.simulate(spec, {
      keep: 'tables',
      signal: interrupt.signal,
      onProgress: (seen) => progress.update(simulationProgressState(seen)),
    });
    const outcome = await simulating.catch(async (error: unknown) => {
      if (error instanceof MeritloopError && !interrupt.signal.aborted)
        await recordFailedRun(dependencies, { spec, run: id, of: 'simulation' }, error, id);
      throw error;
    });
    await recordSimulation(dependencies, { spec, made: outcome }, id, id);
    return { outcome, notices };
  } catch (error) {
    if (interrupt.signal.aborted) throw failure('CANCELLED', { what: 'the simulation' }, error);
    throw error;
  } finally {
    progress.end();
    interrupt.release();
    await dependencies.simulator.close();
    await dependencies.catalog.close();
  }
}

/** Live lines, and one line per finished year for a plain log. */
export function simulationProgressState(progress: SimulationProgress): ProgressState {
  const { year, years_done, years_total, years_reused, model } = progress;
  const reused = years_reused === 0 ? '' : `, ${years_reused} reused`;
  return {
    lines: [`years ${bar(years_done, years_total)}${reused}`, `at ${year}: ${model}`],
    news: `${years_done} of ${years_total} years simulated${reused}`,
  };
}
