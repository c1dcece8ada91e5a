/** The plan of a materialisation: for each step whether it runs, is reused or is blocked, and why. Changes nothing. */
import type { AssetSpec } from './asset.js';
import type { LatestState } from './catalog-port.js';
import { decide, type Decision, type Knowledge } from './decide.js';
import { configVersionOf, type Hash, type JsonObject } from './fingerprint.js';
import { assetOf, type AssetGraph } from './graph.js';
import type { DynamicKeys, PartitionChoice } from './partitions.js';
import { expandSteps, stepId, type Step } from './steps.js';
import { own } from '../../shared/own.terms.js';

/** All that is known of the world when a plan is made. */
export interface WorldState {
  readonly latest: readonly LatestState[];
  /** Data versions of external assets now, by step. */
  readonly observed: Readonly<Record<string, string>>;
  /** Data versions that steps would have if they ran now, by step, where something can tell. */
  readonly foreseen: Readonly<Record<string, string>>;
  readonly dynamic: DynamicKeys;
  /** Why a step's data are no longer what was made, by step. */
  readonly damaged?: ReadonlyMap<string, string>;
}

export interface PlanRequest {
  readonly keys: readonly string[];
  /** Undefined: every partition. */
  readonly partitions?: PartitionChoice | undefined;
  /** True: what is selected runs whatever is recorded. */
  readonly force?: boolean;
  readonly config: JsonObject;
}

export interface PlannedStep extends Step, Decision {}

export interface AssetPlan {
  readonly steps: readonly PlannedStep[];
  /** Why steps run whatever is recorded, by step. */
  readonly forced: Readonly<Record<string, string>>;
}

/** Steps in the order in which they can run; external assets are inputs only, and not in it. */
export function planAssets(
  graph: AssetGraph,
  world: WorldState,
  request: PlanRequest,
  hash: Hash,
): AssetPlan {
  const keys = wholeComputations(graph, request.keys);
  const steps = expandSteps(graph, { ...request, keys, dynamic: world.dynamic }).filter(
    ({ key }) => !assetOf(graph, key).external,
  );
  const latest = new Map(world.latest.map((state) => [stepId(state.asset, state.partition), state]));
  const configVersions = new Map<string, string>();
  const selected = new Set(request.force ? request.keys : []);
  const forced = new Map(
    steps.flatMap(({ id, key }): (readonly [id: string, why: string])[] => {
      const damage = world.damaged?.get(id);
      if (damage !== undefined) return [[id, `changed (${damage})`]];
      return selected.has(key) ? [[id, 'forced']] : [];
    }),
  );
  const configVersion = (spec: AssetSpec): string => {
    if (spec.configFields.length === 0) return '';
    const known = configVersions.get(spec.key) ?? configVersionOf(spec, request.config, hash);
    configVersions.set(spec.key, known);
    return known;
  };
  const isAnyWhole = keys.some((key) => !assetOf(graph, key).computation.subset);
  for (;;) {
    const decided = new Map<string, Decision>();
    const knowledge: Knowledge = {
      specOf: (key) => assetOf(graph, key),
      latest: (id) => latest.get(id),
      observed: (id) => own(world.observed, id),
      foreseen: (id) => own(world.foreseen, id),
      decided: (id) => decided.get(id),
      configVersion,
      forced: ({ id }) => forced.get(id),
      run: null,
      hash,
    };
    const planned = steps.map((step): PlannedStep => {
      const decision = decide(step, knowledge);
      decided.set(step.id, decision);
      const { id, key, partition, inputs } = step;
      const { action, reasons, version } = decision;
      return { id, key, partition, inputs, action, reasons, version };
    });
    if (!isAnyWhole || !widen(graph, planned, forced))
      return { steps: planned, forced: Object.fromEntries(forced) };
  }
}

/** A computation that cannot make a part of its assets makes them all. */
function wholeComputations(graph: AssetGraph, keys: readonly string[]): string[] {
  const whole = new Set(
    keys.flatMap((key) => {
      const { computation } = assetOf(graph, key);
      return computation.subset ? [] : [computation.name];
    }),
  );
  if (whole.size === 0) return [...keys];
  const selected = new Set(keys);
  return [...graph.assets.values()]
    .filter(({ key, computation }) => selected.has(key) || whole.has(computation.name))
    .map(({ key }) => key);
}

/** Makes what comes with a step that runs run too. Returns whether anything was added. */
function widen(graph: AssetGraph, planned: readonly PlannedStep[], forced: Map<string, string>): boolean {
  const running = new Map<string, string>();
  const unitOf = (step: PlannedStep): string | undefined => {
    const { computation } = assetOf(graph, step.key);
    return computation.subset ? undefined : `${computation.name} ${step.partition ?? ''}`;
  };
  for (const step of planned) {
    const unit = unitOf(step);
    if (unit !== undefined && step.action === 'run' && !running.has(unit)) running.set(unit, step.id);
  }
  let isWider = false;
  for (const step of planned) {
    const cause = running.get(unitOf(step) ?? '');
    if (cause === undefined || step.action !== 'reuse' || forced.has(step.id)) continue;
    forced.set(step.id, `made together with ${cause}`);
    isWider = true;
  }
  return isWider;
}
