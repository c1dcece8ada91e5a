/** Starts or joins an optimisation run, shows its progress, waits for its report and prints it. */
import { once } from 'node:events';
import {
  MeritloopError,
  type FollowedProgress,
  type MeritloopClient,
  type RunHandle,
} from '../../client/meritloop.js';
import type { OptimizationResult, RunStatus } from '../../runs/optimization.contract.js';
import type { OptimizationRequest } from '../../runs/request.contract.js';
import { EVALUATION_SEEDS } from '../../tuning/random-seeds/random-seeds.js';
import { abandonServer } from '../../temporal/embedded-server.js';
import type { CliContext } from '../context.js';
import { listenForInterrupt } from '../interrupt.js';
import { startProgress } from '../progress.js';
import { runProgressState } from './render-progress.js';
import { showFailure, showResult } from './run-report.js';
import { withClient } from '../session.js';

export const EXIT_CODES: Readonly<Record<RunStatus, number>> = {
  converged: 0,
  failed: 1,
  not_converged: 3,
  infeasible: 4,
  cancelled: 5,
};

/** Baseline, both bounds and two iterations: what a run mostly takes. */
const USUAL_SIMULATIONS = 5;

export interface RunOptions {
  /** Runs again under an id that has finished. */
  readonly rerun: boolean;
}

/** @returns the exit code of the run's status. */
export function runOptimization(
  context: CliContext,
  request: OptimizationRequest,
  { rerun }: RunOptions,
): Promise<number> {
  return withClient(context, { worker: true }, async (client) => {
    const run = await client.startOptimization(request, { rerun });
    if (run.joined) context.logger.info({ runId: run.runId }, 'joined a run of that id');
    return followToReport(context, client, run, 'cancel');
  });
}

/** @param onInterrupt what the first Ctrl-C does to the run; a second one ends the process. */
export async function followToReport(
  context: CliContext,
  client: MeritloopClient,
  run: RunHandle,
  onInterrupt: 'cancel' | 'leave',
): Promise<number> {
  const leaving = onInterrupt === 'leave';
  const interrupt = listenForInterrupt(
    () => (leaving ? undefined : cancelRun(context, run)),
    () => abandonServer(context.config),
  );
  try {
    const following = followRun(context, run);
    const followed = await (leaving ? untilLeft(following, interrupt.signal) : following);
    if (followed === undefined) return 0;
    if (followed instanceof MeritloopError) return await showFailure(context, run, followed);
    const { result, notes } = followed;
    await client.summarize(run.runId);
    await showResult(context, result, { notes, url: run.url });
    return EXIT_CODES[result.status];
  } finally {
    interrupt.release();
  }
}

/** Undefined once the signal aborts; the run goes on without us. */
async function untilLeft<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result | undefined> {
  const left = once(signal, 'abort').then(() => undefined);
  return Promise.race([work, left]);
}

function cancelRun({ output, logger }: CliContext, run: RunHandle): void {
  output.log('cancelling; what is finished is kept (Ctrl-C again ends at once)');
  run.cancel().catch((error: unknown) => logger.error({ err: error }, 'the run could not be cancelled'));
}

/** A failure of the run itself is returned, not thrown. */
async function followRun(
  { output }: CliContext,
  run: RunHandle,
): Promise<{ result: OptimizationResult; notes: readonly string[] } | MeritloopError> {
  const progress = startProgress(output);
  const started = performance.now();
  let last: FollowedProgress | undefined;
  try {
    const result = await run.follow((seen) => {
      last = seen;
      const { simulation } = seen;
      const at = simulation ? `${simulation.year}: ${simulation.model}` : undefined;
      progress.update(runProgressState(seen, { at, expected: expectedSeconds(seen, started) }));
    });
    return { result, notes: last?.notes ?? [] };
  } catch (error) {
    // A lost server says nothing of the run; anything else is how the run has ended.
    if (error instanceof MeritloopError && error.code !== 'SERVER_UNREACHABLE') return error;
    throw error;
  } finally {
    progress.end();
  }
}

/** From the mean time of the simulations so far; unknown before the first, and once a run takes longer than usual. */
function expectedSeconds({ history, seeds }: FollowedProgress, started: number): number | undefined {
  if (history.length === 0 || history.length >= USUAL_SIMULATIONS) return undefined;
  const elapsed = (performance.now() - started) / 1000;
  // With several seeds the kept levers are simulated with others at the end.
  const judging = seeds == null ? 0 : EVALUATION_SEEDS / seeds.total;
  return (elapsed / history.length) * (USUAL_SIMULATIONS + judging - history.length);
}
