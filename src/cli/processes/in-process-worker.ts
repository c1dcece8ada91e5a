/** A worker inside this process: for `worker`, and for commands that must not wait for another one. */
import type { Config } from '../../config.js';
import type { Logger } from '../../shared/log.js';
import { connectWorker } from '../../temporal/connection.js';
import { acquireServer } from '../../temporal/embedded-server.js';
import { installRuntime } from '../../worker.js';
import { createWorker } from '../../worker.js';
import { catchUpMoves } from '../../levers/record-moves.js';
import { createDependencies } from '../../dependencies.js';

export interface RunningWorker {
  /** host:port of the server. */
  readonly address: string;
  /** Base address of Temporal's web page; undefined for an outside server. */
  readonly uiAddress: string | undefined;
  /** Rejects when the worker fails; settles at its end. */
  readonly stopped: Promise<void>;
  /** Lets the activities at work end, then gives the server back. */
  close(): Promise<void>;
}

/** @throws MeritloopError SERVER_UNREACHABLE, SERVER_START_FAILED, TEMPORAL_MISSING */
export async function startWorker(config: Config, logger: Logger): Promise<RunningWorker> {
  // The command listens for Ctrl-C itself: the first one must cancel the run while the worker still works.
  installRuntime(logger, { shutdownSignals: false });
  const closers: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).toReversed()) await closer();
  };
  try {
    const server = await acquireServer(config, logger);
    closers.push(() => server.release());
    const connection = await connectWorker(config, server.address);
    closers.push(() => connection.close());
    const dependencies = createDependencies(config, logger);
    closers.push(
      () => dependencies.simulator.close(),
      () => dependencies.catalog.close(),
    );
    const caughtUp = catchUpMoves(config, logger);
    closers.push(() => caughtUp);
    const worker = await createWorker({ connection, ...dependencies });
    const stopped = worker.run();
    closers.push(async () => {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await stopped;
    });
    // Whoever cares awaits `stopped` or `close`; until then a failure must not end the process unheard.
    stopped.catch((error: unknown) => logger.error({ err: error }, 'the worker has failed'));
    return { address: server.address, uiAddress: server.uiAddress, stopped, close };
  } catch (error) {
    await close();
    throw error;
  }
}
