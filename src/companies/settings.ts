/** A company's settings: read from the seeds of a version, proposed from a census, and written as the seeds of the next one. */
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { formatLevers, parseLevers } from '../levers/file.js';
import { readJobLevels, type JobLevel } from '../simulation/seeds/job-levels.js';
import { readWorkforceSettings } from '../simulation/seeds/settings.js';
import { validateSeeds } from '../simulation/seeds/validate.js';
import type { WorkforceSettings } from '../simulation/settings.contract.js';
import { readCsvTable } from '../shared/files/csv-table.js';

export interface CompanySettings {
  readonly workforce: WorkforceSettings;
  readonly levels: readonly JobLevel[];
  /** Share of each level among hires, of their sum. */
  readonly hireShares: readonly number[];
}

/** The middle of .90 to 1.08, between which chance puts each hire's pay around the midpoint. */
export const MEAN_HIRE_FACTOR = 0.99;

/** @throws MeritloopError FILE_MISSING, ROW_INVALID naming file, line and value */
export async function readSettings(seeds: string): Promise<CompanySettings> {
  const [workforce, levels, shares] = await Promise.all([
    readWorkforceSettings(seeds),
    readJobLevels(seeds),
    readFile(path.join(seeds, 'config_hire_levels.csv'), 'utf8'),
  ]);
  const rows = readCsvTable(shares, 'config_hire_levels.csv', ['level_id', 'share']);
  return { workforce, levels, hireShares: rows.map((row) => Number(row.cell('share'))) };
}

/**
 * Writes every seed of a company into the folder; what no setting names is as in `from`, spread over the levels.
 * @throws MeritloopError ROW_INVALID naming file, line, value and rule, for settings that cannot be
 */
export async function writeSettings(settings: CompanySettings, from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const file of await readdir(from))
    if (file.endsWith('.csv')) await copyFile(path.join(from, file), path.join(to, file));
  const { workforce, levels, hireShares } = settings;
  const before = (await readJobLevels(from)).length;
  const write = (file: string, header: string, rows: readonly string[]) =>
    writeFile(path.join(to, file), `${[header, ...rows].join('\n')}\n`);
  await write(
    'config_workforce.csv',
    'name,value',
    Object.entries(workforce)
      .filter(([, value]) => typeof value === 'number')
      .map(([name, value]) => `${name},${value}`),
  );
  await write(
    'config_job_levels.csv',
    'level_id,name,min_pay,max_pay,hire_midpoint',
    levels.map((level) =>
      [level.level_id, quoted(level.name), level.min_pay, level.max_pay, level.hire_midpoint].join(','),
    ),
  );
  const sum = hireShares.reduce((total, share) => total + share, 0);
  const shares = hireShares.map((share) => Math.round((share / sum) * 1e6) / 1e6);
  await write(
    'config_hire_levels.csv',
    'level_id,share',
    shares.map((share, index) => `${index + 1},${share.toFixed(6)}`),
  );
  if (before !== levels.length) await spreadHazards(from, levels.length, before, write);
  await writeLevers(from, to, levels.length, before, workforce);
  await validateSeeds(to);
}

type Write = (file: string, header: string, rows: readonly string[]) => Promise<void>;

/** The level of the old settings that stands where the new one does between lowest and highest. */
export const likeLevel = (level: number, levels: number, before: number): number =>
  levels === 1 ? 1 : 1 + Math.round(((level - 1) / (levels - 1)) * (before - 1));

async function spreadHazards(from: string, levels: number, before: number, write: Write): Promise<void> {
  const file = 'config_termination_hazard.csv';
  const [header = '', ...rows] = (await readFile(path.join(from, file), 'utf8')).trim().split(/\r?\n/);
  const factors = new Map(
    rows
      .filter((row) => row.startsWith('level,'))
      .map((row) => [Number(row.split(',')[1]), row.split(',')[2]]),
  );
  await write(file, header, [
    ...rows.filter((row) => row.startsWith('base,')),
    ...Array.from(
      { length: levels },
      (_, index) => `level,${index + 1},${factors.get(likeLevel(index + 1, levels, before)) ?? '1'}`,
    ),
    ...rows.filter((row) => /^(age|tenure),/.test(row)),
  ]);
}

/** Every scenario's levers for the plan years and levels: those of the nearest year and level that there are. */
async function writeLevers(
  from: string,
  to: string,
  levels: number,
  before: number,
  { start_year, end_year }: WorkforceSettings,
): Promise<void> {
  const text = await readFile(path.join(from, 'comp_levers.csv'), 'utf8');
  const rows = parseLevers(text, 'comp_levers.csv');
  const years = [...new Set(rows.map(({ fiscal_year }) => fiscal_year))].toSorted(
    (one, other) => one - other,
  );
  const [first = start_year, last = start_year] = [years[0], years.at(-1)];
  const wanted = Array.from({ length: end_year - start_year + 1 }, (_, index) => start_year + index);
  const spread = wanted.flatMap((fiscal_year) => {
    const likeYear = years.includes(fiscal_year)
      ? fiscal_year
      : Math.min(last, Math.max(first, first + (fiscal_year - start_year)));
    return Array.from({ length: levels }, (_, index) => index + 1).flatMap((job_level) =>
      rows
        .filter(
          (row) => row.fiscal_year === likeYear && row.job_level === likeLevel(job_level, levels, before),
        )
        .map((row) => ({ ...row, fiscal_year, job_level })),
    );
  });
  await writeFile(path.join(to, 'comp_levers.csv'), formatLevers(spread));
}

const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
