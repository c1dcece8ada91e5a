/** What Dagster needs to build our dbt project: its manifest, and a database that holds the sample company's inputs. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { resolveInputs } from '../../src/runs/resolve-inputs.js';
import type { ActivityDependencies } from '../../src/ports.js';
import type { Config } from '../../src/config.js';
import { optimizationRequest } from '../../src/runs/request.contract.js';
import { listYears } from '../../src/shared/contract/years.contract.js';
import { compilePlan, dbtPaths } from '../../src/simulation/model/compile-plan.js';
import { Database } from '../../src/simulation/engine/database.js';
import { writeCensus, writeLevers, writeRunState } from '../../src/simulation/engine/state.js';
import { trialInputs } from '../../src/simulation/store/trial-inputs.js';

/** As `dbt_project.py` reads it. */
export interface DbtProjectSpecification {
  readonly project: string;
  readonly manifest: string;
  readonly database: string;
  readonly target: string;
  readonly dbt: string;
  readonly years: readonly number[];
}

/** The state tables are made before dbt looks at the database: made by its own hook, they would be unknown to it. */
export async function prepareDbtProject(
  config: Config,
  dependencies: ActivityDependencies,
  folder: string,
  dbt: string,
): Promise<DbtProjectSpecification> {
  const { project } = dbtPaths(config);
  // The compiled SQL names the database by its file.
  const database = path.join(folder, 'memory.duckdb');
  const target = path.join(folder, 'target');
  await mkdir(target, { recursive: true });
  const { spec } = await resolveInputs(
    optimizationRequest.parse({}),
    dependencies,
    new AbortController().signal,
  );
  const inputs = await trialInputs(config, spec);
  const plan = await compilePlan(config);
  const opened = await Database.open(database, { spillFolder: folder });
  try {
    await opened.run(plan.createState);
    await writeCensus(opened, inputs.censusFile);
    await writeRunState(opened, inputs.run);
    await writeLevers(opened, inputs.leverFile);
  } finally {
    await opened.close();
  }
  const folders = [
    '--project-dir',
    project,
    '--profiles-dir',
    project,
    '--target-path',
    target,
    '--log-path',
    target,
  ];
  // With the database that the runs will have: for another profile dbt would parse everything again.
  await execa(dbt, ['parse', '--quiet', ...folders], {
    env: { MERITLOOP_DBT_DATABASE: database, DBT_SEND_ANONYMOUS_USAGE_STATS: 'false' },
  });
  return {
    project,
    manifest: path.join(target, 'manifest.json'),
    database,
    target,
    dbt,
    years: listYears(spec.years),
  };
}
