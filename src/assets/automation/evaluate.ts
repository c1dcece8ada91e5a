/** One tick of the automation: notices changed inputs, judges freshness, and says which assets to start and why. */
import { decideAutomation, type Asked, type AutomationDecision } from '../graph/automation.js';
import type { AssetEvent, MaterializationRecord, ObservationRecord } from '../graph/catalog-port.js';
import { freshnessOf, freshnessReason } from '../graph/freshness.js';
import type { JsonObject } from '../graph/fingerprint.js';
import type { AssetGraph } from '../graph/graph.js';
import { partitionKeys, type DynamicKeys } from '../graph/partitions.js';
import { stepId } from '../graph/steps.js';
import type { AssetHost } from '../host.js';
import type { SeenGraph } from '../plan-run.js';
import { hash } from '../record-steps.js';
import { own } from '../../shared/own.terms.js';

/** What a tick hands to the next. */
export interface AutomationState {
  /** The sensor's cursor: data versions of external assets, by step, as seen last. */
  readonly observed: Readonly<Record<string, string>>;
  readonly asked: Asked;
}

/** One run to start. */
export interface AutomationStart {
  /** Names the run; the same decisions give the same key. */
  readonly key: string;
  readonly select: string;
  /** Null: all that is due of the assets selected. */
  readonly partitions: string | null;
  readonly reasons: readonly string[];
}

export interface AutomationTick {
  readonly state: AutomationState;
  /** Steps of external assets whose data changed since they were seen last. */
  readonly changed: readonly string[];
  readonly decisions: readonly AutomationDecision[];
  /** Assets and partitions that are late or overdue, with the reason. */
  readonly stale: readonly string[];
  readonly starts: readonly AutomationStart[];
}

export const FRESHNESS_CHECK = 'freshness';

/** What one look at the graph tells; nothing is written. */
export interface AutomationView {
  /** Steps of external assets whose data is known now. */
  readonly external: readonly Place[];
  /** Those whose data changed since they were seen last. */
  readonly changed: readonly Place[];
  readonly decisions: readonly AutomationDecision[];
  readonly judged: readonly Judgement[];
}

/** Pure: what is due, changed or no longer fresh. `state` is what an earlier look left behind. */
export function viewAutomation(
  { graph, world }: Pick<SeenGraph, 'graph' | 'world'>,
  config: JsonObject,
  state: AutomationState,
  now: Date,
): AutomationView {
  const states = new Map(world.latest.map((one) => [stepId(one.asset, one.partition), one]));
  const known = (id: string) => own(state.observed, id) ?? states.get(id)?.observation?.data_version;
  const external = stepsOf(graph, world.dynamic).filter(({ id }) => own(world.observed, id) !== undefined);
  const changed = external.filter(({ id }) => known(id) !== own(world.observed, id));
  const seen = new Map<string, Made>(states);
  // What the catalog will say once the changes are in it.
  for (const { id } of changed)
    seen.set(id, {
      materialization: null,
      observation: { recorded_at: now.toISOString(), data_version: own(world.observed, id) ?? '' },
    });
  return {
    external,
    changed,
    judged: judge(graph, world.dynamic, seen, now),
    decisions: decideAutomation(graph, world, { config, asked: state.asked }, hash),
  };
}

/**
 * @param run who writes the events: the workflow; with `tick` it makes their ids, so that a retry writes the same
 * @throws MeritloopError of the configuration or of an input that is refused
 */
export async function evaluateAutomation(
  host: AssetHost,
  config: JsonObject,
  state: AutomationState,
  { run, tick, now }: { readonly run: string; readonly tick: string; readonly now: Date },
): Promise<AutomationTick> {
  const { graph, world } = await host.describe(config);
  const whole = { ...world, latest: await host.catalog.latest() };
  const { external, changed, judged, decisions } = viewAutomation(
    { graph, world: whole },
    config,
    state,
    now,
  );
  const head = (key: string, partition: string | null, id: readonly unknown[]) => ({
    id: hash(JSON.stringify(id)),
    asset: key,
    partition,
    run,
    recorded_at: now.toISOString(),
  });
  const observations = changed.map(({ id, key, partition }): ObservationRecord => ({
    ...head(key, partition, [tick, id, 'observation']),
    kind: 'observation',
    data_version: own(world.observed, id) ?? '',
    metadata: {},
  }));
  const checks = judged.map(({ key, partition, id, at, verdict, reason, version }): AssetEvent => ({
    // The same verdict on the same data is written once.
    ...head(key, partition, [id, FRESHNESS_CHECK, at, verdict]),
    kind: 'check',
    check: FRESHNESS_CHECK,
    passed: verdict === 'fresh',
    severity: verdict === 'overdue' ? 'error' : 'warn',
    blocking: false,
    data_version: version,
    seconds: 0,
    metadata: { reason: { kind: 'text', value: reason } },
  }));
  await host.catalog.append([...observations, ...checks]);

  const starting = decisions.filter(({ action }) => action === 'start');
  return {
    state: {
      observed: Object.fromEntries(external.map(({ id }) => [id, own(world.observed, id) ?? ''])),
      asked: {
        ...state.asked,
        ...Object.fromEntries(starting.map(({ asset, fingerprint }) => [asset, fingerprint])),
      },
    },
    changed: changed.map(({ id }) => id),
    decisions,
    stale: staleReasons(judged),
    starts: startsOf(starting),
  };
}

export const staleReasons = (judged: readonly Judgement[]): string[] =>
  judged.flatMap(({ id, verdict, reason }) =>
    verdict === 'fresh' ? [] : [`${id} is ${verdict}: ${reason}`],
  );

/** Eager assets go together, so that each is made once and in order; those only missing, by their partitions. */
function startsOf(decisions: readonly AutomationDecision[]): AutomationStart[] {
  const groups = new Map<string | null, AutomationDecision[]>();
  for (const decision of decisions) {
    const named = decision.partitions.filter((partition) => partition !== null);
    const partitions = decision.condition === 'eager' || named.length === 0 ? null : named.join(',');
    groups.set(partitions, [...(groups.get(partitions) ?? []), decision]);
  }
  return [...groups].map(([partitions, group]) => ({
    key: `automation-${hash(JSON.stringify(group.map(({ asset, fingerprint }) => [asset, fingerprint])))}`,
    select: group.map(({ asset }) => `"${asset}"`).join(', '),
    partitions,
    reasons: group.flatMap(({ reasons }) => reasons),
  }));
}

export interface Place {
  readonly id: string;
  readonly key: string;
  readonly partition: string | null;
}

/** How fresh an asset with a policy is, in one partition. */
export interface Judgement extends Place {
  readonly verdict: ReturnType<typeof freshnessOf>;
  readonly reason: string;
  /** When it was made or observed; null: never. */
  readonly at: string | null;
  readonly version: string;
}

/** What freshness goes by in the latest state. */
interface Made {
  readonly materialization: Pick<MaterializationRecord, 'recorded_at' | 'data_version'> | null;
  readonly observation: Pick<ObservationRecord, 'recorded_at' | 'data_version'> | null;
}

/** Every partition of the external assets. */
const stepsOf = (graph: AssetGraph, dynamic: DynamicKeys): Place[] =>
  [...graph.assets.values()].filter(({ external }) => external).flatMap((spec) => placesOf(spec, dynamic));

const placesOf = (
  {
    key,
    partitions,
  }: { readonly key: string; readonly partitions: Parameters<typeof partitionKeys>[0] | null },
  dynamic: DynamicKeys,
): Place[] =>
  (partitions === null ? [null] : partitionKeys(partitions, dynamic)).map((partition) => ({
    id: stepId(key, partition),
    key,
    partition,
  }));

/** A verdict for each partition of each asset that has a policy. */
const judge = (
  graph: AssetGraph,
  dynamic: DynamicKeys,
  seen: ReadonlyMap<string, Made>,
  now: Date,
): Judgement[] =>
  [...graph.assets.values()]
    .filter(({ freshness }) => freshness !== null)
    .flatMap((spec) =>
      placesOf(spec, dynamic).map((place) => {
        const state = seen.get(place.id);
        const last = state?.materialization ?? state?.observation ?? null;
        return {
          ...place,
          at: last?.recorded_at ?? null,
          version: last?.data_version ?? '',
          verdict: freshnessOf(spec, state, now),
          reason: freshnessReason(spec, state),
        };
      }),
    );
