/** Settings are those of the version that a simulation was asked for with, on both engines and after the company moved on. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { companyConfig } from '../../src/companies/company-config.js';
import { loadConfig, type Config } from '../../src/config.js';
import { createDependencies } from '../../src/dependencies.js';
import type { ActivityDependencies } from '../../src/ports.js';
import { simulationRequest } from '../../src/runs/request.contract.js';
import { resolveInputs } from '../../src/runs/resolve-inputs.js';
import { createLogger } from '../../src/shared/log.js';
import { borrowSample } from './borrowed-company.js';

let home: string;
let config: Config;
let sample: ActivityDependencies;
let acme: ActivityDependencies;

const replaceIn = (file: string, from: string, to: string) => async (seeds: string) => {
  const place = path.join(seeds, file);
  const text = await readFile(place, 'utf8');
  expect(text).toContain(from);
  await writeFile(place, text.replace(from, to));
};

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'meritloop-versions-'));
  config = loadConfig({ home, logLevel: 'silent' }, {});
  const logger = createLogger(config);
  await borrowSample(config, 'acme', {
    settle: replaceIn('config_workforce.csv', 'headcount_growth,0.03', 'headcount_growth,0.05'),
  });
  sample = createDependencies(config, logger);
  acme = createDependencies(companyConfig(config, 'acme'), logger);
});
afterAll(async () => {
  for (const { simulator, catalog } of [sample, acme]) {
    await simulator.close();
    await catalog.close();
  }
  await rm(home, { recursive: true, force: true });
});

const simulate = async (of: ActivityDependencies, engine: 'plan' | 'dbt' = 'plan') => {
  const request = simulationRequest.parse({ years: '2025-2026', engine });
  const { spec } = await resolveInputs(request, of, new AbortController().signal);
  return { spec, ...(await of.simulator.simulate(spec, { keep: 'summary' })) };
};
const closing = async (of: ActivityDependencies, engine?: 'plan' | 'dbt') =>
  (await simulate(of, engine)).summary.years.map((year) => year.closing);

test('a company has its own settings, and the sample those of the product', async () => {
  expect(await closing(sample)).toEqual([4529, 4665]);
  expect(await closing(acme)).toEqual([4617, 4848]);
});

test('a seed that models read changes what they make, without dbt compiling again, on both engines', async () => {
  const before = await simulate(acme);
  await borrowSample(config, 'acme', {
    expected: 1,
    settle: replaceIn('config_hire_levels.csv', '1,', '1,9'),
  });
  const after = await simulate(acme);
  expect(after.spec).toMatchObject({ ...before.spec, levers: after.spec.levers, company_version: 2 });
  const meanPay = ({ summary }: typeof after) => summary.years.map((year) => year.mean_pay);
  expect(meanPay(after)).not.toEqual(meanPay(before));
  expect(meanPay(await simulate(acme, 'dbt'))).toEqual(meanPay(after));
  // What began under the first version ends under it.
  const again = await acme.simulator.simulate({ ...before.spec, seed: 42 }, { keep: 'summary' });
  expect(again.summary).toMatchObject({ simulation_id: before.summary.simulation_id, reused: true });
});
