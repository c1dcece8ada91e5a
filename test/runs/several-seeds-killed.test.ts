/** A run over several seeds with real simulations: its worker is killed, and it ends with the same bytes as an undisturbed one. */
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { generateCensus } from '../../src/census/generate.js';
import type { OptimizationResult } from '../../src/client/meritloop.js';
import type { SimulationSummary } from '../../src/simulation/simulation.contract.js';
import { startService, type Service } from '../workflows/service.js';

let service: Service;
beforeAll(async () => {
  service = await startService('seeds');
});
afterAll(() => service.close());

const summaryOf = async (folder: string, id: string): Promise<SimulationSummary> =>
  JSON.parse(
    await readFile(path.join(service.config.home, folder, id, 'summary.json'), 'utf8'),
  ) as SimulationSummary;

const ofTheRun = ({ status, final_growth, attainable_growth, levers, uncertainty }: OptimizationResult) =>
  JSON.stringify({ status, final_growth, attainable_growth, levers, uncertainty });

test('killed while its levers are judged, it ends as an undisturbed one', async () => {
  const { client, config } = service;
  const census = path.join(config.home, 'company.parquet');
  await generateCensus({ employees: 400, seed: 3, out: census, baselineDate: '2024-12-31' });
  const request = { census, years: '2025-2026', seeds: 3, tolerance: 0.2 } as const;
  const first = service.startWorker();
  const run = await client.startOptimization(request, { id: 'disturbed' });
  let isKilled = false;
  const result = await run.follow(({ phase, seeds }) => {
    if (isKilled || phase !== 'evaluating' || (seeds?.done ?? 0) === 0) return;
    isKilled = true;
    void service.killWorker(first).then(() => service.startWorker());
  });
  expect(isKilled).toBe(true);

  const tables = path.join(
    config.home,
    'simulations',
    result.simulation_id,
    'fct_workforce_snapshot.parquet',
  );
  const disturbed = await readFile(tables);
  const { uncertainty } = result;
  const growths = await Promise.all(
    (uncertainty?.simulations ?? []).map(async ({ seed, simulation_id }) => {
      const folder = seed === 42 ? 'simulations' : 'trials';
      return (await summaryOf(folder, simulation_id)).mean_growth;
    }),
  );
  expect(growths).toEqual(uncertainty?.simulations.map(({ growth }) => growth));
  expect(new Set(growths).size).toBe(23);
  expect(result.final_growth).toBe((growths[0]! + growths[1]! + growths[2]!) / 3);
  expect(Math.abs(result.final_growth - 2)).toBeLessThanOrEqual(0.2);

  for (const folder of ['simulations', 'trials', 'checkpoints'])
    await rm(path.join(config.home, folder), { recursive: true, force: true });
  const undisturbed = await (await client.startOptimization(request, { id: 'undisturbed' })).result();
  expect(ofTheRun(undisturbed)).toBe(ofTheRun(result));
  expect(disturbed.equals(await readFile(tables))).toBe(true);
});

test('the percentiles hold the middle of the unseen seeds, year by year', async () => {
  const run = await service.client.startOptimization(
    {
      census: path.join(service.config.home, 'company.parquet'),
      years: '2025-2026',
      seeds: 3,
      tolerance: 0.2,
    },
    { id: 'undisturbed' },
  );
  const { uncertainty } = await run.result();
  const unseen = uncertainty?.simulations.filter(({ role }) => role === 'evaluation') ?? [];
  const years = await Promise.all(
    unseen.map(async ({ simulation_id }) => (await summaryOf('trials', simulation_id)).years),
  );
  expect(years).toHaveLength(20);
  for (const [index, { year, growth, payroll }] of (uncertainty?.years ?? []).entries()) {
    const inside = (band: typeof growth, figure: 'growth' | 'payroll') =>
      years.filter((each) => each[index]![figure] >= band.p10 && each[index]![figure] <= band.p90).length;
    expect(years.every((each) => each[index]!.year === year)).toBe(true);
    expect([inside(growth, 'growth'), inside(payroll, 'payroll')]).toEqual([16, 16]);
    expect(growth.p50).toBeGreaterThan(growth.p10);
  }
});
