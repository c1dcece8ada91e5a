/** Everything that decides a simulation's result, gathered from the home folder, and the id made of it. */
import path from 'node:path';
import { wholeCensus } from '../../census/import.js';
import { censusFolder } from '../../census/store.js';
import type { Config } from '../../config.js';
import type { LeverRow } from '../../levers/lever.contract.js';
import type { EngineName } from '../simulation.contract.js';
import { leverStore } from '../../levers/open.js';
import { readScenarios, scenarioChain } from '../../levers/scenarios.js';
import { readWorkforceSettings } from '../seeds/settings.js';
import { hash, type Plan } from '../model/plan.js';
import type { SimulationSpec } from '../simulator.js';
import { catalogueValues, settingsValues, type RunState } from '../engine/state.js';
import type { Logger } from '../../shared/log.js';

export interface TrialInputs {
  readonly spec: SimulationSpec;
  readonly run: RunState;
  readonly censusFile: string;
  readonly censusFingerprint: string;
  /** Rows of the census. */
  readonly employees: number;
  readonly leverFile: string;
  /** What became of inputs that were damaged. */
  readonly notes: readonly string[];
}

const millionths = (rate: number): number => Math.round(rate * 1_000_000);

/** @throws FILE_MISSING, LEVER_SET_UNKNOWN, LEVER_SET_CHANGED, SCENARIO_UNKNOWN, SCENARIO_CYCLE */
export async function trialInputs(config: Config, spec: SimulationSpec): Promise<TrialInputs> {
  const folder = censusFolder(config.home, spec.census);
  const notes: string[] = [];
  const census = await wholeCensus(config.home, spec.census, `${spec.years.first - 1}-12-31`, (note) =>
    notes.push(note),
  );
  const settings = await readWorkforceSettings(config.seeds);
  const levers = leverStore(config);
  // Refuses an unknown scenario and a circle of parents, before any model follows them.
  const scenarios = await readScenarios(config);
  scenarioChain(spec.scenario, scenarios, await levers.load(spec.levers));
  const own_scenarios = scenarios.filter(({ is_own }) => is_own);
  return {
    spec,
    run: {
      scenario: spec.scenario,
      years: spec.years,
      seed: spec.seed,
      settings: {
        headcount_growth: millionths(settings.headcount_growth),
        termination_rate: millionths(settings.total_termination_rate),
        new_hire_termination_rate: millionths(settings.new_hire_termination_rate),
      },
      ...(own_scenarios.length === 0 ? {} : { own_scenarios }),
    },
    censusFile: path.join(folder, 'census.parquet'),
    censusFingerprint: census.fingerprint,
    employees: census.rows,
    leverFile: levers.path(spec.levers),
    notes,
  };
}

/** Equal inputs give equal ids; who locked or created a lever is no input. */
export const simulationIdOf = (
  plan: Plan,
  { censusFingerprint, run }: TrialInputs,
  levers: readonly LeverRow[],
  engine: EngineName,
): string =>
  hash(
    censusFingerprint,
    plan.fingerprint,
    engine,
    run.scenario,
    `${run.years.first}-${run.years.last} ${run.seed}`,
    settingsValues(run),
    catalogueValues,
    ...levers.map((row) =>
      [row.fiscal_year, row.job_level, row.parameter_name, row.parameter_value, row.scenario_id].join(' '),
    ),
  );

/** What is said of a simulation beside its figures. It begins with what became of its inputs; whatever is told is in the log as well. */
export function notesOf({ notes: [...notes] }: Pick<TrialInputs, 'notes'>, logger: Logger) {
  for (const note of notes) logger.warn(note);
  const tell = (note: string): void => {
    logger.warn(note);
    notes.push(note);
  };
  return { notes, tell };
}
