/** `company set` and `company fit`: the next version of a company, with other settings and the same people. */
import { copyFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { sqlText, withDatabase } from '../census/database.js';
import { rootConfig, type Config } from '../config.js';
import { failure } from '../shared/errors/errors.js';
import { Companies, refuseSample, type ChangeNote } from './companies.js';
import type { CompanyVersion } from './company.contract.js';
import { versionFiles, versionFolder } from './company-paths.js';
import { proposeSettings, type Evidence } from './propose-settings.js';
import { LEVEL_SETTINGS, SETTINGS } from './settings.terms.js';
import { readSettings, writeSettings, type CompanySettings } from './settings.js';
import { settingsText } from './settings-text.js';

/** `headcount_growth` or `LEVEL.mid`, and its value. */
export type SettingChange = readonly [setting: string, value: number];

/** @throws MeritloopError SETTING_INVALID naming setting, value and rule; COMPANY_UNKNOWN, COMPANY_FIXED, COMPANY_MOVED */
export async function changeSettings(
  config: Config,
  name: string,
  changes: readonly SettingChange[],
  note: ChangeNote,
  action: 'set' | 'fit' = 'set',
): Promise<CompanyVersion> {
  refuseSample(name, action);
  const root = rootConfig(config);
  const companies = new Companies(root);
  const current = await companies.store.current(name);
  const from = versionFiles(versionFolder(root.home, name, current.version));
  const settings = changes.reduce(changed, await readSettings(from.seeds));
  const { company: _, version, ...content } = current;
  const levels = content.levels.map((level, index) => {
    const set = settings.levels[index];
    return set === undefined
      ? level
      : { ...level, min: set.min_pay, mid: set.hire_midpoint, max: set.max_pay };
  });
  return companies.store.publish(name, {
    expected: version,
    draft: { ...content, levels, ...note, action, at: new Date().toISOString() },
    async fill(folder) {
      const files = versionFiles(folder);
      await copyFile(from.census, files.census);
      await writeSettings(settings, from.seeds, files.seeds);
      await writeFile(files.settings, settingsText(settings));
    },
  });
}

function changed(settings: CompanySettings, [setting, value]: SettingChange): CompanySettings {
  const term = SETTINGS.find(({ name }) => name === setting);
  const refuse = (rule: string): never => {
    throw failure('SETTING_INVALID', { source: 'company settings', setting, value: String(value), rule });
  };
  if (term !== undefined) {
    const [low, high] = term.range;
    if (!(value >= low && value <= high)) refuse(`must be from ${low} to ${high}`);
    if (term.unit !== 'decimal rate' && !Number.isInteger(value)) refuse('must be a whole number');
    return { ...settings, workforce: { ...settings.workforce, [term.name]: value } };
  }
  const at = setting.lastIndexOf('.');
  const index = settings.levels.findIndex(({ name }) => name === setting.slice(0, at));
  const part = LEVEL_SETTINGS.find((known) => known === setting.slice(at + 1));
  const level = settings.levels[index];
  if (part === undefined || level === undefined)
    return refuse(
      `is no setting; known: ${[...SETTINGS.map(({ name }) => name), ...LEVEL_SETTINGS.map((each) => `LEVEL.${each}`)].join(', ')}`,
    );
  if (!(value >= 0)) refuse('must not be below 0');
  if (part === 'hire_share') {
    const sum = settings.hireShares.reduce((total, share) => total + share, 0);
    return {
      ...settings,
      hireShares: settings.hireShares.map((share, each) => (each === index ? value * sum : share)),
    };
  }
  const field = ({ min: 'min_pay', mid: 'hire_midpoint', max: 'max_pay' } as const)[part];
  return {
    ...settings,
    levels: settings.levels.map((each, at) => (at === index ? { ...each, [field]: value } : each)),
  };
}

/** What the census of the company says of its settings, beside those of today; stores nothing. */
export async function proposedSettings(config: Config, name: string): Promise<readonly Evidence[]> {
  refuseSample(name, 'fit');
  const root = rootConfig(config);
  const current = await new Companies(root).store.current(name);
  const files = versionFiles(versionFolder(root.home, name, current.version));
  const spill = path.join(root.home, 'tmp', `fit-${randomUUID()}`);
  await mkdir(spill, { recursive: true });
  try {
    return await withDatabase({ spill, what: 'the fit of a company' }, async (connection) => {
      await connection.run(`create table people as select * from read_parquet(${sqlText(files.census)})`);
      const { evidence } = await proposeSettings(
        connection,
        { ...current, questions: [] },
        await readSettings(files.seeds),
      );
      return evidence.filter(({ today, proposed }) => today === null || Math.abs(today - proposed) > 1e-6);
    });
  } finally {
    await rm(spill, { recursive: true, force: true });
  }
}
