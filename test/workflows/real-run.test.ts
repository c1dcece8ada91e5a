/** The whole product but for the command line: embedded server, worker, and real simulations of the sample company. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { leverSetsOn } from '../../src/activities/lever-sets.js';
import { createRunStore } from '../../src/activities/run-store.js';
import { importCensus } from '../../src/census/import.js';
import { connectMeritloop, type MeritloopClient } from '../../src/client.js';
import { loadConfig, type Config } from '../../src/config.js';
import { createLogger } from '../../src/log.js';
import { readWorkforceSettings } from '../../src/seeds/settings.js';
import { createSimulator } from '../../src/simulation/create-simulator.js';
import { connectWorker } from '../../src/temporal/connection.js';
import { serverStatus } from '../../src/temporal/embedded-server.js';
import { createWorker } from '../../src/worker.js';

let home: string;
let config: Config;
let client: MeritloopClient;
let stopWorker: () => Promise<void>;

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  home = await mkdtemp(path.join(tmpdir(), 'meritloop-real-'));
  config = loadConfig({ home, logLevel: 'error' }, {});
  const logger = createLogger(config);
  client = await connectMeritloop({ config, logger });
  const connection = await connectWorker(config, (await serverStatus(config)).address ?? '');
  const simulator = createSimulator(config, logger);
  const worker = await createWorker({
    config,
    connection,
    simulator,
    logger,
    runs: createRunStore(home),
    levers: leverSetsOn(config),
    importCensus: (file, baselineDate, signal) =>
      importCensus({
        home,
        file: file ?? path.join(config.projectRoot, 'seeds', 'sample_census.parquet'),
        baselineDate,
        signal,
      }),
    settings: () => readWorkforceSettings(config.projectRoot),
  });
  const stopped = worker.run();
  stopWorker = async () => {
    worker.shutdown();
    await stopped;
    await simulator.close();
    await connection.close();
  };
});

afterAll(async () => {
  await stopWorker();
  await client.close();
  await rm(home, { recursive: true, force: true });
});

test.each(['conservative', 'balanced', 'aggressive'] as const)(
  'the sample company reaches 2 %% with the %s strategy',
  async (strategy) => {
    const result = await (await client.startOptimization({ target: 2, strategy })).result();
    expect(result.status).toBe('converged');
    expect(result.iterations_used).toBeLessThanOrEqual(3);
    expect(result.attainable_growth[0]).toBeLessThan(1);
    expect(result.attainable_growth[1]).toBeGreaterThan(10);
    const kept = JSON.parse(
      await readFile(path.join(home, 'simulations', result.simulation_id, 'summary.json'), 'utf8'),
    ) as { mean_growth: number };
    expect(kept.mean_growth).toBe(result.final_growth);
  },
);

test('the report of a real run adds its growth up from its parts', async () => {
  const run = await client.startOptimization({ target: 2.5 });
  await run.result();
  const { decomposition } = await client.summarize(run.runId);
  expect(decomposition).toHaveLength(5);
  for (const { growth, raises, promotions, hires, leavers } of decomposition ?? [])
    expect(raises + promotions + hires + leavers).toBeCloseTo(growth, 6);
});
