/** Health and status of assets: one word for people, and every word that a selection may ask for. */
import type { AssetSpec } from './asset.js';
import type { LatestState } from './catalog-port.js';
import { freshnessOf } from './freshness.js';
import type { AssetGraph } from './graph.js';
import type { PlannedStep } from './plan.js';

/** From bad to good. */
export const HEALTH = ['failed', 'blocked', 'degraded', 'missing', 'warning', 'healthy'] as const;
export type Health = (typeof HEALTH)[number];

/** Health, and what may hold besides: `stale`: a plan would run it; `running`: a run is at it. */
export const STATUSES = [...HEALTH, 'stale', 'running', 'late', 'overdue'] as const;
export type Status = (typeof STATUSES)[number];

/** What holds of one partition. */
export function statusesOfStep(
  spec: AssetSpec,
  state: LatestState | undefined,
  isStale: boolean,
  now: Date,
): Status[] {
  const { attempt = null, checks = [], materialization = null, observation = null } = state ?? {};
  const version = (materialization ?? observation)?.data_version;
  const failing = checks.filter(({ passed, data_version }) => !passed && data_version === version);
  const freshness = freshnessOf(spec, state, now);
  const health: Health =
    attempt?.kind === 'failed'
      ? 'failed'
      : attempt?.kind === 'blocked'
        ? 'blocked'
        : failing.some(({ severity }) => severity === 'error') || freshness === 'overdue'
          ? 'degraded'
          : version === undefined
            ? 'missing'
            : failing.length > 0 || freshness === 'late'
              ? 'warning'
              : 'healthy';
  return [
    health,
    ...(isStale && version !== undefined ? (['stale'] as const) : []),
    ...(attempt?.kind === 'planned' ? (['running'] as const) : []),
    ...(freshness === 'late' || freshness === 'overdue' ? [freshness] : []),
  ];
}

/** Each asset has the worst health of its partitions first, then whatever holds of any of them. */
export function statusesOf(
  graph: AssetGraph,
  latest: readonly LatestState[],
  outlook: readonly PlannedStep[],
  now: Date,
): Map<string, Status[]> {
  const states = new Map<string, Map<string | null, LatestState>>();
  for (const state of latest) {
    const ofAsset = states.get(state.asset) ?? new Map<string | null, LatestState>();
    states.set(state.asset, ofAsset.set(state.partition, state));
  }
  const found = new Map<string, Set<Status>>([...graph.assets.keys()].map((key) => [key, new Set()]));
  const add = (spec: AssetSpec, partition: string | null, isStale: boolean) => {
    const state = states.get(spec.key)?.get(partition);
    for (const status of statusesOfStep(spec, state, isStale, now)) found.get(spec.key)?.add(status);
  };
  for (const { key, partition, action } of outlook) {
    const spec = graph.assets.get(key);
    if (spec !== undefined) add(spec, partition, action !== 'reuse');
  }
  // External assets are in no plan: what was observed of them is all there is.
  for (const spec of graph.assets.values()) {
    if (!spec.external) continue;
    const partitions = [...(states.get(spec.key)?.keys() ?? [])];
    for (const partition of partitions.length === 0 ? [null] : partitions) add(spec, partition, false);
  }
  return new Map([...found].map(([key, statuses]) => [key, inOrder(statuses)]));
}

/** One health, the worst; the rest as it is. */
function inOrder(statuses: ReadonlySet<Status>): Status[] {
  const worst = HEALTH.find((health) => statuses.has(health)) ?? 'missing';
  return [worst, ...STATUSES.slice(HEALTH.length).filter((status) => statuses.has(status))];
}
