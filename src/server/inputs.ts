/** Inputs of a request, named by fingerprint, as the files in the home that they stand for. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { censusFolder } from '../census/store.js';
import type { Config } from '../config.js';
import { failure } from '../errors.js';
import { leverStore } from '../levers/open.js';

/** The source file of a stored census, relative to the home. @throws CENSUS_UNKNOWN */
async function censusFile({ home }: Config, sha256: string | undefined): Promise<string | undefined> {
  if (sha256 === undefined) return undefined;
  const folder = censusFolder(home, sha256);
  const names = await readdir(folder).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  });
  const source = names.find((name) => name.startsWith('source.'));
  if (source === undefined) throw failure('CENSUS_UNKNOWN', { census: sha256 });
  return path.join('inputs', sha256, source);
}

/** The file of a stored lever set, relative to the home. @throws LEVER_SET_UNKNOWN, LEVER_SET_CHANGED */
async function leverFile(config: Config, fingerprint: string | undefined): Promise<string | undefined> {
  if (fingerprint === undefined) return undefined;
  const store = leverStore(config);
  await store.text(fingerprint);
  return path.relative(config.home, store.path(fingerprint));
}

interface NamedInputs {
  readonly census?: string | undefined;
  readonly lever_set?: string | undefined;
}

/** Keys of a request that name files, where they are given. */
export async function inputFiles(
  config: Config,
  { census, lever_set }: NamedInputs,
): Promise<{ census?: string; levers?: string }> {
  const [file, levers] = await Promise.all([censusFile(config, census), leverFile(config, lever_set)]);
  return { ...(file === undefined ? {} : { census: file }), ...(levers === undefined ? {} : { levers }) };
}

/** Without the keys that hold nothing: a workflow takes only those that are given. */
export const given = <T extends object>(request: T): { [Key in keyof T]: Exclude<T[Key], undefined> } =>
  Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]: Exclude<T[Key], undefined>;
  };
