/** Worker and server are killed in the middle of a grid: what was finished is not run again, and nothing is missed. Real processes, real simulations. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { generateCensus } from '../../src/census/generate.js';
import type { GridHandle, GridProgress } from '../../src/client/meritloop.js';
import { connectClient } from '../../src/temporal/connection.js';
import { serverStatus } from '../../src/temporal/embedded-server.js';
import { childrenOf } from './grid-children.js';
import { startService, type Service } from '../workflows/service.js';

let service: Service;
beforeEach(async () => {
  service = await startService('grid');
});
afterEach(() => service.close());

const CELLS = 4;

/** A worker that is just starting does not answer. */
async function until(grid: GridHandle, isThere: (progress: GridProgress) => boolean): Promise<void> {
  for (;;) {
    const progress = await grid.progress().catch(() => undefined);
    if (progress !== undefined && isThere(progress)) return;
    await sleep(20);
  }
}

test('a grid whose worker and server are killed goes on with the cells that had not ended', async () => {
  const { client, config } = service;
  const census = path.join(config.home, 'people.csv');
  await generateCensus({ employees: 300, seed: 3, out: census, baselineDate: '2024-12-31' });
  const first = service.startWorker();
  const request = { targets: '2..3', seeds: [1, 2], years: '2025-2026', census };
  const grid = await client.grids.start(request, { id: 'disturbed' });
  const recordOf = (run: string) => readFile(path.join(config.home, 'runs', run, 'run.json'), 'utf8');

  await until(grid, ({ counts, running }) => counts.converged > 0 && running.length === 2);
  await service.killWorker(first);
  await service.killServer();
  const second = service.startWorker();
  await until(grid, ({ counts }) => counts.converged > 0);
  const finished = ((await grid.table())?.cells ?? []).filter(({ status }) => status === 'converged');
  const before = await Promise.all(finished.map(({ run_id }) => recordOf(run_id)));
  const result = await grid.result();

  expect(result.counts).toMatchObject({ cells: CELLS, converged: CELLS, reused: 0 });
  expect(before.length).toBeGreaterThan(0);
  expect(await Promise.all(finished.map(({ run_id }) => recordOf(run_id)))).toEqual(before);
  const temporal = await connectClient(config, (await serverStatus(config)).address ?? '');
  const { started, completed, most } = await childrenOf(temporal, grid.workflowId);
  await temporal.connection.close();
  expect(most).toBe(2);
  expect(started).toHaveLength(CELLS);
  expect(completed.toSorted()).toEqual(started.toSorted());
  expect(new Set(started).size).toBe(CELLS);
  for (const { payroll, payroll_final_year, simulation_id } of result.cells) {
    const file = path.join(config.home, 'simulations', simulation_id ?? '', 'summary.json');
    const { years } = JSON.parse(await readFile(file, 'utf8')) as { years: { payroll: number }[] };
    const [one, two] = years.map((year) => year.payroll);
    expect(payroll).toBeCloseTo((one ?? 0) + (two ?? 0), 2);
    expect(payroll_final_year).toBe(two);
  }
  await service.killWorker(second);

  // Asked again, it is answered from the home, though no worker lives.
  const again = await client.grids.start(request, { id: 'disturbed' });
  expect(again.joined).toBe(true);
  expect(await again.result()).toEqual(result);
}, 300_000);
