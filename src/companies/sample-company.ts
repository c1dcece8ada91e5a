/** The company that the product brings, as the others are shown: read from its census and seeds. */
import { tmpdir } from 'node:os';
import { SAMPLE, type CompanyVersion } from './company.contract.js';
import type { Config } from '../config.js';
import { Database, literal } from '../simulation/engine/database.js';
import { readJobLevels } from '../simulation/seeds/job-levels.js';
import { readSettingsFile } from '../simulation/seeds/settings.js';
import { baselineDate } from '../simulation/settings.contract.js';
import { own } from '../shared/own.terms.js';

export type SampleCompany = Omit<CompanyVersion, 'version' | 'company'> & {
  readonly company: typeof SAMPLE;
  /** Its settings are the product's own, and change with it alone. */
  readonly version: null;
};

/** @param config of the home itself */
export async function sampleCompany({
  seeds,
  census,
}: Pick<Config, 'seeds' | 'census'>): Promise<SampleCompany> {
  const [{ settings }, levels, people] = await Promise.all([
    readSettingsFile(seeds),
    readJobLevels(seeds),
    peopleByLevel(census),
  ]);
  const as_of = baselineDate(settings.start_year);
  return {
    company: SAMPLE,
    version: null,
    at: `${as_of}T00:00:00.000Z`,
    by: 'meritloop',
    action: 'add',
    reason: 'delivered with the product',
    file: 'sample_census.parquet',
    as_of,
    employees: people.employees,
    active: people.active,
    currency: 'USD',
    levels: levels.map(({ level_id, name, min_pay, hire_midpoint, max_pay }) => ({
      level: level_id,
      name,
      people: people.levels.get(level_id) ?? 0,
      min: min_pay,
      mid: hire_midpoint,
      max: max_pay,
    })),
    segments: [],
    mapping: {},
    notices: [],
  };
}

async function peopleByLevel(census: string) {
  const database = await Database.open(':memory:', { spillFolder: tmpdir() });
  try {
    const rows = await database.rows(
      `select job_level, count(*) as employees, count(*) filter (where termination_date is null) as active
         from read_parquet(${literal(census)}) group by job_level`,
    );
    const sum = (column: string): number => rows.reduce((total, row) => total + Number(own(row, column)), 0);
    return {
      employees: sum('employees'),
      active: sum('active'),
      levels: new Map(rows.map((row) => [Number(row['job_level']), Number(row['active'])])),
    };
  } finally {
    await database.close();
  }
}
