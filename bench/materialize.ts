/** What the graph itself costs: three hundred assets that do nothing, on the embedded server, eight at a time. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AssetHost } from '../src/assets/host.js';
import { createClient } from '../src/client.js';
import { loadConfig } from '../src/config.js';
import { createDependencies } from '../src/dependencies.js';
import { defineAsset } from '../src/graph/asset.js';
import { createGraph } from '../src/graph/graph.js';
import { createLogger } from '../src/log.js';
import { connectClient, connectWorker } from '../src/temporal/connection.js';
import { acquireServer } from '../src/temporal/embedded-server.js';
import { installRuntime } from '../src/temporal/runtime-logger.js';
import { createWorker } from '../src/worker.js';
import { printTable, seconds } from './measure.js';

const ASSETS = 300;
const PARALLELISM = 8;
const ROUNDS = 3;

/** Chains of ten, side by side. */
const specs = Array.from({ length: ASSETS }, (_, n) =>
  defineAsset({ key: `a${n}`, deps: n % 10 === 0 ? [] : [`a${n - 1}`], computation: { name: `a${n}` } }),
);
const nothing: AssetHost['compute'][string] = ({ steps, record }) =>
  record(steps.map(({ id }) => ({ step: id, dataVersion: id, seconds: 0, metadata: {}, checks: [] })));

export async function benchMaterialize(): Promise<void> {
  const rows: string[][] = [];
  const home = await mkdtemp(path.join(tmpdir(), 'meritloop-bench-'));
  const config = loadConfig({ home }, {});
  const logger = createLogger(config);
  installRuntime(logger, { shutdownSignals: false });
  const server = await acquireServer(config, logger);
  const connection = await connectWorker(config, server.address);
  const dependencies = createDependencies(config, logger);
  const { catalog } = dependencies;
  const assets: AssetHost = {
    catalog,
    describe: async () => ({ graph: createGraph(specs), world: { observed: {}, foreseen: {}, dynamic: {} } }),
    compute: Object.fromEntries(specs.map(({ key }) => [key, nothing])),
    workflowCall: () => ({ type: '', id: '', args: [] }),
  };
  const worker = await createWorker({ ...dependencies, assets, connection });
  const stopped = worker.run();
  const client = createClient(await connectClient(config, server.address), config, server, async () => {});
  try {
    for (let round = 1; round <= ROUNDS; round += 1) {
      const started = performance.now();
      const { ran } = await (await client.materialize({ force: true, parallelism: PARALLELISM })).result();
      const ms = performance.now() - started;
      rows.push([`round ${round}`, String(ran), seconds(ms / 1000), `${(ms / ran).toFixed(1)} ms`]);
    }
    const started = performance.now();
    const { reused } = await (await client.materialize({})).result();
    const ms = performance.now() - started;
    rows.push(['nothing to do', `0 (${reused} reused)`, seconds(ms / 1000), '']);
  } finally {
    worker.shutdown();
    await stopped;
    await connection.close();
    await client.close();
    await catalog.close();
    await dependencies.simulator.close();
    await server.release();
    await rm(home, { recursive: true, force: true });
  }
  printTable(
    `${ASSETS} assets that do nothing, ${PARALLELISM} at a time, embedded server`,
    ['run', 'made', 'wall time', 'per asset'],
    rows,
  );
}
