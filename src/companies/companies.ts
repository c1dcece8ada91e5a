/** All companies of a home, the sample among them: listing, looking, going back and removing. */
import { existsSync } from 'node:fs';
import { copyFile, cp, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { companyInUse, useCompany } from './company-config.js';
import { SAMPLE, type CompanyListing, type CompanyVersion } from './company.contract.js';
import { isSample, versionFiles, versionFolder } from './company-paths.js';
import { CompanyStore } from './company-store.js';
import { sampleCompany, type SampleCompany } from './sample-company.js';
import { rootConfig, type Config } from '../config.js';
import { failure } from '../shared/errors/errors.js';

/** A version of a company, or the sample, which has none. */
export type Company = CompanyVersion | SampleCompany;

/** Who changes a company, and why; both stand in its history. */
export interface ChangeNote {
  readonly by: string;
  readonly reason: string;
}

export class Companies {
  readonly config: Config;
  readonly store: CompanyStore;

  /** @param config of the home, or of any company in it */
  constructor(config: Config) {
    this.config = rootConfig(config);
    this.store = new CompanyStore(this.config.home);
  }

  /** The sample first, then the others by name. @throws MeritloopError STORED_FILE_DAMAGED */
  async list(): Promise<CompanyListing[]> {
    const used = companyInUse(this.config.home);
    const others = await Promise.all((await this.store.names()).map((name) => this.store.current(name)));
    return [await sampleCompany(this.config), ...others].map((company) => ({
      company: company.company,
      version: company.version,
      employees: company.employees,
      active: company.active,
      as_of: company.as_of,
      currency: company.currency,
      in_use: company.company === used,
    }));
  }

  /** @throws MeritloopError COMPANY_UNKNOWN, COMPANY_VERSION_UNKNOWN, STORED_FILE_DAMAGED */
  async show(name: string, version?: number): Promise<Company> {
    if (!isSample(name))
      return version === undefined ? this.store.current(name) : this.store.version(name, version);
    if (version === undefined) return sampleCompany(this.config);
    throw failure('COMPANY_VERSION_UNKNOWN', { company: name, version: String(version), latest: 0 });
  }

  /** Makes it the one that commands mean without `--company`. @throws MeritloopError COMPANY_UNKNOWN */
  async use(name: string): Promise<Company> {
    const company = await this.show(name);
    await useCompany(this.config.home, name);
    return company;
  }

  /** Every version, oldest first; the sample has none. @throws MeritloopError COMPANY_UNKNOWN */
  async history(name: string): Promise<CompanyVersion[]> {
    return isSample(name) ? [] : this.store.history(name);
  }

  /**
   * Makes what an earlier version holds the newest one: nothing is taken out of the history.
   * @throws MeritloopError COMPANY_UNKNOWN, COMPANY_VERSION_UNKNOWN, COMPANY_FIXED, COMPANY_MOVED
   */
  async rollback(name: string, version: number, { by, reason }: ChangeNote): Promise<CompanyVersion> {
    refuseSample(name, 'rollback');
    const [current, earlier] = await Promise.all([
      this.store.current(name),
      this.store.version(name, version),
    ]);
    const { company: _, version: __, ...content } = earlier;
    return this.store.publish(name, {
      draft: { ...content, at: new Date().toISOString(), by, reason, action: 'rollback' },
      expected: current.version,
      fill: (folder) => copyVersion(versionFolder(this.config.home, name, version), folder),
    });
  }

  /**
   * Writes census, settings, seeds and mapping of the newest version into a folder that is not there yet.
   * @throws MeritloopError COMPANY_UNKNOWN, COMPANY_FIXED, FILE_SYSTEM where the folder is there
   */
  async export(name: string, out: string): Promise<CompanyVersion> {
    refuseSample(name, 'export');
    const company = await this.store.current(name);
    if (existsSync(out)) throw failure('FILE_SYSTEM', { path: out, reason: 'it is there already' });
    await copyVersion(versionFolder(this.config.home, name, company.version), out);
    await writeFile(path.join(out, 'company.json'), `${JSON.stringify(company, null, 2)}\n`);
    return company;
  }

  /**
   * Removes the company with all its runs, simulations and levers. The one in use is the sample afterwards.
   * @throws MeritloopError COMPANY_UNKNOWN, COMPANY_FIXED
   */
  async remove(name: string): Promise<void> {
    refuseSample(name, 'remove');
    await this.store.remove(name);
    if (companyInUse(this.config.home) === name) await useCompany(this.config.home, SAMPLE);
  }
}

/** @throws MeritloopError COMPANY_FIXED */
export function refuseSample(company: string, action: string): void {
  if (isSample(company)) throw failure('COMPANY_FIXED', { company, action });
}

/** Census, settings and seeds of a version, into the folder of another. */
async function copyVersion(from: string, to: string): Promise<void> {
  const [source, target] = [versionFiles(from), versionFiles(to)];
  await mkdir(to, { recursive: true });
  await copyFile(source.census, target.census);
  await copyFile(source.settings, target.settings);
  await cp(source.seeds, target.seeds, { recursive: true });
}
