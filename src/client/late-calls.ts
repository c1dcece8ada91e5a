/** The calls of a client beside those of runs: the code of each subject is loaded when it is first asked for. */
import type { AssetCalls } from '../assets/asset-calls.client.js';
import type { Config } from '../config.js';
import type { ImpactAnalyser } from '../dependencies.js';
import type { Grids } from '../grids/grids.client.js';
import type { ImpactReport, ImpactRequestInput } from '../impact/impact.contract.js';
import type { AuditEntry, AuditFilter } from '../levers/audit.contract.js';
import type { Scenarios } from '../levers/scenarios.client.js';
import type { HandleContext } from '../runs/run-handle.client.js';
import type { Schedules } from '../schedules/schedules.client.js';
import { createLogger } from '../shared/log.js';
import { once } from '../shared/once.js';
import type { SimulationJobs } from '../simulation/simulation-jobs.client.js';

export interface ImpactCall {
  /** Ends the simulations; the call then rejects with CANCELLED. What is finished is kept. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
}

export interface LateCalls extends AssetCalls {
  /**
   * What levers do to growth (percent, pp) and payroll (USD): proposed against base, part by part, and the weight of
   * each lever. Every figure is simulated, here and now, in this process, on the home's files; no worker is needed.
   *
   * @example
   * const { difference, waterfall } = await meritloop.impact({
   *   assignments: [{ parameter_name: 'merit_base', parameter_value: 0.035, years: [2026, 2027] }],
   * });
   *
   * @throws MeritloopError REQUEST_INVALID naming the field, FILE_MISSING, ROW_INVALID, LEVER_LOCKED, LEVER_MISSING,
   * LEVER_SET_UNKNOWN, SCENARIO_UNKNOWN, GROWTH_UNDEFINED, NOT_SUPPORTED; CANCELLED on an abort
   */
  impact(request?: ImpactRequestInput, options?: ImpactCall): Promise<ImpactReport>;
  /** Scenarios of the home: list, clone, compare, promote. */
  readonly scenarios: Scenarios;
  /**
   * Who changed which lever when, why, from which run and on whose approval: the newest first, row by row. Decisions
   * against a change are there as well.
   */
  audit(filter?: AuditFilter): Promise<AuditEntry[]>;
  /** One optimisation for each target, strategy, scenario and seed, as one table with its Pareto front. */
  readonly grids: Grids;
  readonly simulations: SimulationJobs;
  readonly schedule: Schedules;
}

/** @param context whose address is named when the server is not reached */
export function createLateCalls(
  context: HandleContext,
  config: Config,
): { readonly calls: LateCalls; close(): Promise<void> } {
  const { client, address, home } = context;
  const { taskQueue } = config;
  const assets = once(async () =>
    (await import('../assets/asset-calls.client.js')).createAssetCalls(client, { taskQueue, address }),
  );
  const grids = once(async () =>
    (await import('../grids/grids.client.js')).createGrids(context, taskQueue, home),
  );
  const jobs = once(async () =>
    (await import('../simulation/simulation-jobs.client.js')).createSimulationJobs(context, taskQueue),
  );
  const schedules = once(async () =>
    (await import('../schedules/schedules.client.js')).createSchedules(client, { taskQueue, address, home }),
  );
  const scenarios = once(async () => (await import('../levers/scenarios.client.js')).createScenarios(config));
  let analyser: Promise<ImpactAnalyser> | undefined;
  const analysing = async (): Promise<ImpactAnalyser> => {
    const { createImpactAnalyser } = await import('../dependencies.js');
    return createImpactAnalyser(config, createLogger(config));
  };
  return {
    calls: {
      impact: async (request = {}, options = {}) => {
        analyser ??= analysing();
        return (await analyser).analyse(request, options);
      },
      audit: async (filter = {}) => (await import('../runs/audit-runs.js')).auditHome(config, filter),
      scenarios: {
        list: async () => (await scenarios()).list(),
        clone: async (cloning) => (await scenarios()).clone(cloning),
        compare: async (from, to) => (await scenarios()).compare(from, to),
        promote: async (promotion) => (await scenarios()).promote(promotion),
      },
      materialize: async (request) => (await assets()).materialize(request),
      materializeAsset: async (key, asset, start) => (await assets()).materializeAsset(key, asset, start),
      materializations: {
        show: async (runId) => (await assets()).materializations.show(runId),
        cancel: async (runId) => (await assets()).materializations.cancel(runId),
      },
      automation: {
        turnOn: async (options) => (await assets()).automation.turnOn(options),
        turnOff: async () => (await assets()).automation.turnOff(),
        status: async () => (await assets()).automation.status(),
        look: async () => (await assets()).automation.look(),
        reconcile: async () => (await assets()).automation.reconcile(),
      },
      grids: {
        start: async (request, options) => (await grids()).start(request, options),
        get: async (gridId) => (await grids()).get(gridId),
        list: async () => (await grids()).list(),
      },
      simulations: {
        start: async (request, key) => (await jobs()).start(request, key),
        list: async (limit) => (await jobs()).list(limit),
        show: async (jobId) => (await jobs()).show(jobId),
        cancel: async (jobId) => (await jobs()).cancel(jobId),
      },
      schedule: {
        create: async (name, schedule) => (await schedules()).create(name, schedule),
        list: async () => (await schedules()).list(),
        show: async (name) => (await schedules()).show(name),
        trigger: async (name) => (await schedules()).trigger(name),
        pause: async (name, reason) => (await schedules()).pause(name, reason),
        resume: async (name, note) => (await schedules()).resume(name, note),
        delete: async (name) => (await schedules()).delete(name),
      },
    },
    async close() {
      await (await analyser)?.close();
    },
  };
}
