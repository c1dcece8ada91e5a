/** A client of the server, with a worker in this process where the command needs one. */
import { connectMeritloop, type MeritloopClient } from '../client.js';
import type { CliContext } from './context.js';
import { startWorker } from './in-process-worker.js';

export interface SessionOptions {
  /** True: runs move on, and answer, even where no other worker lives. */
  readonly worker: boolean;
}

/** Runs `use` and gives everything back, whatever happens. A worker that fails ends the command. */
export async function withClient<Result>(
  { config, logger }: CliContext,
  options: SessionOptions,
  use: (client: MeritloopClient) => Promise<Result>,
): Promise<Result> {
  const client = await connectMeritloop({ config, logger });
  try {
    if (!options.worker) return await use(client);
    const worker = await startWorker(config, logger);
    try {
      return await Promise.race([use(client), failureOf(worker.stopped)]);
    } finally {
      await worker.close();
    }
  } finally {
    await client.close();
  }
}

/** Never settles but by a rejection. */
const failureOf = async (stopped: Promise<void>): Promise<never> => {
  await stopped;
  return new Promise<never>(() => {});
};
