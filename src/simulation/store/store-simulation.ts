/** Writes a finished simulation into the store: summary, levers and, when kept whole, both tables after all checks. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { LeverRow } from '../../levers/lever.contract.js';
import type { ModelStep } from '../model-step.contract.js';
import type { EngineName, SimulationSummary } from '../simulation.contract.js';
import { formatLevers } from '../../levers/file.js';
import { type Database, literal } from '../engine/database.js';
import type { PlanEngine } from '../engine/plan-engine.js';
import type { Plan } from '../model/plan.js';
import { runChecks } from '../engine/run-checks.js';
import { writeJson, type SimulationStore } from './simulation-store.js';
import type { SimulateOptions, SimulationOutcome } from '../simulator.js';
import { GROWTH_ROWS, summarise } from '../results/summary.js';
import type { TrialInputs } from './trial-inputs.js';
import { allDone } from '../engine/all-done.js';

interface FinishedSimulation {
  readonly database: Database;
  readonly plan: Plan;
  readonly inputs: TrialInputs;
  readonly summary: SimulationSummary;
  readonly id: string;
  readonly engine: EngineName;
  readonly levers: readonly LeverRow[];
  readonly startedAt: number;
  readonly reusedYears: number;
  /** Absent from the dbt engine, whose models run in a process of their own. */
  readonly steps?: readonly ModelStep[];
  readonly options: SimulateOptions;
  /** Makes the marts tables and drops them, where the engine has not left them as tables. */
  readonly marts?: Pick<PlanEngine, 'holdMarts' | 'releaseMarts'>;
}

async function writeTables(job: FinishedSimulation, folder: string) {
  const { database, plan, options } = job;
  options.onProgress?.({
    year: job.inputs.run.years.last,
    years_done: job.summary.years.length,
    years_total: job.summary.years.length,
    years_reused: job.reusedYears,
    model: 'writing and checking the tables',
  });
  return database.abortable(options.signal, async () => {
    const exportStarted = performance.now();
    try {
      await job.marts?.holdMarts();
      const rows = await exportTables(plan, database, folder);
      const checksStarted = performance.now();
      const checks = await runChecks(plan.checks, database);
      return {
        rows,
        checks,
        export_seconds: (checksStarted - exportStarted) / 1000,
        check_seconds: (performance.now() - checksStarted) / 1000,
      };
    } finally {
      await job.marts?.releaseMarts();
    }
  });
}

/** Reads the results of what an engine made, and stores it. @throws INVARIANT_VIOLATED, and then nothing is stored. */
export async function finishSimulation(
  store: SimulationStore,
  made: Omit<FinishedSimulation, 'summary'>,
): Promise<SimulationOutcome> {
  const summary = summarise(await made.database.rows(GROWTH_ROWS), {
    simulation_id: made.id,
    engine: made.engine,
    employees: made.inputs.employees,
    seconds: (performance.now() - made.startedAt) / 1000,
  });
  return { ...(await storeSimulation(store, { ...made, summary })), notes: [] };
}

/** @returns the summary as stored, with the verdicts of the checks where the tables are kept. */
async function storeSimulation(
  store: SimulationStore,
  job: FinishedSimulation,
): Promise<Pick<SimulationOutcome, 'summary' | 'checks'>> {
  const { inputs, options } = job;
  let summary = job.summary;
  let checks: SimulationOutcome['checks'];
  await store.save(job.id, options.keep, async (folder) => {
    const tables = options.keep === 'tables' ? await writeTables(job, folder) : undefined;
    summary = { ...summary, seconds: (performance.now() - job.startedAt) / 1000 };
    await Promise.all([
      writeFile(path.join(folder, 'levers.csv'), formatLevers(job.levers)),
      writeJson(path.join(folder, 'summary.json'), summary),
    ]);
    if (tables === undefined) return;
    checks = tables.checks;
    await writeJson(path.join(folder, 'provenance.json'), {
      simulation_id: job.id,
      engine: job.engine,
      made_at: new Date().toISOString(),
      node: process.version,
      dbt_code: job.plan.fingerprint,
      census: { sha256: inputs.spec.census, fingerprint: inputs.censusFingerprint, rows: inputs.employees },
      lever_set: inputs.spec.levers,
      ...(inputs.spec.company_version === undefined ? {} : { company_version: inputs.spec.company_version }),
      scenario: inputs.run.scenario,
      years: inputs.run.years,
      seed: inputs.run.seed,
      settings: inputs.run.settings,
      years_reused: job.reusedYears,
      ...(job.steps === undefined ? {} : { steps: job.steps }),
      ...tables,
    });
  });
  return { summary, checks };
}

/** Fixed, because the writer's default may change with the release, and with it the bytes. */
const ROW_GROUP_SIZE = 122_880;

/** Writes the marts as Parquet files with one global order each, so that equal inputs give equal bytes. @returns rows by file. */
export async function exportTables(
  plan: Plan,
  database: Database,
  folder: string,
): Promise<Record<string, number>> {
  const written = plan.models.flatMap(({ name, relation, fileOrder }) => {
    if (fileOrder === null) return [];
    const file = `${name}.parquet`;
    const copied = database.rows(
      `copy (from ${relation} order by ${fileOrder.join(', ')}) to ${literal(path.join(folder, file))}
       (format parquet, compression zstd, row_group_size ${ROW_GROUP_SIZE})`,
    );
    return [copied.then(([row]) => [file, Number(row?.['Count'] ?? 0)] as const)];
  });
  return Object.fromEntries(await allDone(written));
}
