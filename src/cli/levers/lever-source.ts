/** A lever set as the command line names it: `current`, the start of a fingerprint, a file, or a scenario. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Config } from '../../config.js';
import type { LeverRow } from '../../levers/lever.contract.js';
import { failure } from '../../shared/errors/errors.js';
import { parseLevers } from '../../levers/file.js';
import { jobLevels } from '../../levers/job-levels.js';
import { readLeverFile } from '../../levers/open.js';
import type { LeverStore } from '../../levers/store.js';

export interface NamedSet {
  readonly rows: readonly LeverRow[];
  readonly file: string | null;
  /** Fingerprint; null for a file, which is only read. */
  readonly lever_set: string | null;
}

/** @throws MeritloopError FILE_MISSING, FILE_UNREADABLE, ROW_INVALID */
export async function readFileSet(file: string, config: Config): Promise<NamedSet> {
  return {
    rows: parseLevers(await readLeverFile(file), path.basename(file), jobLevels(config).length),
    file,
    lever_set: null,
  };
}

export const storedSet = async (store: LeverStore, lever_set: string): Promise<NamedSet> => ({
  rows: await store.load(lever_set),
  file: null,
  lever_set,
});

/**
 * @param scenario whose set `current` is
 * @throws MeritloopError LEVER_SET_UNKNOWN when it is none of them, and what reading a file may throw
 */
export async function namedSet(
  config: Config,
  store: LeverStore,
  name: string,
  scenario: string,
  cwd: string,
): Promise<NamedSet> {
  if (name === 'current') return storedSet(store, await store.current(scenario));
  const found = await store.find(name);
  if (found !== undefined) return storedSet(store, found);
  const file = path.resolve(cwd, name);
  if (existsSync(file)) return readFileSet(file, config);
  if ((await store.scenarios()).includes(name)) return storedSet(store, await store.current(name));
  throw failure('LEVER_SET_UNKNOWN', { fingerprint: name });
}

/** The full fingerprint that an option's value is the start of. @throws MeritloopError LEVER_SET_UNKNOWN */
export async function fingerprintOption(store: LeverStore, text: string): Promise<string> {
  const found = await store.find(text);
  if (found === undefined) throw failure('LEVER_SET_UNKNOWN', { fingerprint: text });
  return found;
}
