/** The yardstick: the same SQL, one statement after another in one DuckDB process, with nothing around it. */
import path from 'node:path';
import { listYears } from '../src/shared/contract/years.contract.js';
import { compilePlan, dbtPaths } from '../src/simulation/model/compile-plan.js';
import { Database } from '../src/simulation/engine/database.js';
import { exportTables } from '../src/simulation/store/store-simulation.js';
import { PlanEngine } from '../src/simulation/engine/plan-engine.js';
import { setPlanYear, writeCensus, writeLevers, writeRunState } from '../src/simulation/engine/state.js';
import { trialInputs } from '../src/simulation/store/trial-inputs.js';
import { timed } from './measure.js';
import type { BenchCompany } from './company.js';

/** @returns seconds of one five-year simulation with both files. */
export async function runBareSql({ config, spec }: BenchCompany): Promise<number> {
  const plan = await compilePlan(config);
  const inputs = await trialInputs(config, spec);
  const { seconds } = await timed(async () => {
    const database = await Database.open(':memory:', { spillFolder: path.join(config.home, 'spill') });
    await new PlanEngine(plan, database).prepare(dbtPaths(config).seeds);
    await writeCensus(database, inputs.censusFile);
    await writeRunState(database, inputs.run);
    await writeLevers(database, inputs.leverFile);
    const create = async (scope: string) => {
      for (const { name, relation, sql, materialized } of plan.models.filter(
        (model) => model.scope === scope,
      )) {
        const kind = materialized === 'view' || scope === 'horizon' ? 'view' : 'table';
        const isLater = materialized === 'incremental' && started.has(name);
        await database.run(
          isLater ? `insert into ${relation} ${sql}` : `create or replace ${kind} ${relation} as ${sql}`,
        );
        started.add(name);
      }
    };
    const started = new Set<string>();
    await create('run');
    for (const year of listYears(spec.years)) {
      await setPlanYear(database, year);
      await create('year');
    }
    await create('horizon');
    await database.rows('from fct_compensation_growth');
    await exportTables(plan, database, config.home);
    await database.close();
  });
  return seconds;
}
