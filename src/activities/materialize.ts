/** Activities of `materializeAssets`: plan a run, make a batch, and say what could not be made. */
import { executeBatch, lookAtBatch, recordFailure, type BatchReport } from '../assets/execute-batch.js';
import type { AssetHost, WorkflowCall } from '../assets/host.js';
import { loadPlan, parseMaterialization, planRun, touchPlan } from '../assets/plan-run.js';
import { cancellationSignal } from '@temporalio/activity';
import { environmentFailure } from '../errors/explain.js';
import type { Retry } from '../graph/asset.js';
import type { JsonValue } from '../graph/fingerprint.js';
import type { ResolvedPlan } from '../graph/resolved-plan.js';
import { MeritloopError } from '../errors.js';
import { toApplicationFailure, type Explanation } from '../temporal/failures.js';
import { earlierFailures, tellNextAttempt, whileBeating } from './heartbeat.js';
import type { ActivityDependencies } from './ports.js';

export interface BatchOutline {
  readonly label: string;
  readonly runsAs: 'activity' | 'workflow';
  readonly after: readonly number[];
  readonly pool: string | null;
  readonly steps: number;
}

/** What the workflow knows of a plan: enough to order its batches; the plan itself stays in the home. */
export interface PlanOutline {
  readonly batches: readonly BatchOutline[];
  readonly reused: number;
  readonly blocked: number;
  readonly parallelism: number;
}

export interface BatchInput {
  readonly run: string;
  readonly batch: number;
  /** Of a computation that runs as a workflow: what it returned. */
  readonly result?: JsonValue;
}

/** Tried as often, and at such intervals, as the assets of the batch say. */
function retried(error: unknown, { attempts, initialSeconds, backoff }: Retry): unknown {
  const known = environmentFailure(error, 'materializeBatch');
  if (known === undefined) return error;
  const failures = earlierFailures() + 1;
  const isLast = failures >= attempts;
  if (known.retryable && !isLast) tellNextAttempt(failures);
  return toApplicationFailure(known, {
    isLast,
    retryAfterMs: initialSeconds * 1000 * backoff ** (failures - 1),
  });
}

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
          batches: plan.batches.map(({ label, runsAs, after, pool, steps }) => ({
            label,
            runsAs,
            after,
            pool,
            steps: steps.length,
          })),
          reused: count('reuse'),
          blocked: count('blocked'),
          parallelism: parseMaterialization(input.request).parallelism,
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

    materializeBatch: async ({ run, batch, result = null }: BatchInput): Promise<BatchReport> => {
      await touchPlan(config.home, run, now());
      try {
        return await whileBeating(async (beat, signal) =>
          executeBatch(host, await planOf(run), batch, {
            signal,
            now,
            result,
            onProgress: (what) => beat({ what }),
          }),
        );
      } catch (error) {
        const { retry } = (await planOf(run)).batches[batch] ?? {};
        if (cancellationSignal().aborted || retry === undefined) throw error;
        throw retried(error, retry);
      }
    },

    recordBatchFailure: async ({ run, batch, error }: BatchInput & { readonly error: Explanation }) => {
      const { code, message, hint, fields } = error;
      return recordFailure(
        host,
        await planOf(run),
        batch,
        new MeritloopError(code, message, hint, fields),
        now,
      );
    },
  };
}
