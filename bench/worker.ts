/** A worker in this process with the embedded server beside it, and what work on them costs: wall time, and CPU of both. */
import { readFile } from 'node:fs/promises';
import type { AssetHost } from '../src/assets/host.js';
import { createClient, type MeritloopClient } from '../src/client/meritloop.js';
import type { Config } from '../src/config.js';
import { createDependencies } from '../src/dependencies.js';
import type { AssetCatalog } from '../src/assets/graph/catalog-port.js';
import type { Logger } from '../src/shared/log.js';
import { connectClient, connectWorker } from '../src/temporal/connection.js';
import { acquireServer, serverStatus } from '../src/temporal/embedded-server.js';
import { installRuntime } from '../src/worker.js';
import { createWorker } from '../src/worker.js';

const CLOCK_TICKS = 100;

export interface Measurement {
  readonly seconds: number;
  /** CPU seconds, of every process that took part. */
  readonly cpu: number;
  /** How many assets were made, or steps planned. */
  readonly made: number;
}

export interface BenchWorker {
  readonly client: MeritloopClient;
  /** @param work returns how many assets it made */
  readonly measured: (work: () => Promise<number>) => Promise<Measurement>;
}

/** @param assetsOf the graph that the worker serves; default: the product's */
export async function withWorker<Result>(
  { config, logger }: { readonly config: Config; readonly logger: Logger },
  assetsOf: ((catalog: AssetCatalog) => AssetHost) | undefined,
  work: (worker: BenchWorker) => Promise<Result>,
): Promise<Result> {
  installRuntime(logger, { shutdownSignals: false });
  const server = await acquireServer(config, logger);
  const connection = await connectWorker(config, server.address);
  const dependencies = createDependencies(config, logger);
  const client = createClient(await connectClient(config, server.address), config, server, async () => {});
  const worker = await createWorker({
    connection,
    ...dependencies,
    ...(assetsOf === undefined ? {} : { assets: assetsOf(dependencies.catalog) }),
  });
  const measured: BenchWorker['measured'] = async (task) => {
    const [before, serverBefore, startedAt] = [
      process.cpuUsage(),
      await serverCpu(config),
      performance.now(),
    ];
    const made = await task();
    const seconds = (performance.now() - startedAt) / 1000;
    const { user, system } = process.cpuUsage(before);
    return { seconds, cpu: (user + system) / 1e6 + (await serverCpu(config)) - serverBefore, made };
  };
  try {
    return await worker.runUntil(() => work({ client, measured }));
  } finally {
    await connection.close();
    await client.close();
    await dependencies.catalog.close();
    await dependencies.simulator.close();
    await server.release();
  }
}

/** CPU seconds of the embedded server so far, as Linux tells. */
async function serverCpu(config: Config): Promise<number> {
  const { pid } = await serverStatus(config);
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS;
}
