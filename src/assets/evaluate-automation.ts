/** One tick of the automation: notices changed inputs, judges freshness, and says which assets to start and why. */
import { decideAutomation, type Asked, type AutomationDecision } from '../graph/automation.js';
import type { AssetEvent, LatestState, ObservationRecord } from '../graph/catalog-port.js';
import { freshnessOf, freshnessReason } from '../graph/freshness.js';
import type { JsonObject } from '../graph/fingerprint.js';
import type { AssetGraph } from '../graph/graph.js';
import { partitionKeys, type DynamicKeys } from '../graph/partitions.js';
import { stepId } from '../graph/steps.js';
import type { AssetHost } from './host.js';
import { hash } from './record-steps.js';

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
  const latest = await host.catalog.latest();
  const states = new Map(latest.map((one) => [stepId(one.asset, one.partition), one]));
  const known = (id: string) => state.observed[id] ?? states.get(id)?.observation?.data_version;
  const external = stepsOf(graph, world.dynamic).filter(({ id }) => world.observed[id] !== undefined);
  const changed = external.filter(({ id }) => known(id) !== world.observed[id]);
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
    data_version: world.observed[id] ?? '',
    metadata: {},
  }));
  const seen = withObservations(states, observations);
  const judged = judge(graph, world.dynamic, seen, now);
  const checks = judged.map(({ key, partition, id, at, verdict, reason, version }): AssetEvent => {
    return {
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
    };
  });
  await host.catalog.append([...observations, ...checks]);

  const decisions = decideAutomation(graph, { ...world, latest }, { config, asked: state.asked }, hash);
  const starting = decisions.filter(({ action }) => action === 'start');
  return {
    state: {
      observed: Object.fromEntries(external.map(({ id }) => [id, world.observed[id] ?? ''])),
      asked: {
        ...state.asked,
        ...Object.fromEntries(starting.map(({ asset, fingerprint }) => [asset, fingerprint])),
      },
    },
    changed: changed.map(({ id }) => id),
    decisions,
    stale: judged.flatMap(({ id, verdict, reason }) =>
      verdict === 'fresh' ? [] : [`${id} is ${verdict}: ${reason}`],
    ),
    starts: startsOf(starting),
  };
}

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
    select: group.map(({ asset }) => `key:"${asset}"`).join(' or '),
    partitions,
    reasons: group.flatMap(({ reasons }) => reasons),
  }));
}

interface Place {
  readonly id: string;
  readonly key: string;
  readonly partition: string | null;
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

/** What the catalog will say once the observations are in it. */
function withObservations(
  states: ReadonlyMap<string, LatestState>,
  observations: readonly ObservationRecord[],
): ReadonlyMap<string, Pick<LatestState, 'materialization' | 'observation'>> {
  const seen = new Map<string, Pick<LatestState, 'materialization' | 'observation'>>(states);
  for (const observation of observations)
    seen.set(stepId(observation.asset, observation.partition), { materialization: null, observation });
  return seen;
}

/** A verdict for each partition of each asset that has a policy. */
const judge = (
  graph: AssetGraph,
  dynamic: DynamicKeys,
  seen: ReadonlyMap<string, Pick<LatestState, 'materialization' | 'observation'>>,
  now: Date,
) =>
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
