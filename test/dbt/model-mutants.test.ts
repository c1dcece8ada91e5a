/** Each fault of one line in a model is found by a named check, on a company that the faulty model has simulated. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { normaliseSql } from '../../src/assets/graph/dbt/code-version.js';
import { generateCensus } from '../../src/census/generate.js';
import { loadConfig } from '../../src/config.js';
import { MeritloopError } from '../../src/shared/errors/errors.js';
import { countedTogether } from '../../src/simulation/model/check-rules.js';
import { compilePlan } from '../../src/simulation/model/compile-plan.js';
import type { Plan } from '../../src/simulation/model/plan.js';
import { MODEL_MUTANTS, type ModelMutant } from './model-mutants.js';
import { simulateCompany, type SimulatedCompany } from './simulated-company.js';

let folder: string;
let census: string;
let plan: Plan;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'meritloop-mutants-'));
  census = path.join(folder, 'census.parquet');
  await generateCensus({ employees: 3_000, seed: 11, out: census, baselineDate: '2024-12-31' });
  plan = await compilePlan(loadConfig({ home: folder }));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** @throws when the text does not stand in the model. */
function mutated({ model: name, line, instead }: ModelMutant): Plan {
  const models = plan.models.map((model) => {
    if (model.name !== name) return model;
    const parts = normaliseSql(model.sql).split(normaliseSql(line));
    if (parts.length === 1) throw new Error(`${name} has nothing like: ${line}`);
    return { ...model, sql: parts.join(` ${instead} `) };
  });
  return { ...plan, models };
}

/** The checks that find a row; those that follow from others are left out. */
async function foundIn({ database, checks }: SimulatedCompany): Promise<string[]> {
  const found: string[] = [];
  for (const counted of countedTogether(checks.filter(({ proof }) => proof !== 'follows'))) {
    const [row] = await database.rows(counted.sql);
    found.push(
      ...counted.checks.flatMap(({ name }, index) => (Number(row?.[`c${index}`]) > 0 ? [name] : [])),
    );
  }
  return found;
}

async function findersOf(faulty: Plan): Promise<string[]> {
  try {
    const company = await simulateCompany({ folder, census, plan: faulty });
    try {
      return await foundIn(company);
    } finally {
      await company.database.close();
    }
  } catch (error) {
    // A check of every trial has found it while the years were made.
    if (error instanceof MeritloopError && error.code === 'INVARIANT_VIOLATED')
      return [String(error.fields['check'])];
    throw error;
  }
}

test('the models as they are break no check', async () => {
  expect(await findersOf(plan)).toEqual([]);
});

test.each(MODEL_MUTANTS.map((mutant) => [`${mutant.model}: ${mutant.fault}`, mutant] as const))(
  '%s is found',
  async (_title, mutant) => {
    const found = await findersOf(mutated(mutant));
    expect(found).toEqual(expect.arrayContaining([...mutant.found]));
  },
);
