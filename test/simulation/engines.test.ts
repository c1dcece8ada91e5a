/** Both engines build the same tables, and the second stands in for the first, saying so. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { compilePlan, dbtPaths } from '../../src/simulation/model/compile-plan.js';
import { createCheckpoints } from '../../src/simulation/store/checkpoints.js';
import { Database, literal } from '../../src/simulation/engine/database.js';
import { withDbtBuild } from '../../src/simulation/engine/dbt-engine.js';
import { PlanEngine } from '../../src/simulation/engine/plan-engine.js';
import { trialInputs } from '../../src/simulation/store/trial-inputs.js';
import { writeCensus, writeRunState } from '../../src/simulation/engine/state.js';
import { createCompany, type Company } from './company.js';

let company: Company;
beforeAll(async () => {
  company = await createCompany({ employees: 600 });
});
afterAll(() => company.remove());

test('every model has the same rows by either engine', async () => {
  const { config, spec } = company;
  const plan = await compilePlan(config);
  const inputs = await trialInputs(config, spec);
  const copy = path.join(config.home, 'copies');
  await mkdir(copy);
  const fileOf = (model: string) => literal(path.join(copy, `${model}.parquet`));
  await withDbtBuild(config, plan, inputs, { keep: 'tables' }, async (database) => {
    for (const { name, relation } of plan.models)
      await database.run(`copy ${relation} to ${fileOf(name)} (format parquet)`);
  });

  const database = await Database.open(':memory:', { spillFolder: config.home });
  const engine = new PlanEngine(plan, database);
  await engine.prepare(dbtPaths(config).seeds);
  await writeCensus(database, inputs.censusFile);
  await writeRunState(database, inputs.run);
  await engine.resolve(inputs);
  await engine.runYears({ ...inputs, checkpoints: createCheckpoints(copy), checkpointAfterMs: 1e9 });
  await engine.createHorizonViews({ files: true });
  const compared: Record<string, number> = {};
  for (const { name, relation } of plan.models) {
    const [row] = await database.rows(`
      select (select count(*) from (from ${relation} except all from ${fileOf(name)})) as missing,
        (select count(*) from (from ${fileOf(name)} except all from ${relation})) as extra,
        (select count(*) from ${relation}) as rows`);
    expect({ name, missing: row?.['missing'], extra: row?.['extra'] }).toEqual({
      name,
      missing: 0,
      extra: 0,
    });
    compared[name] = Number(row?.['rows']);
  }
  await database.close();
  expect(compared['fct_yearly_events']).toBeGreaterThan(2000);
  // Only the scenarios without the default one: the delivered file has no other.
  expect(Object.keys(compared).filter((name) => compared[name] === 0)).toEqual(['stg_scenarios']);
});

test('when the plan engine fails, dbt runs the simulation and the result says so', async () => {
  const spec = { ...company.spec, seed: 5 };
  const plan = await company.simulator().simulate(spec, { keep: 'summary' });
  const simulator = await failingPlanEngine();
  const { summary, notes } = await simulator.simulate({ ...spec, engine: 'auto' }, { keep: 'tables' });
  expect(summary.engine).toBe('dbt');
  expect(summary.simulation_id).not.toBe(plan.summary.simulation_id);
  expect(notes).toEqual([
    expect.stringContaining('The plan engine failed, so dbt itself ran the simulation'),
  ]);
  expect(summary.years).toEqual(plan.summary.years);
});

test('a plan engine asked for by name is not replaced', async () => {
  const simulator = await failingPlanEngine();
  await expect(simulator.simulate({ ...company.spec, seed: 6 }, { keep: 'summary' })).rejects.toMatchObject({
    code: 'ENGINE_FAILED',
    message: expect.stringContaining('finding finished years') as string,
  });
});

/** Its checkpoints' folder is a file, and only the plan engine looks there. */
async function failingPlanEngine() {
  const folder = path.join(company.config.home, 'checkpoints');
  await rm(folder, { recursive: true, force: true });
  await writeFile(folder, '');
  return company.simulator({ checkpointAfterMs: 0 });
}
