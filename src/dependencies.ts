/** Ties the activities to the parts that they work on: the one place where a worker or a command is put together. */
import { analyseImpact } from './impact/answer-request.js';
import { checksOf } from './census/checks-of.js';
import { leverSetsOn } from './levers/open.js';
import type { ActivityDependencies } from './ports.js';
import { createRunStore } from './runs/run-store.js';
import { createCatalog } from './assets/catalog/catalog.js';
import { asItIsNow } from './companies/company-config.js';
import { requireWholeCompany } from './companies/company-store.js';
import { importCensus } from './census/import.js';
import type { Config } from './config.js';
import type { ImpactReport } from './impact/impact.contract.js';
import type { LeverRow } from './levers/lever.contract.js';
import type { ImpactOptions } from './impact/analyse.js';
import { readScenarios, scenarioChain } from './levers/scenarios.js';
import type { Logger } from './shared/log.js';
import { readSettingsFile } from './simulation/seeds/settings.js';
import { createSimulator } from './simulation/create-simulator.js';
import type { SimulatorTuning } from './simulation/engine/simulator-tuning.js';

/** Close `simulator` and `catalog` after use. */
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
    catalog: createCatalog(config, logger),
    levers: leverSetsOn(config),
    importCensus: async (file, baselineDate, signal) =>
      importCensus({
        home: config.home,
        file: file ?? asItIsNow(config).census,
        baselineDate,
        ...(await checksOf(asItIsNow(config))),
        signal,
      }),
    settings: async () => {
      const now = asItIsNow(config);
      await requireWholeCompany(now);
      const { settings, notices } = await readSettingsFile(now.seeds);
      const { version } = now.company;
      return { ...settings, notices, ...(version === undefined ? {} : { company_version: version }) };
    },
  };
}

export interface ImpactAnalyser {
  /** @param request an impact request, unchecked. @throws what {@link analyseImpact} throws */
  analyse(request: unknown, options?: ImpactOptions): Promise<ImpactReport>;
  /** Releases the simulators. */
  close(): Promise<void>;
}

/** Two simulations side by side keep two cores busy; a third would only wait. */
const LANES = 2;

/** Answers what levers would do, on simulators of its own that stay warm until it is closed. */
export function createImpactAnalyser(config: Config, logger: Logger): ImpactAnalyser {
  const dependencies = createDependencies(config, logger);
  const others = Array.from({ length: LANES - 1 }, () => createSimulator(config, logger));
  const lanes = [dependencies.simulator, ...others];
  const chainOf = async (scenario: string, rows: readonly LeverRow[]): Promise<string[]> =>
    scenarioChain(scenario, await readScenarios(config), rows);
  return {
    analyse: (request, options) => analyseImpact(request, { ...dependencies, lanes, chainOf }, options),
    close: async () => {
      await Promise.all(lanes.map((simulator) => simulator.close()));
    },
  };
}
