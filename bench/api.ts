/** How fast results of a stored simulation of 100,000 people are read: `npx tsx bench/api.ts`. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { generateCensus } from '../src/census/generate.js';
import { resolveInputs } from '../src/runs/resolve-inputs.js';
import { loadConfig } from '../src/config.js';
import { simulationRequest } from '../src/runs/request.contract.js';
import { createDependencies } from '../src/dependencies.js';
import { createLogger } from '../src/shared/log.js';
import { distributionSql, HEADCOUNT_BRIDGE, histogramSql } from '../src/simulation/results/population.js';
import { ResultReader } from '../src/simulation/results/reader.js';
import { plainColumns, sortedSql } from '../src/simulation/results/rows.js';
import { median } from './measure.js';
import { resultRows, yearlyGrowth } from '../src/simulation/results/yearly-results.js';

const PEOPLE = 100_000;
const ROUNDS = 15;
const METRICS = ['mean', 'median', 'payroll', 'prorated-mean', 'matched-cohort'] as const;

/** Wall and processor time of the first round, then the median and longest wall and the mean processor time of the rest, milliseconds. */
async function measure(name: string, work: () => Promise<unknown>): Promise<void> {
  const rounds: { wall: number; cpu: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const [started, before] = [performance.now(), process.cpuUsage()];
    await work();
    const { user, system } = process.cpuUsage(before);
    rounds.push({ wall: performance.now() - started, cpu: (user + system) / 1000 });
  }
  const [first = { wall: 0, cpu: 0 }, ...warm] = rounds;
  const walls = warm.map(({ wall }) => wall);
  const cpu = warm.reduce((sum, round) => sum + round.cpu, 0) / warm.length;
  const cells = [first.wall, first.cpu, median(walls), Math.max(...walls), cpu].map((ms) =>
    ms.toFixed(ms < 10 ? 1 : 0).padStart(9),
  );
  process.stdout.write(`${name.padEnd(36)}${cells.join('')}\n`);
}

const home = await mkdtemp(path.join(tmpdir(), 'meritloop-bench-api-'));
const config = loadConfig({ home, logLevel: 'silent' }, {});
const dependencies = createDependencies(config, createLogger(config));
const reader = new ResultReader(config);
// As the server does at its start.
await reader.open();
try {
  const census = path.join(home, 'people.parquet');
  await generateCensus({ employees: PEOPLE, seed: 1, out: census, baselineDate: '2024-12-31' });
  const request = simulationRequest.parse({ census });
  const { spec } = await resolveInputs(request, dependencies, new AbortController().signal);
  const { summary } = await dependencies.simulator.simulate(spec, { keep: 'tables' });
  const stored = await reader.findTables(summary.simulation_id);
  const actives = {
    statuses: ['continuous_active', 'new_hire_active'] as const,
    levels: undefined,
  };
  process.stdout.write(
    `${`${PEOPLE} people, five years; ms`.padEnd(36)}    first      cpu   median      max      cpu\n`,
  );
  await measure('results by year', () =>
    Promise.all([resultRows(reader, stored, actives, 'year'), yearlyGrowth(reader, stored, 'mean', actives)]),
  );
  await measure('results by level and status', () => resultRows(reader, stored, actives, 'level,status'));
  await measure('results of two levels, with growth', () => {
    const some = { ...actives, levels: [1, 2] };
    return Promise.all([
      resultRows(reader, stored, some, 'year'),
      yearlyGrowth(reader, stored, 'median', some),
    ]);
  });
  await measure('all five metrics of hires by level', async () => {
    const hires = { statuses: ['new_hire_active', 'new_hire_termination'] as const, levels: undefined };
    await resultRows(reader, stored, hires, 'level');
    for (const metric of METRICS) await yearlyGrowth(reader, stored, metric, hires);
  });
  await measure('headcount bridge', () => reader.rows(stored, HEADCOUNT_BRIDGE));
  await measure('distribution of one year', () =>
    Promise.all([
      reader.rows(stored, distributionSql(actives, 2029)),
      reader.rows(stored, histogramSql(actives, 2029, 20)),
    ]),
  );
  await measure('a page of rows by pay', () => {
    const page = sortedSql({ table: 'snapshot', year: 2029 }, 'pay', true, plainColumns('snapshot'));
    return reader.rows(stored, `${page}\nlimit 100 offset 5000`);
  });
} finally {
  await reader.close();
  await dependencies.simulator.close();
  await rm(home, { recursive: true, force: true });
}
