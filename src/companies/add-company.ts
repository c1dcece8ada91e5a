/** `company add`: a census file becomes a company, or the next version of one that is there, read as it was read before. */
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { CensusAnswers } from '../census/intake/answers.contract.js';
import { censusAnswers } from '../census/intake/answers.contract.js';
import { rootConfig, type Config } from '../config.js';
import { MeritloopError, failure } from '../shared/errors/errors.js';
import { Companies, refuseSample, type ChangeNote } from './companies.js';
import { SAMPLE, type CompanyVersion } from './company.contract.js';
import { checkedName, versionFiles, versionFolder } from './company-paths.js';
import { proposeSettings, type Evidence } from './propose-settings.js';
import { readPeople, writePeople, type PeopleOfFile } from './read-people.js';
import { readSettings, writeSettings, type CompanySettings } from './settings.js';
import { settingsText } from './settings-text.js';
import { formatLevers, parseLevers } from '../levers/file.js';
import { readFile } from 'node:fs/promises';

export interface NewCompany extends ChangeNote {
  readonly file: string;
  readonly name: string;
  readonly answers: CensusAnswers;
  /** True: nothing is stored. */
  readonly dryRun: boolean;
  /** True: the proposals for the open questions that have one are taken. */
  readonly yes?: boolean;
  readonly signal?: AbortSignal | undefined;
}

export interface CompanyReport extends PeopleOfFile {
  readonly company: string;
  /** The version that was made; null where nothing was stored. */
  readonly version: number | null;
  /** What the settings were read from, beside those of before. */
  readonly evidence: readonly Evidence[];
}

/** @throws MeritloopError CENSUS_QUESTIONS with the option for each, COMPANY_FIXED, COMPANY_MOVED, and what reading a census may throw */
export async function addCompany(config: Config, wanted: NewCompany): Promise<CompanyReport> {
  const root = rootConfig(config);
  const name = checkedName(wanted.name);
  refuseSample(name, 'add');
  const companies = new Companies(root);
  const before = await currentOf(companies, name);
  const kept = before === undefined ? {} : censusAnswers.parse(before.mapping);
  // The day of last month's file is not that of this month's.
  const { as_of: _, ...known } = kept;
  const answers = { ...known, ...wanted.answers };
  const scratch = path.join(root.home, 'tmp', `company-${randomUUID()}`);
  const { file, dryRun, signal } = wanted;
  return readPeople({ file, answers, scratch, signal }, async (connection, people) => {
    const from =
      before === undefined ? root.seeds : versionFiles(versionFolder(root.home, name, before.version)).seeds;
    const proposal = await proposeSettings(connection, people, await readSettings(from));
    const settings =
      before === undefined
        ? proposal.settings
        : carriedOver(await readSettings(from), proposal.settings, people);
    const report = { ...people, company: name, version: null, evidence: proposal.evidence };
    if (dryRun) return report;
    if (people.questions.length > 0)
      throw failure('CENSUS_QUESTIONS', {
        source: path.basename(file),
        questions: people.questions.map(({ message, option }) => `${message} (${option})`),
      });
    const made = await companies.store.publish(name, {
      expected: before?.version ?? 0,
      draft: draftOf(people, settings, wanted, before === undefined ? 'add' : 'census'),
      async fill(folder) {
        const files = versionFiles(folder);
        await writePeople(connection, files.census);
        await writeSettings(settings, from, files.seeds);
        if (before === undefined) await hireAtMidpoint(files.seeds);
        await writeFile(files.settings, settingsText(settings));
      },
    });
    return { ...report, version: made.version };
  });
}

async function currentOf(companies: Companies, name: string): Promise<CompanyVersion | undefined> {
  try {
    return await companies.store.current(name);
  } catch (error) {
    if (error instanceof MeritloopError && error.code === 'COMPANY_UNKNOWN') return undefined;
    throw error;
  }
}

/** Next month's file brings people, plan years and levels; what somebody has set stays. */
function carriedOver(old: CompanySettings, found: CompanySettings, people: PeopleOfFile): CompanySettings {
  const same =
    old.levels.length === found.levels.length &&
    old.levels.every(({ name }, index) => name === people.levels[index]?.name);
  const { start_year, end_year } = found.workforce;
  const workforce = { ...old.workforce, start_year, end_year };
  return same ? { ...old, workforce } : { ...found, workforce };
}

const draftOf = (
  people: PeopleOfFile,
  settings: CompanySettings,
  { by, reason, file }: NewCompany,
  action: 'add' | 'census',
) => ({
  at: new Date().toISOString(),
  by,
  action,
  reason,
  file: path.basename(file),
  as_of: people.as_of,
  employees: people.employees,
  active: people.active,
  currency: people.currency,
  levels: people.levels.map((level, index) => {
    const set = settings.levels[index];
    return set === undefined
      ? level
      : { ...level, min: set.min_pay, mid: set.hire_midpoint, max: set.max_pay };
  }),
  segments: [...people.segments],
  mapping: people.mapping,
  notices: people.notices.map((each) => ({ ...each, lines: [...each.lines] })),
});

/** Hires come at what comparable people are paid: the sample's premium on hire pay is its own. */
async function hireAtMidpoint(seeds: string): Promise<void> {
  const file = path.join(seeds, 'comp_levers.csv');
  const rows = parseLevers(await readFile(file, 'utf8'), 'comp_levers.csv');
  await writeFile(
    file,
    formatLevers(
      rows.map((row) =>
        row.parameter_name === 'new_hire_salary_adjustment' ? { ...row, parameter_value: 1 } : row,
      ),
    ),
  );
}

/** `acme-2024.csv` → `acme-2024`: proposed where no name is given. */
export function nameOfFile(file: string): string {
  const plain = path
    .basename(file)
    .replace(/(\.(csv|tsv|txt|xlsx|parquet))?(\.gz)?$/i, '')
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40);
  return plain === '' || plain === SAMPLE ? 'company' : plain;
}
