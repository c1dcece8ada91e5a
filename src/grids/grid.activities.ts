/** Activities of `optimizationGrid`: check and plan a grid, read what became of a cell, and write the table down. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import { storedSource } from '../census/store.js';
import { gridRequest, type GridRequest, type GridResult } from './grid.contract.js';
import type { SimulationSummary } from '../simulation/simulation.contract.js';
import { parseRequest } from '../shared/parse-request.js';
import { failure, MeritloopError } from '../shared/errors/errors.js';
import type { CellOutcome } from './outcome.pure.js';
import type { GridPlan, GridScenario } from './plan.pure.js';
import type { SimulationSpec } from '../simulation/simulator.js';
import { checkSupported } from '../tuning/measure.js';
import { discreet } from '../temporal/discreet.js';
import { createGridStore } from './grid-store.js';
import { whileBeating } from '../temporal/heartbeat.js';
import type { ActivityDependencies } from '../ports.js';
import { resolveInputs } from '../runs/resolve-inputs.js';
import { isFailure } from '../runs/run-store.js';

export interface GridInput {
  readonly grid_id: string;
  readonly request: unknown;
}

const UNKNOWN_REQUESTER = 'unknown';

/** @throws REQUEST_INVALID naming the field, SCENARIO_UNKNOWN, LEVER_MISSING, ROW_INVALID, … */
export const planGrid =
  (dependencies: ActivityDependencies) =>
  ({ grid_id, request: input }: GridInput): Promise<GridPlan> =>
    whileBeating(async (_, signal) => {
      const request = parseGrid(input);
      const scenarios: GridScenario[] = [];
      const notices = new Set<string>();
      let last: SimulationSpec | undefined;
      for (const scenario of request.scenarios) {
        const found = await resolveInputs(
          { ...request, scenario, seed: request.seeds?.[0], targets: undefined },
          discreet(dependencies),
          signal,
        );
        last = found.spec;
        found.notices.forEach((notice) => notices.add(notice));
        scenarios.push({
          scenario,
          levers: path.join('levers', `${last.levers}.csv`),
          inputs: await inputsHash(dependencies, request, last),
        });
      }
      if (last === undefined) throw failure('UNEXPECTED', { detail: 'a grid without scenarios' });
      const requested_by = request.requested_by ?? UNKNOWN_REQUESTER;
      const { target_mode, metric, statuses, tolerance, max_iterations, tune, engine } = request;
      return {
        grid_id,
        requested_by,
        targets: request.targets,
        strategies: request.strategies,
        scenarios,
        seeds: request.seeds ?? [last.seed],
        years: last.years,
        parallel: request.parallel,
        common: {
          target_mode,
          metric,
          statuses,
          tolerance,
          max_iterations,
          tune,
          engine,
          requested_by,
          census: await storedSource(dependencies.config.home, last.census),
          years: `${last.years.first}-${last.years.last}`,
        },
        notices: [...notices],
      };
    });

/** @throws REQUEST_INVALID, NOT_SUPPORTED naming the field */
export function parseGrid(input: unknown): GridRequest {
  const request = parseRequest(gridRequest, input);
  checkSupported({ ...request, seeds: undefined, targets: undefined });
  return request;
}

/** Digits of the hash in a cell's id: a grid has a thousand cells at most, and each grid ids of its own. */
const DIGITS = 8;

/** Another census, lever, dbt model or option of the tuner gives another hash; the models' versions know the first three. */
async function inputsHash(
  { simulator }: ActivityDependencies,
  { target_mode, metric, statuses, tolerance, max_iterations, tune }: GridRequest,
  spec: SimulationSpec,
): Promise<string> {
  const tuner = [target_mode, metric, statuses.toSorted(), tolerance, max_iterations, tune.toSorted()];
  const versions = await simulator.modelVersions(spec);
  return createHash('sha256')
    .update(JSON.stringify([spec, tuner, versions]))
    .digest('hex')
    .slice(0, DIGITS);
}

export interface CellInput {
  readonly run_id: string;
  readonly workflow_id: string;
}

/** Null unless the run has ended with a verdict: it is to be run, or run again. */
export const readGridCell =
  ({ runs, simulator }: ActivityDependencies) =>
  async ({ run_id, workflow_id }: CellInput): Promise<CellOutcome | null> => {
    const [record, ending] = await Promise.all([runs.record(run_id), runs.ending(run_id)]);
    if (record?.workflow_id !== workflow_id || record.finished_at === null) return null;
    if (ending === undefined || isFailure(ending) || ending.status === 'cancelled') return null;
    const summary = await summaryOf(simulator, ending.simulation_id);
    if (summary === null) return null;
    const { status, final_growth, final_gap, iterations_used, simulation_id, seconds } = ending;
    return {
      status,
      final_growth,
      gap: final_gap,
      payroll: cents(summary.years.reduce((sum, { payroll }) => sum + payroll, 0)),
      payroll_final_year: summary.years.at(-1)?.payroll ?? 0,
      iterations_used,
      simulations_run: ending.simulations_run,
      simulations_reused: ending.simulations_reused,
      simulation_id,
      reused: false,
      seconds,
      error: null,
    };
  };

/** Null where the simulation was removed since: then its run says too little. */
async function summaryOf(
  simulator: ActivityDependencies['simulator'],
  id: string,
): Promise<SimulationSummary | null> {
  try {
    return await simulator.load(id);
  } catch (error) {
    if (error instanceof MeritloopError && error.code === 'SIMULATION_UNKNOWN') return null;
    throw error;
  }
}

/** Sums of doubles: the cent is what payroll is counted in. */
const cents = (usd: number): number => Math.round(usd * 100) / 100;

export interface SavedGrid {
  /** What the grid was asked. */
  readonly asked: unknown;
  readonly result: GridResult;
}

export const saveGrid =
  ({ config }: ActivityDependencies) =>
  async ({ asked, result }: SavedGrid): Promise<void> =>
    createGridStore(config.home).save({ asked, finished_at: new Date().toISOString(), result });
