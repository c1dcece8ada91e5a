/** Makes one batch of a plan: decides anew what is still due, lets the computation make it, and records each step. */
import type { AssetEvent, InputVersion, LatestState } from './graph/catalog-port.js';
import type { JsonValue } from './graph/fingerprint.js';
import type { PlannedStep } from './graph/plan.js';
import { assetsOfBatch, decideBatch, type DecidedStep, type ResolvedPlan } from './graph/resolved-plan.js';
import { stepId } from './graph/steps.js';
import { failure, type MeritloopError } from '../shared/errors/errors.js';
import type { AssetHost, StepOutcome } from './host.js';
import { blockedEvent, failedEvent, hash, madeEvents, plannedEvent } from './record-steps.js';
import { own } from '../shared/own.terms.js';

export interface BatchReport {
  readonly ran: number;
  readonly reused: number;
  readonly blocked: number;
  /** As `step: reason`. */
  readonly blockedBecause: readonly string[];
  /** Checks that failed, as `asset check`. */
  readonly failedChecks: readonly string[];
  /** Wall time; of several batches, that of the longest. */
  readonly seconds: number;
}

export interface BatchOptions {
  readonly signal: AbortSignal;
  readonly now: () => Date;
  readonly onProgress?: (what: string) => void;
  readonly result?: JsonValue;
}

/** @throws MeritloopError UNEXPECTED */
export const batchOf = (plan: ResolvedPlan, index: number) => {
  const batch = plan.batches[index];
  if (batch === undefined) throw failure('UNEXPECTED', { detail: `run ${plan.run} has no batch ${index}` });
  return batch;
};

/** What is still due of a batch, and what has become needless or impossible. Changes nothing. */
export async function lookAtBatch(
  host: AssetHost,
  plan: ResolvedPlan,
  index: number,
  without?: ReadonlySet<string>,
) {
  const batch = batchOf(plan, index);
  const states = await host.catalog.latest(assetsOfBatch(plan, batch));
  const decided = decideBatch(plan, batch, states, hash, without);
  const withAction = (action: string) => decided.filter(({ decision }) => decision.action === action);
  return { states, due: withAction('run'), reused: withAction('reuse'), blocked: withAction('blocked') };
}

/** @throws what the computation throws; the steps that it had recorded are kept, and a retry leaves them out. */
export async function executeBatch(
  host: AssetHost,
  plan: ResolvedPlan,
  index: number,
  { signal, now, onProgress = () => {}, result = null }: BatchOptions,
): Promise<BatchReport> {
  const { computation } = batchOf(plan, index);
  const { states, due, reused, blocked } = await lookAtBatch(host, plan, index);
  await host.catalog.append([
    ...due.map(({ step, decision }) => plannedEvent(plan, step, decision.reasons, now())),
    ...blockedEvents(plan, blocked, now()),
  ]);
  const report = {
    ran: 0,
    reused: reused.length,
    blocked: blocked.length,
    blockedBecause: reasonsOf(blocked),
    failedChecks: [] as string[],
    seconds: 0,
  };
  if (due.length === 0) return report;
  const compute = own(host.compute, computation);
  if (compute === undefined) throw failure('COMPUTATION_UNKNOWN', { computation, steps: due.length });
  const versions = knownVersions(plan, states);
  const begunAt = now();
  const steps = new Map(due.map(({ step }) => [step.id, step]));
  const record = async (outcomes: readonly StepOutcome[]): Promise<void> => {
    const events = outcomes.flatMap((outcome): AssetEvent[] => {
      const step = steps.get(outcome.step);
      if (step === undefined) return [];
      const at = now();
      const elapsed = secondsBetween(begunAt, at);
      const [made, ...checks] = madeEvents(plan, step, outcome, inputVersions(step, versions), at, elapsed);
      versions.set(step.id, made.data_version);
      steps.delete(step.id);
      report.ran += 1;
      report.failedChecks.push(...checks.flatMap((event) => failedCheck(event)));
      return [made, ...checks];
    });
    await host.catalog.append(events);
  };
  await compute({ plan, steps: due.map(({ step }) => step), signal, onProgress, record, result });
  if (steps.size > 0) {
    const rest = await blockRest(host, plan, index, now());
    report.blocked += rest.length;
    report.blockedBecause.push(...reasonsOf(rest));
  }
  return { ...report, seconds: secondsBetween(begunAt, now()) };
}

/** Clocks may be set back. */
const secondsBetween = (from: Date, to: Date): number => Math.max(0, to.getTime() - from.getTime()) / 1000;

/** A computation may leave out what a failed check of its own stops; anything else it owes us. */
async function blockRest(
  host: AssetHost,
  plan: ResolvedPlan,
  index: number,
  at: Date,
): Promise<readonly DecidedStep[]> {
  const { due, blocked } = await lookAtBatch(host, plan, index);
  const owed = due.filter(({ step }) => !blocked.some((other) => reads(step, other.step)));
  if (blocked.length === 0 || owed.length > 0)
    throw failure('ASSETS_NOT_MADE', {
      assets: due.map(({ step }) => step.id),
      detail: 'left out without a reason',
    });
  await host.catalog.append(blockedEvents(plan, blocked, at));
  return blocked;
}

/** Reasons that are said; all of them stand in the catalog. */
const SAID = 100;

const reasonsOf = (blocked: readonly DecidedStep[]): string[] => blocked.slice(0, SAID).map(blockedReason);

const blockedReason = ({ step, decision }: DecidedStep): string =>
  `${step.id} is blocked: ${decision.reasons.join(', ')}`;

const reads = (step: PlannedStep, other: PlannedStep): boolean =>
  step.inputs.some(({ id }) => id === other.id);

const blockedEvents = (plan: ResolvedPlan, blocked: readonly DecidedStep[], at: Date): AssetEvent[] =>
  blocked.map(({ step, decision }) => blockedEvent(plan, step, decision.reasons, at));

const failedCheck = (event: AssetEvent): string[] =>
  event.kind === 'check' && !event.passed ? [`${stepId(event.asset, event.partition)} ${event.check}`] : [];

/** Whether the run has announced that it makes the batch. */
export async function isBegun(host: AssetHost, plan: ResolvedPlan, index: number): Promise<boolean> {
  const { due, states } = await lookAtBatch(host, plan, index);
  const ids = new Set(due.map(({ step }) => step.id));
  return states.some(
    ({ asset, partition, attempt }) => ids.has(stepId(asset, partition)) && attempt?.run === plan.run,
  );
}

/** After the last attempt: steps that are not made are failed, or blocked where only their inputs failed. */
export async function recordFailure(
  host: AssetHost,
  plan: ResolvedPlan,
  index: number,
  error: Pick<MeritloopError, 'code' | 'message' | 'hint' | 'fields'>,
  now: () => Date,
): Promise<{
  readonly failed: number;
  readonly blocked: number;
  readonly blockedBecause: readonly string[];
}> {
  const { due } = await lookAtBatch(host, plan, index);
  const named = error.fields['assets'];
  const isNamed = ({ step }: DecidedStep) => !Array.isArray(named) || named.includes(step.id);
  const failed = due.some(isNamed) ? due.filter(isNamed) : due;
  const { code, message, hint } = error;
  await host.catalog.append(
    failed.map(({ step }) => failedEvent(plan, step, { code, message, hint }, now())),
  );
  const tried = new Set(failed.map(({ step }) => step.id));
  const rest = await lookAtBatch(host, plan, index, tried);
  await host.catalog.append([
    ...blockedEvents(plan, rest.blocked, now()),
    // Nothing that it reads failed: the computation never came to it.
    ...rest.due.map(({ step }) => failedEvent(plan, step, { code, message, hint }, now())),
  ]);
  return {
    failed: tried.size + rest.due.length,
    blocked: rest.blocked.length,
    blockedBecause: reasonsOf(rest.blocked),
  };
}

/** Data versions by step: of what was made, and of what lies outside. */
function knownVersions(plan: ResolvedPlan, states: readonly LatestState[]): Map<string, string> {
  const versions = new Map<string, string>();
  for (const { asset, partition, materialization, observation } of states) {
    const version = materialization?.data_version ?? observation?.data_version;
    if (version !== undefined) versions.set(stepId(asset, partition), version);
  }
  for (const [id, version] of Object.entries(plan.observed)) versions.set(id, version);
  return versions;
}

const inputVersions = (step: PlannedStep, versions: ReadonlyMap<string, string>): InputVersion[] =>
  step.inputs.map(({ id, key, partition }) => ({
    asset: key,
    partition,
    data_version: versions.get(id) ?? 'unknown',
  }));
