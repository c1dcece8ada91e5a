/** Runs every model once on the sample company, in memory, so that SQL which DuckDB refuses is found before a run. */
import path from 'node:path';
import type { Config } from '../../config.js';
import { readWorkforceSettings } from '../seeds/settings.js';
import { Database } from './database.js';
import type { Plan } from '../model/plan.js';
import { PlanEngine } from './plan-engine.js';
import { writeCensus } from './state.js';

/** Nothing is looked up and nothing kept. */
const NO_CHECKPOINTS = {
  find: () => Promise.resolve(undefined),
  save: () => Promise.resolve(),
  discard: () => Promise.resolve(),
};

/** One plan year, no rate of leaving or growth. @throws MeritloopError MODEL_INVALID naming model and line */
export async function tryModels(config: Config, plan: Plan): Promise<void> {
  const { seeds } = config;
  const { start_year } = await readWorkforceSettings(config.seeds);
  const job = {
    run: {
      scenario: 'default',
      years: { first: start_year, last: start_year },
      seed: 1,
      settings: { headcount_growth: 0, termination_rate: 0, new_hire_termination_rate: 0 },
    },
    leverFile: path.join(seeds, 'comp_levers.csv'),
    censusFingerprint: 'sample',
    checkpoints: NO_CHECKPOINTS,
    checkpointAfterMs: Number.POSITIVE_INFINITY,
  };
  const database = await Database.open(':memory:', { spillFolder: path.join(config.home, 'tmp', 'spill') });
  try {
    const engine = new PlanEngine(plan, database);
    await engine.prepare(seeds);
    await writeCensus(database, config.census);
    await engine.resolve(job);
    await engine.runYears(job);
    await engine.createHorizonViews({ files: true });
  } finally {
    await database.close();
  }
}
