/** The whole product but for the command line: embedded server, worker, and real simulations of the sample company. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { leverSetsOn } from '../../src/levers/open.js';
import { connectMeritloop, type MeritloopClient } from '../../src/client/meritloop.js';
import { loadConfig, type Config } from '../../src/config.js';
import { createDependencies } from '../../src/dependencies.js';
import { formatLevers } from '../../src/levers/file.js';
import { createLogger } from '../../src/shared/log.js';
import { connectClient, connectWorker } from '../../src/temporal/connection.js';
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
  const dependencies = createDependencies(config, logger);
  const worker = await createWorker({ connection, ...dependencies });
  const stopped = worker.run();
  stopWorker = async () => {
    worker.shutdown();
    await stopped;
    await dependencies.simulator.close();
    await dependencies.catalog.close();
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

test('every year reaches 2 % on its own, and a year that cannot be met is named', async () => {
  const run = (target: number) => client.startOptimization({ target, target_mode: 'every-year' });
  const met = await (await run(2)).result();
  expect(met.status).toBe('converged');
  const kept = JSON.parse(
    await readFile(path.join(home, 'simulations', met.simulation_id, 'summary.json'), 'utf8'),
  ) as { years: { growth: number }[] };
  const gaps = kept.years.map(({ growth }) => 2 - growth);
  expect(gaps).toHaveLength(5);
  expect(Math.abs(met.final_gap)).toBe(Math.max(...gaps.map(Math.abs)));
  expect(Math.abs(met.final_gap)).toBeLessThanOrEqual(0.1);
  expect(met.iterations_used).toBeLessThanOrEqual(2);
  const missed = await (await run(16.9)).result();
  expect(missed.status).toBe('infeasible');
  expect(missed.recommendations[0]?.code).toBe('YEAR_UNREACHABLE');
  expect(Object.keys(missed.attainable_by_year ?? {})).toHaveLength(5);
});

test('the report of a real run adds its growth up from its parts', async () => {
  const run = await client.startOptimization({ target: 2.5 });
  await run.result();
  const { decomposition } = await client.summarize(run.runId);
  expect(decomposition).toHaveLength(5);
  for (const { growth, raises, promotions, hires, leavers } of decomposition ?? [])
    expect(raises + promotions + hires + leavers).toBeCloseTo(growth, 6);
});

test('a child scenario follows its parent’s locks and keeps following what did not move', async () => {
  const levers = leverSetsOn(config);
  const rows = await levers.load(await levers.current('default'));
  const file = path.join(home, 'locked.csv');
  await writeFile(
    file,
    formatLevers([
      ...rows.map((row) => ({ ...row, is_locked: row.fiscal_year === 2025 })),
      ...rows.filter((row) => row.fiscal_year === 2026).map((row) => ({ ...row, scenario_id: 'child' })),
    ]),
  );
  const run = await client.startOptimization({ target: 3, scenario: 'child', levers: file });
  const { status, locked_rows_skipped, lever_set } = await run.result();
  expect(status).toBe('converged');
  expect(locked_rows_skipped).toBe(15);
  const kept = await levers.load(lever_set);
  expect(kept.filter((row) => row.scenario_id === 'child' && row.fiscal_year === 2025)).toEqual([]);
  expect(kept.filter((row) => row.scenario_id === 'child' && row.fiscal_year === 2027)).toHaveLength(15);
  expect(kept.filter((row) => row.scenario_id === 'default' && row.fiscal_year === 2027)).toEqual(
    rows.filter((row) => row.fiscal_year === 2027),
  );
});

test('a census with a bad row ends the run naming line, field and rule, without the person’s value', async () => {
  const file = path.join(home, 'bad.csv');
  await writeFile(file, 'employee_id,birth_date,hire_date,annual_salary\nA1,1980-01-01,2015-01-01,-77123\n');
  const run = await client.startOptimization({ census: file });
  const error: unknown = await run.result().catch((caught: unknown) => caught);
  expect(error).toMatchObject({ code: 'ROW_INVALID', fields: { line: 2, field: 'annual_salary' } });
  const address = (await serverStatus(config)).address ?? '';
  const temporal = await connectClient(config, address);
  const history = await temporal.workflow.getHandle(run.workflowId).fetchHistory();
  await temporal.connection.close();
  expect(
    JSON.stringify(history, (_, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString() : value,
    ),
  ).not.toContain('77123');
});
