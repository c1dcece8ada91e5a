/** Ties the activities to the parts that they work on: the one place where a worker or a command is put together. */
import path from 'node:path';
import { leverSetsOn } from './activities/lever-sets.js';
import type { ActivityDependencies } from './activities/ports.js';
import { createRunStore } from './activities/run-store.js';
import { importCensus } from './census/import.js';
import type { Config } from './config.js';
import type { Logger } from './log.js';
import { readWorkforceSettings } from './seeds/settings.js';
import { createSimulator } from './simulation/create-simulator.js';
import type { SimulatorTuning } from './simulation/simulator-tuning.js';

const SAMPLE_CENSUS = 'sample_census.parquet';

/** Close `simulator` after use. */
export function createDependencies(
  config: Config,
  logger: Logger,
  tuning?: SimulatorTuning,
): ActivityDependencies {
  return {
    config,
    logger,
    simulator: createSimulator(config, logger, tuning),
    runs: createRunStore(config.home),
    levers: leverSetsOn(config),
    importCensus: (file, baselineDate, signal) =>
      importCensus({
        home: config.home,
        file: file ?? path.join(config.projectRoot, 'seeds', SAMPLE_CENSUS),
        baselineDate,
        signal,
      }),
    settings: () => readWorkforceSettings(config.projectRoot),
  };
}
