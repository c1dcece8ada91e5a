/** A company simulated over all its plan years by the plan engine, with the project's own tests to run on it. */
import path from 'node:path';
import { loadConfig } from '../../src/config.js';
import type { PlanYears } from '../../src/shared/contract/years.contract.js';
import { createCheckpoints } from '../../src/simulation/store/checkpoints.js';
import { compilePlan } from '../../src/simulation/model/compile-plan.js';
import { Database, type Row } from '../../src/simulation/engine/database.js';
import { PlanEngine } from '../../src/simulation/engine/plan-engine.js';
import type { Plan, PlanCheck } from '../../src/simulation/model/plan.js';
import {
  writeCensus,
  writeRunState,
  type RunState,
  type SettingsRow,
} from '../../src/simulation/engine/state.js';

export interface CompanyOptions {
  /** Where the engine may write; the caller removes it. */
  readonly folder: string;
  /** A census file; the committed sample by default. */
  readonly census?: string;
  readonly years?: PlanYears;
  readonly settings?: SettingsRow;
  /** What to simulate by; the project's own plan by default. */
  readonly plan?: Plan;
}

export interface SimulatedCompany {
  readonly database: Database;
  readonly checks: readonly PlanCheck[];
  /** At most five rows that break the check's rule. */
  readonly violations: (check: PlanCheck) => Promise<Row[]>;
}

const DEFAULT_SETTINGS: SettingsRow = {
  headcount_growth: 30_000,
  termination_rate: 120_000,
  new_hire_termination_rate: 250_000,
};

/** Simulates with the delivered levers, and makes the marts tables. */
export async function simulateCompany(options: CompanyOptions): Promise<SimulatedCompany> {
  const config = loadConfig({ home: options.folder });
  const plan = options.plan ?? (await compilePlan(config));
  const database = await Database.open(':memory:', { spillFolder: path.join(options.folder, 'spill') });
  const engine = new PlanEngine(plan, database);
  await engine.prepare(path.join(config.projectRoot, 'seeds'));
  await writeCensus(database, options.census ?? path.join(config.projectRoot, 'seeds/sample_census.parquet'));
  const run: RunState = {
    scenario: 'default',
    years: options.years ?? { first: 2025, last: 2029 },
    seed: 42,
    settings: options.settings ?? DEFAULT_SETTINGS,
  };
  await writeRunState(database, run);
  const job = {
    run,
    leverFile: path.join(config.projectRoot, 'seeds/comp_levers.csv'),
    censusFingerprint: 'test',
    checkpoints: createCheckpoints(path.join(options.folder, 'checkpoints')),
    checkpointAfterMs: Number.POSITIVE_INFINITY,
  };
  await engine.resolve(job);
  await engine.runYears(job);
  for (const mart of plan.models.filter(({ scope }) => scope === 'horizon')) {
    await database.run(`create or replace table ${mart.relation} as ${mart.sql}`);
  }
  return {
    database,
    checks: plan.checks,
    violations: ({ sql }) => database.rows(`select * from (${sql}) limit 5`),
  };
}
