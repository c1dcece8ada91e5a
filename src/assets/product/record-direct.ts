/** What workflows of their own have made, as materialisations of the graph's assets with the inputs that they had. */
import type { JsonObject, JsonValue } from '../graph/fingerprint.js';
import { OPTIMIZATION_CONFIG, OPTIMIZATION_LOOP, RESULTS_SUMMARY } from './optimization-assets.js';
import { isPlannedBy } from '../plan-run.js';
import { createProductHost, optimizationOutcome, simulationOutcomes } from './product-host.js';
import {
  brokenInvariant,
  materializationId,
  planDirect,
  recordDirect,
  recordDirectFailure,
  type DirectPlan,
  type DirectRun,
} from '../record-direct.js';
import { hash } from '../record-steps.js';
import { SIMULATION } from './simulation-assets.js';
import type { MeritloopError } from '../../shared/errors/errors.js';
import type { AssetSpec } from '../graph/asset.js';
import type { Metadata } from '../graph/catalog-port.js';
import type { SimulationOutcome, SimulationSpec } from '../../simulation/simulator.js';
import { simulationSpec, type RunSpec } from '../../runs/run-spec.js';
import { isFailure } from '../../runs/run-store.js';
import type { ActivityDependencies } from '../../ports.js';

export type DirectDependencies = Pick<
  ActivityDependencies,
  'config' | 'simulator' | 'catalog' | 'runs' | 'logger' | 'assets'
>;

const directRun = (run: string, eventKey: string, config: JsonObject = {}): DirectRun => ({
  run,
  eventKey,
  config,
  at: new Date(),
});

/** The request in the fields that decide what an optimisation finds. */
function configOf({ seeds, ...spec }: RunSpec): JsonObject {
  const known: Readonly<Record<string, unknown>> = {
    ...spec,
    ...(seeds === undefined ? {} : { seeds: seeds.tuning.length }),
  };
  const given = new Map(Object.entries(known));
  return Object.fromEntries(
    OPTIMIZATION_CONFIG.flatMap((field) =>
      given.get(field) === undefined ? [] : [[field, given.get(field) as JsonValue]],
    ),
  );
}

/** Undefined where the graph cannot be told for these inputs: what was made stands all the same. */
async function planOn(
  dependencies: DirectDependencies,
  spec: SimulationSpec,
  run: DirectRun,
  isMade: (asset: AssetSpec) => boolean,
): Promise<DirectPlan | undefined> {
  // A worker of another graph has none of these assets.
  if (dependencies.assets !== undefined) return undefined;
  const { logger } = dependencies;
  try {
    const host = createProductHost({ ...dependencies, resolveInputs: async () => ({ spec }) });
    return await planDirect(host, run, isMade);
  } catch (err) {
    logger.warn({ err, run: run.run }, 'recorded without its inputs: the asset graph could not be told');
    return undefined;
  }
}

/**
 * Records `compensation_optimization_loop` or `optimization_results_summary`. The same result of a run is one event, however
 * many workflows and attempts report it. Returns undefined once it is recorded, else the id for an event without inputs.
 */
export async function recordRun(
  dependencies: DirectDependencies,
  {
    asset,
    run_id,
    metadata,
  }: { readonly asset: string; readonly run_id: string; readonly metadata: Metadata },
  attemptKey: string,
): Promise<string | undefined> {
  const { runs, config } = dependencies;
  // The run of the graph that asked for it records it when it is back.
  if (await isPlannedBy(config.home, run_id, asset)) return undefined;
  const [record, ending] = [await runs.record(run_id), await runs.ending(run_id)];
  if (record?.spec == null || ending === undefined || isFailure(ending) || ending.status === 'cancelled')
    return attemptKey;
  const { spec } = record;
  const found = optimizationOutcome(ending);
  const eventKey = hash(
    JSON.stringify([asset, record.workflow_id, record.started_at, found.dataVersion, ending.applied]),
  );
  const run = directRun(run_id, eventKey, configOf(spec));
  const isMade = ({ key }: AssetSpec) => key === asset;
  const planned = await planOn(dependencies, simulationSpec(spec, spec.lever_set), run, isMade);
  if (planned === undefined || planned.plan.steps.length === 0)
    return materializationId(eventKey, run_id, asset);
  const outcome =
    asset === RESULTS_SUMMARY ? { dataVersion: eventKey, seconds: 0, metadata: {}, checks: [] } : found;
  await recordDirect(
    dependencies,
    planned,
    run,
    [{ step: asset, ...outcome, metadata: { ...metadata, ...outcome.metadata } }],
    // The levers of this run, whatever run came after it.
    { [OPTIMIZATION_LOOP]: found.dataVersion ?? '' },
  );
  return undefined;
}

/** A simulation's models, in the years in which something new came out. Returns how many events were new. */
export async function recordSimulation(
  dependencies: DirectDependencies,
  {
    spec,
    made,
  }: { readonly spec: SimulationSpec; readonly made: Pick<SimulationOutcome, 'summary' | 'checks'> },
  run: string,
  eventKey: string,
): Promise<number> {
  const direct = directRun(run, eventKey);
  const planned = await planOn(dependencies, spec, direct, isSimulated);
  const steps = planned?.plan.steps.filter(({ action }) => action !== 'reuse') ?? [];
  if (planned === undefined || steps.length === 0) return 0;
  return recordDirect(
    dependencies,
    planned,
    direct,
    await simulationOutcomes(dependencies, spec, made, steps),
  );
}

/** Why an optimisation or a simulation has made nothing, with the invariant that was violated. */
export async function recordFailedRun(
  dependencies: DirectDependencies,
  failed: { readonly spec: SimulationSpec; readonly run: string; readonly of: 'optimization' | 'simulation' },
  error: Pick<MeritloopError, 'code' | 'message' | 'hint' | 'fields'>,
  eventKey: string,
): Promise<void> {
  const { spec, run, of } = failed;
  const broken = brokenInvariant(error);
  const hasCheck = ({ checks }: AssetSpec) => checks.some(({ name }) => name === broken?.check);
  const isTried = of === 'simulation' ? isSimulated : ({ key }: AssetSpec) => key === OPTIMIZATION_LOOP;
  const direct = directRun(run, eventKey);
  const planned = await planOn(dependencies, spec, direct, (asset) => isTried(asset) || hasCheck(asset));
  if (planned === undefined) return;
  const isOfGraph =
    of === 'optimization' && (await isPlannedBy(dependencies.config.home, run, OPTIMIZATION_LOOP));
  await recordDirectFailure(dependencies, planned, direct, error, {
    isTried: (key) => !isOfGraph && (of === 'simulation' || key === OPTIMIZATION_LOOP),
    // Trials have levers of their own: what broke is not the data of today's.
    ...(of === 'optimization' ? { dataVersion: `a trial of ${run}` } : {}),
  });
}

const isSimulated = ({ computation, external }: AssetSpec): boolean =>
  !external && computation.name === SIMULATION;
