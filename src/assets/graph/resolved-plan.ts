/** A plan as a run carries it: whole and self-contained, so that editing the graph changes nothing of a run under way. */
import type { AssetSpec } from './asset.js';
import { batchSteps, type Batch } from './batches.js';
import type { LatestState } from './catalog-port.js';
import { decide, type Decision, type Knowledge } from './decide.js';
import { configVersionOf, type Hash, type JsonObject } from './fingerprint.js';
import { assetOf, type AssetGraph } from './graph.js';
import { planAssets, type PlannedStep, type PlanRequest, type WorldState } from './plan.js';
import { stepId } from './steps.js';
import { own } from '../../shared/own.terms.js';

/** What a plan says of each step, without the order of making. */
export interface ResolvedSteps {
  readonly run: string;
  readonly config: JsonObject;
  /** The assets planned and those that they read, by key. */
  readonly assets: Readonly<Record<string, AssetSpec>>;
  readonly steps: readonly PlannedStep[];
  readonly configVersions: Readonly<Record<string, string>>;
  readonly observed: Readonly<Record<string, string>>;
  readonly foreseen: Readonly<Record<string, string>>;
  readonly forced: Readonly<Record<string, string>>;
}

export interface ResolvedPlan extends ResolvedSteps {
  readonly batches: readonly Batch[];
}

type ResolveRequest = PlanRequest & { readonly run: string };

/** @throws MeritloopError what {@link planAssets} throws */
export function resolvePlan(
  graph: AssetGraph,
  world: WorldState,
  request: ResolveRequest,
  hash: Hash,
): ResolvedPlan {
  const resolved = resolveSteps(graph, world, request, hash);
  const specOf = (key: string) => assetOf(graph, key);
  return { ...resolved, batches: batchSteps(resolved.steps, specOf, lastSecondsIn(world.latest)) };
}

/** For what has been made already, and needs no batches. */
export function resolveSteps(
  graph: AssetGraph,
  world: WorldState,
  request: ResolveRequest,
  hash: Hash,
): ResolvedSteps {
  const { steps, forced } = planAssets(graph, world, request, hash);
  const keys = new Set(steps.flatMap(({ key, inputs }) => [key, ...inputs.map((input) => input.key)]));
  const specs = [...keys].map((key) => assetOf(graph, key));
  return {
    run: request.run,
    config: request.config,
    assets: Object.fromEntries(specs.map((spec) => [spec.key, spec])),
    steps,
    configVersions: Object.fromEntries(
      specs.map((spec) => [spec.key, configVersionOf(spec, request.config, hash)]),
    ),
    observed: world.observed,
    foreseen: world.foreseen,
    forced,
  };
}

/** How long a step took when it was last made; what was never made may take as long as another partition of its asset. */
function lastSecondsIn(latest: readonly LatestState[]): (step: PlannedStep) => number | undefined {
  const bySteps = new Map<string, number>();
  const longest = new Map<string, number>();
  for (const { asset, partition, materialization } of latest) {
    const seconds = materialization?.batch_seconds;
    if (seconds === undefined) continue;
    bySteps.set(stepId(asset, partition), seconds);
    longest.set(asset, Math.max(seconds, longest.get(asset) ?? 0));
  }
  return ({ id, key }) => bySteps.get(id) ?? longest.get(key);
}

export interface DecidedStep {
  readonly step: PlannedStep;
  readonly decision: Decision;
}

/** The assets whose latest state {@link decideBatch} asks for. */
export function assetsOfBatch(plan: ResolvedPlan, batch: Batch): string[] {
  const members = new Set(batch.steps);
  const steps = plan.steps.filter(({ id }) => members.has(id));
  return [...new Set(steps.flatMap(({ key, inputs }) => [key, ...inputs.map((input) => input.key)]))];
}

/**
 * Decides the steps of a batch anew, now that what they read has been made: a step whose inputs came out as they were
 * is reused, one whose input failed is blocked, one that this run has made before it was interrupted is done.
 * @param without steps that will not be tried any more
 */
export function decideBatch(
  plan: ResolvedPlan,
  batch: Batch,
  states: readonly LatestState[],
  hash: Hash,
  without: ReadonlySet<string> = new Set(),
): DecidedStep[] {
  const members = new Set(batch.steps.filter((id) => !without.has(id)));
  const latest = new Map(states.map((state) => [stepId(state.asset, state.partition), state]));
  const decided = new Map<string, Decision>();
  const assets = new Map(Object.entries(plan.assets));
  const knowledge: Knowledge = {
    specOf: (key) => assetOf({ assets }, key),
    latest: (id) => latest.get(id),
    observed: (id) => own(plan.observed, id),
    foreseen: (id) => own(plan.foreseen, id),
    decided: (id) => decided.get(id),
    configVersion: ({ key }) => own(plan.configVersions, key) ?? '',
    forced: ({ id }) => own(plan.forced, id),
    run: plan.run,
    hash,
  };
  return plan.steps
    .filter(({ id }) => members.has(id))
    .map((step) => {
      const decision = decide(step, knowledge);
      decided.set(step.id, decision);
      return { step, decision };
    });
}
