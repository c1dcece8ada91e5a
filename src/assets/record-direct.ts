/** Records what was made without `materializeAssets`, by `optimize` or `simulate`, as the assets that it is. */
import type { MeritloopError } from '../shared/errors/errors.js';
import type { AssetSpec } from './graph/asset.js';
import type { AssetEvent, LatestState } from './graph/catalog-port.js';
import type { JsonObject } from './graph/fingerprint.js';
import type { PlannedStep } from './graph/plan.js';
import { resolveSteps, type ResolvedSteps } from './graph/resolved-plan.js';
import { stepId } from './graph/steps.js';
import type { AssetHost, StepOutcome } from './host.js';
import { brokenCheckEvents, failedEvent, hash, madeEvents, stepEventId } from './record-steps.js';
import { own } from '../shared/own.terms.js';

export interface DirectRun {
  readonly run: string;
  /** Makes the ids of the events: the same for every attempt of the same work. */
  readonly eventKey: string;
  readonly config: JsonObject;
  readonly at: Date;
}

export interface DirectPlan {
  readonly plan: ResolvedSteps;
  readonly latest: readonly LatestState[];
}

/** The graph against the inputs of that run, on which the host must stand. @throws what describing it throws */
export async function planDirect(
  host: AssetHost,
  { run, config }: DirectRun,
  isMade: (spec: AssetSpec) => boolean,
): Promise<DirectPlan> {
  const { graph, world } = await host.describe({});
  const latest = await host.catalog.latest();
  const keys = [...graph.assets.values()].filter(isMade).map(({ key }) => key);
  return { plan: resolveSteps(graph, { ...world, latest }, { keys, config, run }, hash), latest };
}

/** Returns how many events were new. */
export async function recordDirect(
  { catalog }: Pick<AssetHost, 'catalog'>,
  { plan, latest }: DirectPlan,
  { eventKey, at }: DirectRun,
  outcomes: readonly StepOutcome[],
  /** Data versions, by step, that are known better than the catalog's latest. */
  known: Readonly<Record<string, string>> = {},
): Promise<number> {
  const steps = new Map(plan.steps.map((step) => [step.id, step]));
  // What is read comes before its readers, and is added here as it is recorded.
  const made = new Map(
    latest.map(({ asset, partition, materialization }) => [
      stepId(asset, partition),
      materialization?.data_version,
    ]),
  );
  const inputsOf = ({ inputs }: PlannedStep) =>
    inputs.map(({ id, key, partition }) => ({
      asset: key,
      partition,
      data_version:
        own(known, id) ?? own(plan.observed, id) ?? own(plan.foreseen, id) ?? made.get(id) ?? 'unknown',
    }));
  const events = outcomes.flatMap((outcome): AssetEvent[] => {
    const step = steps.get(outcome.step);
    if (step === undefined) return [];
    const [materialization, ...checks] = madeEvents(plan, step, outcome, inputsOf(step), at);
    made.set(step.id, materialization.data_version);
    return [materialization, ...checks];
  });
  return catalog.append(named(events, eventKey));
}

export interface FailedSteps {
  /** False: its failure is recorded elsewhere, or it was not tried. */
  readonly isTried: (key: string) => boolean;
  /** Names the data that broke an invariant; default: what the plan foresees. */
  readonly dataVersion?: string;
}

/** Why a run has made nothing: failed steps, and the check that a violated invariant is. */
export async function recordDirectFailure(
  { catalog }: Pick<AssetHost, 'catalog'>,
  { plan }: DirectPlan,
  { eventKey, at }: DirectRun,
  error: Pick<MeritloopError, 'code' | 'message' | 'hint' | 'fields'>,
  { isTried, dataVersion }: FailedSteps,
): Promise<number> {
  const { code, message, hint } = error;
  const broken = brokenInvariant(error);
  const checks = broken === undefined ? [] : brokenCheckEvents(plan, broken, at, dataVersion);
  const tried = plan.steps.filter(({ key }) => isTried(key));
  const due = tried.filter(({ action }) => action !== 'reuse');
  const failed = (due.length > 0 ? due : tried).map((step) =>
    failedEvent(plan, step, { code, message, hint }, at),
  );
  return catalog.append(named([...failed, ...checks], eventKey));
}

/** The invariant that an error says is violated. */
export function brokenInvariant({
  code,
  fields,
}: Pick<MeritloopError, 'code' | 'fields'>):
  | { readonly check: string; readonly violations: number }
  | undefined {
  const { check, violations } = fields;
  const isOne = code === 'INVARIANT_VIOLATED' && typeof check === 'string' && typeof violations === 'number';
  return isOne ? { check, violations } : undefined;
}

/** Two runs of the same name are two: their ids must not meet. */
const named = (events: readonly AssetEvent[], key: string): AssetEvent[] =>
  events.map((event) => ({ ...event, id: ofKey(key, event.id) }));

const ofKey = (key: string, id: string): string => hash(JSON.stringify([key, id]));

/** The id under which `recordDirect` records that an asset without partitions was made. */
export const materializationId = (eventKey: string, run: string, asset: string): string =>
  ofKey(eventKey, stepEventId(run, asset, 'materialization'));
