/** The lever store as the activities use it. */
import path from 'node:path';
import type { Config } from '../config.js';
import { parseLevers } from './file.js';
import { leverStore, readLeverFile } from './open.js';
import type { LeverSets } from '../ports.js';

export function leverSetsOn(config: Config): LeverSets {
  const store = leverStore(config);
  return {
    save: (rows) => store.save(rows),
    load: (fingerprint) => store.load(fingerprint),
    current: (scenario) => store.current(scenario),
    importFile: async (file) => store.save(parseLevers(await readLeverFile(file), path.basename(file))),
    publish: (move) => store.publish(move),
  };
}
