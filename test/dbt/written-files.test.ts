/** The files that a simulation leaves hold exactly the rows of the tables that its checks have read. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { generateCensus } from '../../src/census/generate.js';
import { loadConfig } from '../../src/config.js';
import { literal } from '../../src/simulation/engine/database.js';
import { compilePlan } from '../../src/simulation/model/compile-plan.js';
import { exportTables } from '../../src/simulation/store/store-simulation.js';
import { simulateCompany } from './simulated-company.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'meritloop-written-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('file and table have the same rows', async () => {
  const census = path.join(folder, 'census.parquet');
  await generateCensus({ employees: 1_000, seed: 5, out: census, baselineDate: '2024-12-31' });
  const plan = await compilePlan(loadConfig({ home: folder }));
  const { database } = await simulateCompany({ folder, census, plan });
  try {
    const rows = await exportTables(plan, database, folder);
    for (const { name, relation } of plan.models.filter(({ fileOrder }) => fileOrder !== null)) {
      const file = `read_parquet(${literal(path.join(folder, `${name}.parquet`))})`;
      const [row] = await database.rows(`
        select (select count(*) from (from ${relation} except all from ${file})) as missing,
          (select count(*) from (from ${file} except all from ${relation})) as extra,
          (select count(*) from ${relation}) as held`);
      expect({ name, ...row }).toEqual({ name, missing: 0, extra: 0, held: rows[`${name}.parquet`] });
      expect(Number(row?.['held'])).toBeGreaterThan(1_000);
    }
  } finally {
    await database.close();
  }
});
