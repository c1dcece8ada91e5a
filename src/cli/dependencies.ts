/** Ties the activities to the parts that they work on: the one place where a worker or a command is put together. */
import path from 'node:path';
import type { ActivityDependencies } from '../activities/ports.js';
import { createRunStore } from '../activities/run-store.js';
import { importCensus } from '../census/import.js';
import type { Config } from '../config.js';
import { failure } from '../errors.js';
import { parseLevers } from '../levers/file.js';
import type { Logger } from '../log.js';
import { readWorkforceSettings } from '../seeds/settings.js';
import { createSimulator } from '../simulation/create-simulator.js';
import { leverStore, readLeverFile, seedsFolder } from './lever-files.js';

const SAMPLE_CENSUS = 'sample_census.parquet';

/** Close `simulator` after use. */
export function createDependencies(config: Config, logger: Logger): ActivityDependencies {
  const levers = leverStore(config);
  const seeds = seedsFolder(config);
  return {
    config,
    logger,
    simulator: createSimulator(config, logger),
    runs: createRunStore(config.home),
    levers: {
      save: (rows) => levers.save(rows),
      load: (fingerprint) => levers.load(fingerprint),
      current: (scenario) => levers.current(scenario),
      importFile: async (file) => levers.save(parseLevers(await readLeverFile(file), path.basename(file))),
      // The lever store cannot move its pointer yet. `optimize` refuses this before a run starts; a start from elsewhere meets it here.
      publish: () =>
        Promise.reject(
          failure('NOT_SUPPORTED', {
            option: 'apply',
            value: 'on-convergence, after-approval',
            supported: 'never',
          }),
        ),
    },
    importCensus: (file, baselineDate, signal) =>
      importCensus({
        home: config.home,
        file: file ?? path.join(seeds, SAMPLE_CENSUS),
        baselineDate,
        signal,
      }),
    settings: () => readWorkforceSettings(config.projectRoot),
  };
}
