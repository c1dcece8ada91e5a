/** A client of the server, with a worker in this process where the command needs one. */
import { connectMeritloop, type MeritloopClient } from '../client/meritloop.js';
import type { CliContext } from './context.js';
import type { RunningWorker } from './processes/in-process-worker.js';

export interface SessionOptions {
  /** True: runs move on, and answer, even where no other worker lives. */
  readonly worker: boolean;
}

/** Runs `use` and gives everything back, whatever happens. A worker that fails ends the command. */
export async function withClient<Result>(
  context: CliContext,
  options: SessionOptions,
  use: (client: MeritloopClient) => Promise<Result>,
): Promise<Result> {
  const { config, logger } = context;
  const client = await connectMeritloop({ config, logger });
  try {
    return await (options.worker ? withWorker(context, use(client)) : use(client));
  } finally {
    await client.close();
  }
}

/** The worker starts while the command already asks: neither needs the other to begin. */
async function withWorker<Result>(context: CliContext, work: Promise<Result>): Promise<Result> {
  const worker = startWorker(context);
  try {
    return await Promise.race([work, worker.then(({ stopped }) => failureOf(stopped))]);
  } finally {
    await (await worker).close();
  }
}

/** What a worker is made of takes a second to load: commands without one do not wait for it. */
async function startWorker({ config, logger }: CliContext): Promise<RunningWorker> {
  const inProcess = await import('./processes/in-process-worker.js');
  return inProcess.startWorker(config, logger);
}

/** Never settles but by a rejection. */
const failureOf = async (stopped: Promise<void>): Promise<never> => {
  await stopped;
  return new Promise<never>(() => {});
};
