/** The same graphs here and in Dagster, in one run on one machine: what an asset and a plan cost. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Config } from '../src/config.js';
import { createDependencies } from '../src/dependencies.js';
import { createGraph } from '../src/graph/graph.js';
import { years } from '../src/graph/partitions.js';
import { planAssets } from '../src/graph/plan.js';
import { connectClient, connectWorker } from '../src/temporal/connection.js';
import { acquireServer, serverStatus } from '../src/temporal/embedded-server.js';
import { installRuntime } from '../src/temporal/runtime-logger.js';
import { createWorker } from '../src/worker.js';
import type { materializeAssets } from '../src/workflows/materialize-assets.js';
import { withCompany, type BenchCompany } from './company.js';
import { noOpAssets, noOpHost, specsOf } from './dagster/no-op-assets.js';
import { installDagster, runDagster, type Measurement } from './dagster/run-dagster.js';
import { median, printTable, repeat, seconds, timed, times } from './measure.js';

const ASSETS = 300;
/** Each of its steps is a process of a second or two. */
const MULTIPROCESS_ASSETS = 12;
const PARALLELISM = 8;
const ROUNDS = 3;
const CLOCK_TICKS = 100;

export async function benchDagster(root: string): Promise<void> {
  await installDagster(root);
  await withCompany({ employees: 5000 }, async (company) => {
    const ours = said('300 assets here', await materializeHere(company));
    const plan = said('planning here', planHere());
    const dagster = async (mode: Parameters<typeof runDagster>[1], count: number) =>
      said(`Dagster ${mode}`, await runDagster(root, mode, noOpAssets(count)));
    const inProcess = await dagster('in-process', ASSETS);
    const dagsterPlan = await dagster('planning', 1000);
    const multiprocess = await dagster('multiprocess', MULTIPROCESS_ASSETS);

    const perAsset = (one: Measurement, count: number) => [
      `${((one.seconds / count) * 1000).toFixed(0)} ms`,
      `${((one.cpu / count) * 1000).toFixed(0)} ms`,
      times(one.seconds / count / (ours.seconds / ASSETS)),
    ];
    printTable(
      'Beside Dagster, on the same machine in the same run',
      ['what', 'wall', 'CPU', 'wall, of ours'],
      [
        [
          `meritloop, per asset (${ASSETS} no-op assets, parallelism ${PARALLELISM})`,
          ...perAsset(ours, ASSETS),
        ],
        [`Dagster in process, per asset (${ASSETS}, one after another)`, ...perAsset(inProcess, ASSETS)],
        [
          `Dagster multiprocess, per asset (${MULTIPROCESS_ASSETS}, parallelism ${PARALLELISM})`,
          ...perAsset(multiprocess, MULTIPROCESS_ASSETS),
        ],
        ['meritloop, planning 1,000 assets × 10 partitions', ...row(plan, plan)],
        ['Dagster, what is missing of 1,000 assets × 10 partitions', ...row(dagsterPlan, plan)],
      ],
    );
  });
}

/** Seen at once: all of it takes minutes. */
function said(what: string, one: Measurement): Measurement {
  process.stderr.write(`${what}: ${seconds(one.seconds)}, CPU ${seconds(one.cpu)}\n`);
  return one;
}

const row = (one: Measurement, ours: Measurement): string[] => [
  seconds(one.seconds),
  seconds(one.cpu),
  times(one.seconds / ours.seconds),
];

/** The worker in this process, the embedded server beside it; CPU is that of both. */
async function materializeHere({ config, logger }: BenchCompany): Promise<Measurement> {
  installRuntime(logger, { shutdownSignals: false });
  const server = await acquireServer(config, logger);
  const connection = await connectWorker(config, server.address);
  const client = await connectClient(config, server.address);
  const dependencies = createDependencies(config, logger);
  const assets = noOpHost(noOpAssets(ASSETS), dependencies.catalog);
  const worker = await createWorker({ connection, ...dependencies, assets });
  const materialize = (round: number, select: string) =>
    client.workflow.execute<typeof materializeAssets>('materializeAssets', {
      workflowId: `materialize/bench-${round}`,
      taskQueue: config.taskQueue,
      args: [{ select, force: true, parallelism: PARALLELISM }],
    });
  try {
    return await worker.runUntil(async () => {
      await materialize(0, 'key:"a0"');
      const rounds = await repeat(ROUNDS, async (index) => {
        const before = process.cpuUsage();
        const serverBefore = await serverCpu(config);
        const { seconds: wall } = await timed(() => materialize(index + 1, '*'));
        const { user, system } = process.cpuUsage(before);
        return {
          seconds: wall,
          cpu: (user + system) / 1e6 + (await serverCpu(config)) - serverBefore,
        };
      });
      return { seconds: median(rounds.map((one) => one.seconds)), cpu: median(rounds.map((one) => one.cpu)) };
    });
  } finally {
    await client.connection.close();
    await connection.close();
    await dependencies.simulator.close();
    await dependencies.catalog.close();
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

function planHere(): Measurement {
  const specs = specsOf(noOpAssets(1000), years(2025, 2034));
  const hash = (text: string) => createHash('sha256').update(text).digest('hex');
  const world = { latest: [], observed: {}, foreseen: {}, dynamic: {} };
  const rounds = Array.from({ length: 5 }, () => {
    const startedAt = performance.now();
    const before = process.cpuUsage();
    const keys = specs.map(({ key }) => key);
    const { steps } = planAssets(createGraph(specs), world, { keys, config: {} }, hash);
    if (steps.length !== specs.length * 10) throw new Error(`${steps.length} steps planned`);
    const { user, system } = process.cpuUsage(before);
    return { seconds: (performance.now() - startedAt) / 1000, cpu: (user + system) / 1e6 };
  });
  return { seconds: median(rounds.map((one) => one.seconds)), cpu: median(rounds.map((one) => one.cpu)) };
}
