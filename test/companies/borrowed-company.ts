/** A company made of the sample's people and settings, for tests of what is done with companies. */
import { copyFile, cp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Companies } from '../../src/companies/companies.js';
import { versionFiles } from '../../src/companies/company-paths.js';
import type { CompanyVersion } from '../../src/companies/company.contract.js';
import type { Config } from '../../src/config.js';

export interface Borrowed {
  /** The version that it follows; 0: the company is new. */
  readonly expected?: number;
  readonly by?: string;
  readonly reason?: string;
  /** Changes the seeds in that folder, which are the sample's so far. */
  readonly settle?: (seeds: string) => Promise<void>;
}

export async function borrowSample(
  config: Config,
  name: string,
  { expected = 0, by = 'ann', reason = 'a test', settle }: Borrowed = {},
): Promise<CompanyVersion> {
  const companies = new Companies(config);
  const { company: _, version: __, ...draft } = await companies.show('sample');
  return companies.store.publish(name, {
    draft: { ...draft, by, reason, at: new Date().toISOString() },
    expected,
    async fill(folder) {
      const files = versionFiles(folder);
      await cp(path.join(config.projectRoot, 'seeds'), files.seeds, {
        recursive: true,
        filter: (file) => !file.endsWith('.parquet'),
      });
      await settle?.(files.seeds);
      await copyFile(path.join(config.projectRoot, 'seeds', 'sample_census.parquet'), files.census);
      await writeFile(files.settings, '');
    },
  });
}
