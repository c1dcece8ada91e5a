/** The configuration of one company: its own home, seeds, census and Temporal namespace on the same server. */
import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { rootConfig, type Config } from '../config.js';
import { companyName, companyPointer, SAMPLE } from './company.contract.js';
import {
  companyPaths,
  inUseFile,
  isSample,
  listingFolder,
  rootHome,
  versionFiles,
  versionFolder,
} from './company-paths.js';
import { failure } from '../shared/errors/errors.js';
import { isMissingFile, writeWhole } from '../shared/files/durable.js';
import { parseStored } from '../shared/files/stored-json.js';

const inUse = z.object({ company: z.string() });

/** The company that commands mean where none is named. @throws MeritloopError STORED_FILE_DAMAGED */
export function companyInUse(root: string): string {
  const file = inUseFile(root);
  const text = readNow(file);
  return text === null ? SAMPLE : parseStored(file, text, (value) => inUse.parse(value)).company;
}

export const useCompany = (root: string, company: string): Promise<void> =>
  writeWhole(inUseFile(root), `${JSON.stringify({ company })}\n`);

/**
 * The configuration with which everything but the company's own commands works on that company.
 * @param config of the home, or of another company in it
 * @throws MeritloopError COMPANY_UNKNOWN, REQUEST_INVALID where it is no name, STORED_FILE_DAMAGED
 */
export function companyConfig(config: Config, name: string): Config {
  const own = rootConfig(config);
  if (isSample(name)) return own;
  const root = rootHome(own);
  const { home, pointer } = companyPaths(root, name);
  const text = readNow(pointer);
  if (text === null) throw failure('COMPANY_UNKNOWN', { company: name, known: knownCompanies(root) });
  const { version } = parseStored(pointer, text, (value) => companyPointer.parse(value));
  const files = versionFiles(versionFolder(root, name, version));
  return {
    ...own,
    home,
    seeds: files.seeds,
    census: files.census,
    company: { name, version },
    temporalNamespace: namespaceOf(own.temporalNamespace, name),
    within: {
      home: own.home,
      seeds: own.seeds,
      census: own.census,
      company: own.company,
      temporalNamespace: own.temporalNamespace,
    },
  };
}

function knownCompanies(home: string): string[] {
  const names = foldersNow(listingFolder(home)).filter((name) => companyName.safeParse(name).success);
  const made = names.filter((name) => !isSample(name) && isThere(companyPaths(home, name).pointer));
  return [SAMPLE, ...made.toSorted()];
}

/** Those of every company of the home, the sample first. @throws MeritloopError STORED_FILE_DAMAGED */
export const readCompanies = (root: Config): Config[] =>
  knownCompanies(root.home).map((name) => companyConfig(root, name));

/** The same company in another of its versions. @throws MeritloopError COMPANY_VERSION_UNKNOWN for the sample */
export function ofVersion(config: Config, version: number): Config {
  const { company, within } = config;
  if (within === undefined)
    throw failure('COMPANY_VERSION_UNKNOWN', { company: company.name, version: String(version), latest: 0 });
  const { seeds, census } = versionFiles(versionFolder(within.home, company.name, version));
  return { ...config, seeds, census, company: { name: company.name, version } };
}

/**
 * The same company as it is now: a worker or a server outlives the versions of a company.
 * @throws MeritloopError COMPANY_UNKNOWN, STORED_FILE_DAMAGED
 */
export const asItIsNow = (config: Config): Config =>
  config.within === undefined ? config : companyConfig(config, config.company.name);

const isThere = (file: string): boolean => readNow(file) !== null;

function foldersNow(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (isMissingFile(error)) return [];
    throw error;
  }
}

/** Each company's runs have names and a list of their own. */
const namespaceOf = (namespace: string, company: string): string => `${namespace}-${company}`;

/** Read at once: it is the first thing that a command or a request needs, and a few bytes long. */
function readNow(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (isMissingFile(error)) return null;
    throw error;
  }
}
