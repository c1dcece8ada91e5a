/** Where levers are found: the store of a home, for callers and for activities, without loading an engine. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { asItIsNow } from '../companies/company-config.js';
import type { Config } from '../config.js';
import { jobLevels } from './job-levels.js';
import { failure } from '../shared/errors/errors.js';
import { LeverStore } from './store.js';
import { parseLevers } from './file.js';
import type { LeverSets } from '../ports.js';

/** Its moves stand in the audit log of the home's catalog too. */
export const leverStore = (config: Config): LeverStore =>
  new LeverStore({
    home: config.home,
    seedsDir: config.seeds,
    // The catalog is loaded by those who move levers alone: most commands only read them.
    onMove: async (moves) => (await import('./record-moves.js')).recordMoves(config, moves),
  });

/** @throws MeritloopError FILE_MISSING, FILE_UNREADABLE */
export async function readLeverFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw failure('FILE_MISSING', { source: 'levers', path: file });
    throw failure('FILE_UNREADABLE', { source: 'levers', path: file, reason: message }, error);
  }
}

/** The lever store as the activities use it. */
export function leverSetsOn(config: Config): LeverSets {
  const store = leverStore(config);
  return {
    save: (rows) => store.save(rows),
    load: (fingerprint) => store.load(fingerprint),
    current: (scenario) => store.current(scenario),
    importFile: async (file) => {
      const top = jobLevels(asItIsNow(config)).length;
      return store.save(parseLevers(await readLeverFile(file), path.basename(file), top));
    },
    publish: (move) => store.publish(move),
  };
}
