/** Where companies stand: each is a home of its own under `<home>/companies`, beside the folder of its versions. */
import path from 'node:path';
import type { Config } from '../config.js';
import { companyName, SAMPLE } from './company.contract.js';
import { failure } from '../shared/errors/errors.js';

/** The home that all companies stand in. */
export const rootHome = ({ home, within }: Pick<Config, 'home' | 'within'>): string => within?.home ?? home;

const companiesFolder = (root: string): string => path.join(root, 'companies');

/** @throws MeritloopError REQUEST_INVALID where it is no name */
export function companyHome(root: string, name: string): string {
  return path.join(companiesFolder(root), checkedName(name));
}

export function checkedName(name: string): string {
  const parsed = companyName.safeParse(name);
  if (parsed.success) return name;
  throw failure('REQUEST_INVALID', {
    source: 'company',
    field: 'name',
    value: name,
    rule: parsed.error.issues[0]?.message ?? 'must be a name',
  });
}

export const companyPaths = (root: string, name: string) => {
  const home = companyHome(root, name);
  return {
    home,
    pointer: path.join(home, 'company.json'),
    versions: path.join(home, 'versions'),
    lock: path.join(home, 'company.lock'),
  };
};

export const versionFolder = (root: string, name: string, version: number): string =>
  path.join(companyPaths(root, name).versions, String(version));

/** What a version's folder holds beside `version.json`. */
export const versionFiles = (folder: string) => ({
  record: path.join(folder, 'version.json'),
  census: path.join(folder, 'census.parquet'),
  settings: path.join(folder, 'settings.yml'),
  seeds: path.join(folder, 'seeds'),
});

export const listingFolder = companiesFolder;

/** Holds the name of the company that commands mean without `--company`; absent: the sample. */
export const inUseFile = (root: string): string => path.join(companiesFolder(root), 'in-use.json');

export const isSample = (name: string): boolean => name === SAMPLE;
