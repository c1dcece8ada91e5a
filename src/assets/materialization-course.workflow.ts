/** The course of one materialisation: which batches are made now, what became of them, and what is left. */
import {
  CancellationScope,
  TemporalFailure,
  executeChild,
  isCancellation,
  setCurrentDetails,
  sleep,
} from '@temporalio/workflow';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import type { BatchesReport, FailedAttempt, PlanOutline } from './materialize.activities.js';
import type { BatchReport } from './execute-batch.js';
import type { MaterializationProgress, MaterializationResult } from './materialization.contract.js';
import { failure, MeritloopError, explain } from '../shared/errors/errors.js';
import type { JsonValue } from './graph/fingerprint.js';
import { toMeritloopError } from '../temporal/failures.js';
import { BatchQueue, type Load } from './batch-queue.workflow.js';
import { isHistoryLong } from '../temporal/history-length.workflow.js';
import { brief, lengthy } from '../temporal/proxies.workflow.js';

/** What a run hands to its next execution, before its history grows too long. */
export interface MaterializationState {
  readonly done: readonly number[];
  /** Failed attempts, by batch, of those that are tried again. */
  readonly failures?: Readonly<Record<string, number>>;
  readonly result: MaterializationResult;
}

const LISTED = 100;
/** Between two tries for a pool that another run holds. */
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;

export class MaterializationCourse {
  readonly #run: string;
  readonly #outline: PlanOutline;
  readonly #queue: BatchQueue;
  /** Failed attempts of batches that are tried again, each on its own. */
  readonly #failures: Map<number, number>;
  /** Milliseconds before the next attempt, by batch. */
  readonly #pauses = new Map<number, number>();
  /** Who holds the pool that a batch waits for, by batch. */
  readonly #held = new Map<number, string>();
  result: MaterializationResult;

  constructor(run: string, outline: PlanOutline, state: MaterializationState | undefined) {
    this.#run = run;
    this.#outline = outline;
    this.#failures = new Map(
      Object.entries(state?.failures ?? {}).map(([index, count]) => [Number(index), count]),
    );
    this.#queue = new BatchQueue(outline.batches, outline.parallelism, state?.done ?? [], [
      ...this.#failures.keys(),
    ]);
    this.result = state?.result ?? {
      run_id: run,
      status: outline.blocked > 0 ? 'failed' : 'succeeded',
      ran: 0,
      reused: outline.reused,
      blocked: outline.blocked,
      failed: 0,
      failed_checks: [],
      errors: [],
      blocked_because: outline.blockedBecause ?? [],
    };
  }

  /** @returns true when the rest should be made by another execution */
  async makeAll(): Promise<boolean> {
    const running = new Map<Load, Promise<Load>>();
    try {
      for (;;) {
        const isLong = isHistoryLong();
        for (const load of isLong ? [] : this.#queue.take()) running.set(load, this.#make(load));
        this.#showDetails();
        if (running.size === 0) return isLong && !this.#queue.isDone;
        running.delete(await Promise.race(running.values()));
      }
    } finally {
      // Cancelled: the others end, and say so, before the run does.
      await Promise.allSettled(running.values());
    }
  }

  handOver(): MaterializationState {
    return {
      done: this.#queue.done,
      failures: Object.fromEntries(this.#queue.alone.map((index) => [index, this.#failures.get(index) ?? 0])),
      result: this.result,
    };
  }

  async #make(load: Load): Promise<Load> {
    const [index = 0] = load;
    try {
      this.#queue.finish(load, load.length === 1 ? await this.#makeOne(index) : await this.#makeLight(load));
    } catch (error) {
      if (!(error instanceof TemporalFailure)) throw error;
      if (isCancellation(error)) {
        await this.#recordFailure(load, failure('CANCELLED', { what: `run ${this.#run}` }), true);
        throw error;
      }
      if (load.length === 1) {
        await this.#fail(index, toMeritloopError(error));
        this.#queue.finish(load);
      } else {
        // Whatever it was that cost this many workers: each of them alone, it will be found.
        for (const member of load) this.#queue.makeAlone(member);
        this.#queue.finish(load, load);
      }
    }
    return load;
  }

  /** @returns what is left of the load */
  async #makeOne(index: number): Promise<Load> {
    const { label, runsAs } = this.#queue.batch(index);
    const failures = this.#failures.get(index);
    const pauseFirst = this.#pauses.get(index);
    this.#pauses.delete(index);
    if (pauseFirst !== undefined) await sleep(pauseFirst);
    const result = runsAs === 'workflow' ? await this.#runWorkflow(index, label) : null;
    const input = {
      run: this.#run,
      batch: index,
      ...(result === null ? {} : { result }),
      ...(failures === undefined ? {} : { failures }),
    };
    try {
      for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
        const report = await lengthy.materializeBatch.executeWithOptions({ summary: label }, [input]);
        if (!('heldBy' in report)) {
          this.#count(report);
          if (report.ran > 0) this.#queue.learn(1, report.seconds);
          return [];
        }
        if (isHistoryLong()) return [index];
        this.#held.set(index, report.heldBy);
        this.#showDetails();
        await sleep(pause);
      }
    } finally {
      this.#held.delete(index);
    }
  }

  /** @returns what is left of the load */
  async #makeLight(load: Load): Promise<Load> {
    const summary = this.#queue.label(load);
    const report: BatchesReport = await lengthy.materializeBatches.executeWithOptions({ summary }, [
      { run: this.#run, batches: load },
    ]);
    this.#count(report);
    const { done, failed } = report;
    if (report.ran > 0) this.#queue.learn(done.length, report.seconds);
    if (failed !== null) await this.#afterFailure(failed);
    return load.filter(
      (index) => !done.includes(index) && !(index === failed?.batch && failed.retryAfterMs === null),
    );
  }

  async #afterFailure({ batch, error, retryAfterMs }: FailedAttempt): Promise<void> {
    if (retryAfterMs === null) {
      const { code, message, hint, fields } = error;
      await this.#fail(batch, new MeritloopError(code, message, hint, fields));
      return;
    }
    this.#failures.set(batch, 1);
    this.#pauses.set(batch, retryAfterMs);
    this.#queue.makeAlone(batch);
  }

  async #fail(index: number, reason: MeritloopError): Promise<void> {
    const { label, steps } = this.#queue.batch(index);
    const { failed, blocked, blockedBecause } = await this.#recordFailure([index], reason, false);
    this.result = {
      ...this.result,
      status: 'failed',
      ran: this.result.ran + steps - failed - blocked,
      failed: this.result.failed + failed,
      blocked: this.result.blocked + blocked,
      errors: [...this.result.errors, `${label}: ${reason.message}`].slice(0, LISTED),
      blocked_because: this.#blockedWith(blockedBecause),
    };
  }

  /** What runs of earlier releases handed over says no reasons. */
  #blockedWith(more: readonly string[] = []): string[] {
    const known: readonly string[] | undefined = this.result.blocked_because;
    return [...(known ?? []), ...more].slice(0, LISTED);
  }

  #recordFailure(load: Load, reason: MeritloopError, begun: boolean) {
    return CancellationScope.nonCancellable(() =>
      brief.recordBatchFailure.executeWithOptions(
        { summary: `record why ${this.#queue.label(load)} was not made` },
        [{ run: this.#run, batches: load, error: explain(reason), begun }],
      ),
    );
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

  #count({ ran, reused, blocked, blockedBecause, failedChecks }: BatchReport): void {
    const { result } = this;
    this.result = {
      ...result,
      status: blocked > 0 ? 'failed' : result.status,
      ran: result.ran + ran,
      reused: result.reused + reused,
      blocked: result.blocked + blocked,
      failed_checks: [...result.failed_checks, ...failedChecks].slice(0, LISTED),
      blocked_because: this.#blockedWith(blockedBecause),
    };
  }

  progress(): MaterializationProgress {
    const { ran, reused, blocked, failed } = this.result;
    const { batches, reused: known, blocked: stuck } = this.#outline;
    const done = new Set(this.#queue.done);
    const left = batches.filter((_, index) => !done.has(index)).map(({ lastSeconds }) => lastSeconds);
    return {
      ran,
      reused,
      blocked,
      failed,
      steps_total: batches.reduce((sum, { steps }) => sum + steps, known + stuck),
      seconds_left: left.reduce<number | null>(
        (sum, seconds) => (sum === null || seconds === null ? null : sum + seconds),
        0,
      ),
      batches_done: this.#queue.done.length,
      batches_total: this.#outline.batches.length,
      running: this.#queue.running((index) => !this.#held.has(index)),
      waiting: [
        ...[...this.#held].map(([index, holder]) => this.#queue.waitingFor(index, holder)),
        ...this.#queue.waiting,
      ],
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
