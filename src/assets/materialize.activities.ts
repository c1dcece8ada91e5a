/** Activities of `materializeAssets`: plan a run, make a batch, and say what could not be made. */
import {
  batchOf,
  executeBatch,
  isBegun,
  lookAtBatch,
  recordFailure,
  type BatchReport,
} from './execute-batch.js';
import type { AssetHost, WorkflowCall } from './host.js';
import { parseMaterialization } from './materialization-request.js';
import { loadPlan, planRun, touchPlan } from './plan-run.js';
import { inPool, type PoolHeld } from './pools.js';
import { cancellationSignal } from '@temporalio/activity';
import type { JsonValue } from './graph/fingerprint.js';
import type { ResolvedPlan } from './graph/resolved-plan.js';
import { MeritloopError, explain, type Explanation } from '../shared/errors/errors.js';
import { toApplicationFailure } from '../temporal/failures.js';
import { afterAttempt } from './failed-attempt.js';
import { earlierFailures, tellNextAttempt, whileBeating } from '../temporal/heartbeat.js';
import type { ActivityDependencies } from '../ports.js';

export interface BatchOutline {
  readonly label: string;
  readonly runsAs: 'activity' | 'workflow';
  readonly after: readonly number[];
  readonly pool: string | null;
  readonly steps: number;
  /** Wall seconds that it took when it was last made; null: not known. */
  readonly lastSeconds: number | null;
}

/** What the workflow knows of a plan: enough to order its batches; the plan itself stays in the home. */
export interface PlanOutline {
  readonly batches: readonly BatchOutline[];
  readonly reused: number;
  readonly blocked: number;
  /** The steps that the plan blocks, as `step is blocked: reason`; the first hundred. Absent from plans of earlier releases. */
  readonly blockedBecause?: readonly string[];
  readonly parallelism: number;
  /** Somebody wants to know of assets that are not made. */
  readonly alerts?: boolean;
}

export interface BatchInput {
  readonly run: string;
  readonly batch: number;
  /** What the workflow returned, where the computation runs as one. */
  readonly result?: JsonValue;
  /** Attempts that failed before, in another activity. */
  readonly failures?: number;
}

export interface BatchesInput {
  readonly run: string;
  /** In an order in which they can be made. */
  readonly batches: readonly number[];
}

/** What became of several batches; those that are neither done nor failed were not begun. */
export interface BatchesReport extends BatchReport {
  readonly done: readonly number[];
  readonly failed: FailedAttempt | null;
}

export interface FailedAttempt {
  readonly batch: number;
  readonly error: Explanation;
  /** Null: it is not tried again. */
  readonly retryAfterMs: number | null;
}

/** Others wait for what a load has yet to make: after so long it hands the rest back. */
const LONGEST_LOAD_MS = 2000;
/** Reasons that are said; all of them stand in the catalog. */
const SAID = 100;
/** Plans kept in memory: a run's batches come one after another. */
const KEPT_PLANS = 4;

export function materializeActivities({ config }: ActivityDependencies, host: AssetHost) {
  const plans = new Map<string, Promise<ResolvedPlan>>();
  const planOf = (run: string): Promise<ResolvedPlan> => {
    const found = plans.get(run) ?? loadPlan(config.home, run);
    plans.delete(run);
    plans.set(run, found);
    found.catch(() => plans.delete(run));
    for (const [oldest] of plans) if (plans.size > KEPT_PLANS) plans.delete(oldest);
    return found;
  };
  const now = () => new Date();
  return {
    planMaterialization: (input: { readonly run: string; readonly request: unknown }) =>
      whileBeating(async (): Promise<PlanOutline> => {
        const plan = await planRun(host, config.home, input.run, input.request, now());
        const count = (action: string) => plan.steps.filter((step) => step.action === action).length;
        return {
          batches: plan.batches.map(({ label, runsAs, after, pool, steps, lastSeconds }) => ({
            label,
            runsAs,
            after,
            pool,
            steps: steps.length,
            lastSeconds: lastSeconds ?? null,
          })),
          reused: count('reuse'),
          blocked: count('blocked'),
          blockedBecause: plan.steps
            .filter((step) => step.action === 'blocked')
            .slice(0, SAID)
            .map(({ id, reasons }) => `${id} is blocked: ${reasons.join(', ')}`),
          parallelism: parseMaterialization(input.request).parallelism,
          alerts: config.alertWebhook !== undefined,
        };
      }),

    /** Null when nothing of the batch is left to make. */
    prepareWorkflow: async ({ run, batch }: BatchInput): Promise<WorkflowCall | null> => {
      const plan = await planOf(run);
      const { due } = await lookAtBatch(host, plan, batch);
      const computation = plan.batches[batch]?.computation ?? '';
      return due.length === 0
        ? null
        : host.workflowCall(
            computation,
            plan,
            due.map(({ step }) => step),
          );
    },

    /** Waits for no pool: it would hold up what needs none. */
    materializeBatch: async ({
      run,
      batch,
      result = null,
      failures = 0,
    }: BatchInput): Promise<BatchReport | PoolHeld> => {
      await touchPlan(config.home, run, now());
      const plan = await planOf(run);
      const { pool, label } = batchOf(plan, batch);
      try {
        return await whileBeating((beat, signal) =>
          inPool(config.home, pool, `${label} of run ${run}`, () =>
            executeBatch(host, plan, batch, { signal, now, result, onProgress: (what) => beat({ what }) }),
          ),
        );
      } catch (error) {
        const { retry } = batchOf(plan, batch);
        if (cancellationSignal().aborted) throw error;
        const own = earlierFailures() + 1;
        const { explained, retryAfterMs } = afterAttempt(error, retry, failures + own);
        if (retryAfterMs === null) throw toApplicationFailure(explained, { isLast: true });
        tellNextAttempt(own);
        throw toApplicationFailure(explained, { retryAfterMs });
      }
    },

    /** Light batches, one after another until one fails or they take longer than they are known to; each is recorded when it is made. */
    materializeBatches: ({ run, batches }: BatchesInput): Promise<BatchesReport> =>
      whileBeating(async (beat, signal) => {
        await touchPlan(config.home, run, now());
        const plan = await planOf(run);
        const startedAt = performance.now();
        const report = {
          ran: 0,
          reused: 0,
          blocked: 0,
          blockedBecause: [] as string[],
          failedChecks: [] as string[],
          seconds: 0,
        };
        const done: number[] = [];
        for (const batch of batches) {
          signal.throwIfAborted();
          try {
            const made = await executeBatch(host, plan, batch, {
              signal,
              now,
              onProgress: (what) => beat({ what }),
            });
            report.ran += made.ran;
            report.reused += made.reused;
            report.blocked += made.blocked;
            report.seconds = Math.max(report.seconds, made.seconds);
            report.failedChecks.push(...made.failedChecks);
            report.blockedBecause.push(...made.blockedBecause);
            done.push(batch);
          } catch (error) {
            if (signal.aborted) throw error;
            const { explained, retryAfterMs } = afterAttempt(error, batchOf(plan, batch).retry, 1);
            return { ...report, done, failed: { batch, error: explain(explained), retryAfterMs } };
          }
          if (performance.now() - startedAt > LONGEST_LOAD_MS) break;
        }
        return { ...report, done, failed: null };
      }),

    /** @param begun true: only what this run has begun has failed */
    recordBatchFailure: async ({
      run,
      batches,
      error,
      begun = false,
    }: BatchesInput & { readonly error: Explanation; readonly begun?: boolean }) => {
      const { code, message, hint, fields } = error;
      const plan = await planOf(run);
      const counts = { failed: 0, blocked: 0, blockedBecause: [] as string[] };
      for (const batch of batches) {
        if (begun && !(await isBegun(host, plan, batch))) continue;
        const explained = new MeritloopError(code, message, hint, fields);
        const { failed, blocked, blockedBecause } = await recordFailure(host, plan, batch, explained, now);
        counts.failed += failed;
        counts.blocked += blocked;
        counts.blockedBecause.push(...blockedBecause);
      }
      return counts;
    },
  };
}
