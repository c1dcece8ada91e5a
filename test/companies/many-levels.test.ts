/** Companies with more and with fewer levels than the sample: both engines make the same of them, and every check passes. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { companyConfig } from '../../src/companies/company-config.js';
import { loadConfig, type Config } from '../../src/config.js';
import { createDependencies } from '../../src/dependencies.js';
import { simulationRequest } from '../../src/runs/request.contract.js';
import { resolveInputs } from '../../src/runs/resolve-inputs.js';
import { createLogger } from '../../src/shared/log.js';
import { borrowSample } from './borrowed-company.js';
import { withLevels, withoutLevels } from './many-levels.js';

let home: string;
let config: Config;
let census: string;

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'meritloop-levels-'));
  config = loadConfig({ home, logLevel: 'silent' }, {});
  census = path.join(home, 'people.parquet');
  await withoutLevels(config.census, census);
});
afterAll(() => rm(home, { recursive: true, force: true }));

test.each([3, 12, 40])('%i levels', async (levels) => {
  const name = `of-${levels}`;
  await borrowSample(config, name, { settle: withLevels(levels) });
  const dependencies = createDependencies(companyConfig(config, name), createLogger(config));
  const simulate = async (engine: 'plan' | 'dbt') => {
    const request = simulationRequest.parse({ census, years: '2025-2026', engine });
    const { spec } = await resolveInputs(request, dependencies, new AbortController().signal);
    return (await dependencies.simulator.simulate(spec, { keep: 'tables' })).summary;
  };
  try {
    const [plan, dbt] = [await simulate('plan'), await simulate('dbt')];
    expect(dbt.years).toEqual(plan.years);
    expect(plan.years[0]?.promotions).toBeGreaterThan(0);
  } finally {
    await dependencies.simulator.close();
    await dependencies.catalog.close();
  }
});

test.each([
  ['a level that is not there in a lever file', 'levers', 6],
  ['a level that is not there in a limit', 'limits', 6],
])('%s is refused with the levels that are', async (_, what, level) => {
  const dependencies = createDependencies(config, createLogger(config));
  const request = simulationRequest.parse({ years: '2025-2026' });
  const limits = [{ parameter_name: 'merit_base' as const, job_levels: [level], frozen: true }];
  try {
    const asked =
      what === 'limits' ? { ...request, limits } : { ...request, levers: await leverFileOf(level) };
    await expect(resolveInputs(asked, dependencies, new AbortController().signal)).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringMatching(/job_level.* = 6: must be .*1 to 5/),
    });
  } finally {
    await dependencies.simulator.close();
    await dependencies.catalog.close();
  }
});

async function leverFileOf(level: number): Promise<string> {
  const file = path.join(home, 'levers.csv');
  const text = await readFile(path.join(config.seeds, 'comp_levers.csv'), 'utf8');
  await writeFile(file, text.replace(/^(default,2025),1,/m, `$1,${level},`));
  return file;
}
