/** The asset graph, its checks and its history as the API shows them. Pure. */
import type { SeenGraph } from '../../assets/plan-run.js';
import type { AssetGraphView, AssetHistoryView } from './assets.contract.js';
import type { AssetSpec } from '../../assets/graph/asset.js';
import type {
  AssetEvent,
  LatestState,
  Metadata,
  MetadataValue,
  StoredEvent,
} from '../../assets/graph/catalog-port.js';
import { readsEarlierOnly } from '../../assets/graph/mapping.js';
import type { PlannedStep } from '../../assets/graph/plan.js';
import { statusesOf, statusesOfStep } from '../../assets/graph/status.js';
import { stepId } from '../../assets/graph/steps.js';

type States = ReadonlyMap<string, LatestState>;
type StepView = AssetGraphView['assets'][number]['steps'][number];

export function assetViews({ graph, world, outlook }: SeenGraph, now: Date): AssetGraphView['assets'] {
  const statuses = statusesOf(graph, world.latest, outlook, now);
  const states = new Map(world.latest.map((state) => [stepId(state.asset, state.partition), state]));
  return [...graph.assets.values()].map((spec) => {
    const { key, description, group, kinds, columns, deps, checks, external, computation } = spec;
    const evaluated = world.latest.filter(({ asset }) => asset === key).flatMap((state) => state.checks);
    return {
      key,
      description,
      group,
      kinds: [...kinds],
      columns: { ...columns },
      deps: deps.map((edge) => edge.key),
      earlier_deps: deps.filter(({ mapping }) => readsEarlierOnly(mapping)).map((edge) => edge.key),
      checks: checks.map(({ name }) => ({
        name,
        failed: evaluated.some(({ check, passed }) => check === name && !passed),
      })),
      external,
      computation: computation.name,
      status: statuses.get(key) ?? [],
      steps: outlook.filter((step) => step.key === key).map((step) => stepView(spec, step, states, now)),
    };
  });
}

function stepView(spec: AssetSpec, step: PlannedStep, states: States, now: Date): StepView {
  const { id, partition, action, reasons } = step;
  const state = states.get(id);
  const made = state?.materialization ?? null;
  const rows = made?.metadata['rows'];
  return {
    partition,
    status: statusesOfStep(spec, state, action !== 'reuse', now),
    action,
    reasons: [...reasons],
    made_at: made?.recorded_at ?? null,
    rows: rows?.kind === 'integer' || rows?.kind === 'number' ? rows.value : null,
    seconds: made?.seconds ?? null,
    run: made?.run ?? null,
    fingerprint: made?.fingerprint ?? null,
    data_version: made?.data_version ?? null,
    inputs: (made?.inputs ?? []).map((input) => ({
      ...input,
      changed: versionOf(states.get(stepId(input.asset, input.partition))) !== input.data_version,
    })),
  };
}

/** The version of data that the graph makes, or only observes. */
const versionOf = (state: LatestState | undefined): string | undefined =>
  state?.materialization?.data_version ?? state?.observation?.data_version;

/** Counts, durations and words; figures and free text may tell the pay of few people. */
const TOLD_TO_ALL: readonly MetadataValue['kind'][] = [
  'integer',
  'boolean',
  'text',
  'path',
  'url',
  'seconds',
];

/** @param smallest fewest people whose pay may be told together; 1: everything is shown */
const toldMetadata = (metadata: Metadata, smallest: number) =>
  Object.fromEntries(
    Object.entries(metadata).filter(([, { kind }]) => smallest <= 1 || TOLD_TO_ALL.includes(kind)),
  );

/** The latest verdicts of the assets named. @param smallest as for events */
export const checkViews = (latest: readonly LatestState[], keys: ReadonlySet<string>, smallest: number) =>
  latest
    .filter(({ asset }) => keys.has(asset))
    .flatMap((state) => state.checks)
    .map(({ asset, partition, check, passed, severity, blocking, recorded_at, ...rest }) => ({
      asset,
      partition,
      check,
      passed,
      severity,
      blocking,
      evaluated_at: recorded_at,
      data_version: rest.data_version,
      seconds: rest.seconds,
      metadata: toldMetadata(rest.metadata, smallest),
    }));

/** @param smallest fewest people whose pay may be told together; 1: everything is shown */
export function eventView(
  { sequence, event }: StoredEvent,
  smallest: number,
): AssetHistoryView['events'][number] {
  const { kind, asset, partition, run, recorded_at } = event;
  return {
    ...NOTHING,
    sequence,
    kind,
    asset,
    partition,
    run,
    recorded_at,
    ...ownFields(event),
    metadata: 'metadata' in event ? toldMetadata(event.metadata, smallest) : {},
  };
}

const NOTHING = {
  seconds: null,
  fingerprint: null,
  data_version: null,
  inputs: [],
  check: null,
  passed: null,
  reasons: [],
  code: null,
  message: null,
  metadata: {},
};

function ownFields(event: AssetEvent): Partial<AssetHistoryView['events'][number]> {
  switch (event.kind) {
    case 'materialization': {
      const { seconds, fingerprint, data_version, inputs } = event;
      return { seconds, fingerprint, data_version, inputs: [...inputs] };
    }
    case 'observation':
      return { data_version: event.data_version };
    case 'check': {
      const { seconds, data_version, check, passed } = event;
      return { seconds, data_version, check, passed };
    }
    case 'failed':
      return { code: event.code, message: event.message };
    case 'planned':
    case 'blocked':
      return { reasons: [...event.reasons] };
  }
}
