/** Materialises assets: plans once, then makes batch after batch, as many at a time as parallelism and pools allow. */
import {
  CancellationScope,
  TemporalFailure,
  continueAsNew,
  defineQuery,
  executeChild,
  isCancellation,
  setCurrentDetails,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import type { BatchReport } from '../assets/execute-batch.js';
import type { PlanOutline } from '../activities/materialize.js';
import type {
  MaterializationProgress,
  MaterializationRequestInput,
  MaterializationResult,
} from '../contract/materialization.js';
import { runIdOf } from '../contract/run-id.js';
import { failure } from '../errors.js';
import type { JsonValue } from '../graph/fingerprint.js';
import { explain, toApplicationFailure, toMeritloopError } from '../temporal/failures.js';
import { BatchQueue } from './batch-queue.js';
import { isHistoryLong } from './history-length.js';
import { brief, lengthy } from './proxies.js';

export const materializationProgressQuery = defineQuery<MaterializationProgress>('progress');

/** What a run hands to its next execution, before its history grows too long. */
export interface MaterializationState {
  readonly done: readonly number[];
  readonly result: MaterializationResult;
}

const LISTED = 100;

/** Without an argument everything that is due is made. */
export async function materializeAssets(
  request: MaterializationRequestInput = {},
  state?: MaterializationState,
): Promise<MaterializationResult> {
  const run = runIdOf(workflowInfo().workflowId);
  try {
    const outline = await lengthy.planMaterialization.executeWithOptions(
      { summary: state === undefined ? 'plan: what runs, what is reused, and why' : 'read the plan again' },
      [{ run, request }],
    );
    const course = new Course(run, outline, state);
    setHandler(materializationProgressQuery, () => course.progress());
    if (await course.makeAll()) {
      return await continueAsNew<typeof materializeAssets>(request, course.handOver());
    }
    if (course.result.status === 'succeeded') return course.result;
    const { ran, reused, blocked, failed, errors } = course.result;
    throw failure('MATERIALIZATION_FAILED', { run, ran, reused, blocked, failed, errors });
  } catch (error) {
    if (isCancellation(error)) throw error;
    const explained = toMeritloopError(error);
    // Anything else is a fault in this code: Temporal retries the workflow task until a corrected worker comes.
    if (explained.code !== 'MATERIALIZATION_FAILED' && !(error instanceof TemporalFailure)) throw error;
    throw toApplicationFailure(explained);
  }
}

class Course {
  readonly #run: string;
  readonly #outline: PlanOutline;
  readonly #queue: BatchQueue;
  result: MaterializationResult;

  constructor(run: string, outline: PlanOutline, state: MaterializationState | undefined) {
    this.#run = run;
    this.#outline = outline;
    this.#queue = new BatchQueue(outline.batches, outline.parallelism, state?.done ?? []);
    this.result = state?.result ?? {
      run_id: run,
      status: outline.blocked > 0 ? 'failed' : 'succeeded',
      ran: 0,
      reused: outline.reused,
      blocked: outline.blocked,
      failed: 0,
      failed_checks: [],
      errors: [],
    };
  }

  /** @returns true when the rest should be made by another execution */
  async makeAll(): Promise<boolean> {
    const running = new Map<number, Promise<number>>();
    try {
      for (;;) {
        const isLong = isHistoryLong();
        for (const index of isLong ? [] : this.#queue.take()) running.set(index, this.#make(index));
        this.#showDetails();
        if (running.size === 0) return isLong && !this.#queue.isDone;
        const finished = await Promise.race(running.values());
        running.delete(finished);
        this.#queue.finish(finished);
      }
    } finally {
      // Cancelled: the others end, and say so, before the run does.
      await Promise.allSettled(running.values());
    }
  }

  handOver(): MaterializationState {
    return { done: this.#queue.done, result: this.result };
  }

  async #make(index: number): Promise<number> {
    const { label, runsAs, steps } = this.#queue.batch(index);
    try {
      const result = runsAs === 'workflow' ? await this.#runWorkflow(index, label) : null;
      const report = await lengthy.materializeBatch.executeWithOptions({ summary: label }, [
        { run: this.#run, batch: index, ...(result === null ? {} : { result }) },
      ]);
      this.#count(report);
    } catch (error) {
      if (!(error instanceof TemporalFailure)) throw error;
      const cancelled = isCancellation(error);
      const reason = cancelled ? failure('CANCELLED', { what: `run ${this.#run}` }) : toMeritloopError(error);
      const { failed, blocked } = await CancellationScope.nonCancellable(() =>
        brief.recordBatchFailure.executeWithOptions({ summary: `record why ${label} was not made` }, [
          { run: this.#run, batch: index, error: explain(reason) },
        ]),
      );
      if (cancelled) throw error;
      this.result = {
        ...this.result,
        status: 'failed',
        ran: this.result.ran + steps - failed - blocked,
        failed: this.result.failed + failed,
        blocked: this.result.blocked + blocked,
        errors: [...this.result.errors, `${label}: ${reason.message}`].slice(0, LISTED),
      };
    }
    return index;
  }

  /** The workflow of the batch's computation; null when nothing is left to make. */
  async #runWorkflow(index: number, label: string): Promise<JsonValue> {
    const call = await brief.prepareWorkflow.executeWithOptions({ summary: `look at ${label}` }, [
      { run: this.#run, batch: index },
    ]);
    if (call === null) return null;
    for (;;) {
      try {
        return await executeChild<() => Promise<JsonValue>>(call.type, {
          workflowId: call.id,
          args: call.args as [],
          staticSummary: label,
        });
      } catch (error) {
        // The same work, started by someone else: after it, ours finds it done.
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
        await sleep('500 milliseconds');
      }
    }
  }

  #count({ ran, reused, blocked, failedChecks }: BatchReport): void {
    const { result } = this;
    this.result = {
      ...result,
      status: blocked > 0 ? 'failed' : result.status,
      ran: result.ran + ran,
      reused: result.reused + reused,
      blocked: result.blocked + blocked,
      failed_checks: [...result.failed_checks, ...failedChecks].slice(0, LISTED),
    };
  }

  progress(): MaterializationProgress {
    const { ran, reused, blocked, failed } = this.result;
    return {
      ran,
      reused,
      blocked,
      failed,
      batches_done: this.#queue.done.length,
      batches_total: this.#outline.batches.length,
      running: this.#queue.running,
      waiting: this.#queue.waiting,
    };
  }

  #showDetails(): void {
    const { ran, reused, blocked, failed, batches_done, batches_total, running, waiting } = this.progress();
    setCurrentDetails(
      [
        `**${batches_done} of ${batches_total} batches** · ${ran} made · ${reused} reused · ${blocked} blocked · ${failed} failed`,
        ...running.map((label) => `- ${label}`),
        ...waiting.slice(0, LISTED).map((label) => `- ${label}`),
        ...this.result.errors.map((error) => `- failed: ${error}`),
      ].join('\n'),
    );
  }
}
