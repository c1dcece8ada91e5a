/** Fills the tables that a simulation starts from: census, levers, settings, and the plan years with their draws; reads what levers hold. */
import { drawCoefficients } from '../model/draws.js';
import { listYears, type PlanYears } from '../../shared/contract/years.contract.js';
import { definitionOf, PARAMETER_NAMES } from '../../levers/catalogue.terms.js';
import type { Scenario } from '../../levers/scenarios.js';
import { csvCellTextSql, literal, type Database } from './database.js';
import { leverRow, parameterName, type LeverRow } from '../../levers/lever.contract.js';
import { missingLevers } from '../../levers/missing.js';
import { failure } from '../../shared/errors/errors.js';

/** The uses of draws; dbt's macro `draw_streams` lists the same. */
export const STREAMS = [
  'termination',
  'termination_date',
  'hire_age',
  'hire_birth_day',
  'hire_date',
  'hire_pay',
  'new_hire_termination',
  'new_hire_termination_date',
  'promotion',
  'promotion_date',
  'raise_month',
  'raise_day',
] as const;

/** Workforce rates as integers of a millionth (docs/model/year.md: quotas are exact integer arithmetic). */
export interface SettingsRow {
  readonly headcount_growth: number;
  readonly termination_rate: number;
  readonly new_hire_termination_rate: number;
}

export interface RunState {
  readonly scenario: string;
  readonly years: PlanYears;
  readonly seed: number;
  readonly settings: SettingsRow;
  /** Made in the home; the delivered ones are a seed of the model. */
  readonly own_scenarios?: readonly Pick<Scenario, 'scenario_id' | 'parent_id'>[];
}

/** One row of `state.plan_years` as SQL literals; also the year's share of every fingerprint. */
export function planYearValues({ years, seed }: Pick<RunState, 'years' | 'seed'>, year: number): string {
  const days = (Date.UTC(year + 1, 0, 1) - Date.UTC(year, 0, 1)) / 86_400_000;
  const draws = STREAMS.flatMap((stream) => drawCoefficients(seed, stream, year));
  return [year, years.first, `date '${year}-01-01'`, `date '${year}-12-31'`, days, ...draws].join(', ');
}

export const settingsValues = ({ settings }: Pick<RunState, 'settings'>): string =>
  [settings.headcount_growth, settings.termination_rate, settings.new_hire_termination_rate].join(', ');

/** The catalogue of levers as rows of `state.lever_catalogue`; also its share of every fingerprint. */
export const catalogueValues = PARAMETER_NAMES.map((name, index) => {
  const { eventType, effect, neutral } = definitionOf(name);
  return `(${index + 1}, ${literal(eventType)}, ${literal(name)}, ${literal(effect)}, ${neutral})`;
}).join(', ');

export async function writeRunState(database: Database, run: RunState): Promise<void> {
  const years = listYears(run.years).map((year) => `(${planYearValues(run, year)})`);
  const own = (run.own_scenarios ?? []).map(
    ({ scenario_id, parent_id }) => `(${literal(scenario_id)}, ${literal(parent_id ?? '')})`,
  );
  await database.run(`
    delete from state.run;
    insert into state.run values (${literal(run.scenario)}, ${run.years.first}, ${run.years.last});
    delete from state.settings;
    insert into state.settings values (${settingsValues(run)});
    delete from state.lever_catalogue;
    insert into state.lever_catalogue values ${catalogueValues};
    delete from state.own_scenarios;
    ${own.length === 0 ? '' : `insert into state.own_scenarios values ${own.join(', ')};`}
    create or replace table state.plan_years as from state.plan_year limit 0;
    insert into state.plan_years values ${years.join(', ')};`);
}

/** @param file the imported census, `census.parquet`. */
export async function writeCensus(database: Database, file: string): Promise<void> {
  await database.run(`
    delete from state.census;
    insert into state.census
    select employee_id, birth_date, hire_date, termination_date, annual_salary, job_level
    from read_parquet(${literal(file)});`);
}

/** @param file a lever set in the columns of `comp_levers.csv`. */
export async function writeLevers(database: Database, file: string): Promise<void> {
  await database.run(`
    delete from state.levers;
    insert into state.levers
    select * replace (${csvCellTextSql('created_at')} as created_at, ${csvCellTextSql('created_by')} as created_by)
    from read_csv(${literal(file)}, header = true, auto_detect = false, columns = {
      scenario_id: 'varchar', fiscal_year: 'integer', job_level: 'integer', event_type: 'varchar',
      parameter_name: 'varchar', parameter_value: 'decimal(18, 6)', is_locked: 'boolean',
      created_at: 'varchar', created_by: 'varchar'
    });`);
}

/**
 * Puts a view in the place of the table `state.plan_year`, once per database: naming another year in a view costs a
 * fifth of making a table of one row.
 */
export const openPlanYears = (database: Database): Promise<void> =>
  database.run(`
    drop table state.plan_year;
    create view state.plan_year as from state.plan_years limit 0;`);

/** After {@link openPlanYears}. */
export const setPlanYear = (database: Database, year: number): Promise<void> =>
  database.run(
    `create or replace view state.plan_year as from state.plan_years where simulation_year = ${year}`,
  );

/** The levers of a run, resolved: one row per fiscal year, level and parameter, in the order of a lever file. @throws LEVER_MISSING */
export async function resolvedLevers(database: Database, scenario: string): Promise<LeverRow[]> {
  const rows = await database.rows(`
    select fiscal_year, level_id as job_level, event_type, parameter_name, parameter_source as scenario_id,
      cast(parameter_value as double) as parameter_value, is_locked,
      -- DuckDB reads an empty cell as null.
      coalesce(created_at, '') as created_at, coalesce(created_by, '') as created_by
    from int_effective_parameters
    order by fiscal_year, event_type desc, parameter_name desc, level_id`);
  const missing = rows.filter((row) => row['parameter_value'] === null);
  if (missing.length > 0) {
    const keys = missing.map((row) => ({
      fiscal_year: Number(row['fiscal_year']),
      job_level: Number(row['job_level']),
      parameter_name: parameterName.parse(row['parameter_name']),
    }));
    throw failure('LEVER_MISSING', { ...missingLevers(scenario, keys) });
  }
  return rows.map((row) => leverRow.parse(row));
}
