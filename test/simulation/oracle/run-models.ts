/** Runs the real models for an oracle's company, through the plan engine, and reads their rows. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { LEVER_COLUMNS } from '../../../src/levers/lever.contract.js';
import { createCheckpoints } from '../../../src/simulation/store/checkpoints.js';
import { Database, literal } from '../../../src/simulation/engine/database.js';
import { PlanEngine } from '../../../src/simulation/engine/plan-engine.js';
import type { Plan } from '../../../src/simulation/model/plan.js';
import { writeCensus, writeRunState } from '../../../src/simulation/engine/state.js';
import type { CensusRow, Company } from './company.js';
import type { SimulatedRows } from './simulate-company.js';

export interface ModelInputs {
  readonly plan: Plan;
  readonly seedsFolder: string;
  /** Where the engine may write; the caller removes it. */
  readonly folder: string;
}

async function writeCensusFile(
  database: Database,
  people: readonly CensusRow[],
  file: string,
): Promise<void> {
  const text = (value: string | null) => (value === null ? 'null' : literal(value));
  const rows = people.map(
    (row) =>
      `(${text(row.employee_id)}, ${text(row.birth_date)}, ${text(row.hire_date)}, ${text(row.termination_date)}, ${row.annual_salary}, ${row.job_level ?? 'null'})`,
  );
  await database.run(`
    copy (
      select employee_id, birth_date::date as birth_date, hire_date::date as hire_date,
        termination_date::date as termination_date, annual_salary::decimal(18, 2) as annual_salary,
        job_level::tinyint as job_level
      from (values ${rows.join(', ')})
        as people(employee_id, birth_date, hire_date, termination_date, annual_salary, job_level)
    ) to ${literal(file)} (format parquet)`);
}

/** The rows of the marts, dates and money as text. */
async function readRows(database: Database): Promise<SimulatedRows> {
  const events = await database.rows(`
    select * replace (effective_date::varchar as effective_date,
      previous_compensation::varchar as previous_compensation, new_compensation::varchar as new_compensation)
    from fct_yearly_events`);
  const snapshot = await database.rows(`
    select * replace (birth_date::varchar as birth_date, hire_date::varchar as hire_date,
      termination_date::varchar as termination_date, opening_compensation::varchar as opening_compensation,
      current_compensation::varchar as current_compensation,
      prorated_compensation::varchar as prorated_compensation)
    from fct_workforce_snapshot`);
  const growth = await database.rows('from fct_compensation_growth order by simulation_year offset 1');
  const baseline = await database.rows(`
    select simulation_year, closing, payroll, mean_pay, median_pay, prorated_mean_pay
    from fct_compensation_growth order by simulation_year limit 1`);
  return { events, snapshot, growth, baseline } as unknown as SimulatedRows;
}

export async function runModels(
  company: Company,
  { plan, seedsFolder, folder }: ModelInputs,
): Promise<SimulatedRows> {
  const database = await Database.open(':memory:', { spillFolder: path.join(folder, 'spill') });
  try {
    const engine = new PlanEngine(plan, database);
    await engine.prepare(seedsFolder);
    const census = path.join(folder, 'census.parquet');
    await writeCensusFile(database, company.people, census);
    await writeCensus(database, census);
    const { scenario, years, seed, settings } = company;
    const run = { scenario, years, seed, settings };
    await writeRunState(database, run);
    const leverFile = path.join(folder, 'levers.csv');
    const levers = company.levers.map((row) => ({
      ...row,
      is_locked: 'false',
      created_at: '',
      created_by: 'test',
    }));
    await writeFile(leverFile, stringify(levers, { header: true, columns: [...LEVER_COLUMNS] }));
    const job = {
      run,
      leverFile,
      censusFingerprint: 'test',
      checkpoints: createCheckpoints(path.join(folder, 'checkpoints')),
      checkpointAfterMs: Number.POSITIVE_INFINITY,
    };
    await engine.resolve(job);
    await engine.runYears(job);
    await engine.createHorizonViews({ files: true });
    return await readRows(database);
  } finally {
    await database.close();
  }
}
