/** What a running optimisation shows and obeys: its queries, signals and updates, and the state behind them. */
import { condition, setCurrentDetails, setHandler, upsertSearchAttributes } from '@temporalio/workflow';
import type { OptimizationResult, RunProgress } from '../contract/optimization.js';
import type { RunSpec } from '../activities/run-spec.js';
import { failure } from '../errors.js';
import { toApplicationFailure } from '../temporal/failures.js';
import { assetKey, scenarioKey, statusKey, targetKey } from '../temporal/search-attribute-keys.js';
import {
  approveUpdate,
  pauseSignal,
  progressQuery,
  rejectUpdate,
  resultQuery,
  resumeSignal,
  setMaxIterationsUpdate,
  stopAndKeepBestSignal,
  type Decision,
} from './messages.js';
import { renderDetails, type DetailLine } from './run-details.js';

const HIGHEST_MAX_ITERATIONS = 50;
export const ASSET = 'compensation_optimization_loop';

export type Verdict = Decision & { readonly kind: 'approved' | 'rejected' };

export class RunControl {
  spec: RunSpec | undefined;
  result: OptimizationResult | null = null;
  verdict: Verdict | undefined;
  applied: OptimizationResult['applied'] = 'never';
  stopRequested = false;
  #paused = false;
  #phase: RunProgress['phase'] = 'validating';
  #iteration = 0;
  #maxIterations = 0;
  /** Asked for before the request's own number was known. */
  #earlyMaxIterations: number | undefined;
  #simulationsRun = 0;
  #engine: string | null = null;
  readonly #runId: string;
  readonly #notes: string[] = [];
  readonly #lines: DetailLine[] = [];

  constructor(runId: string) {
    this.#runId = runId;
    setHandler(progressQuery, () => this.progress, { description: 'Where the run stands.' });
    setHandler(resultQuery, () => this.result, { description: 'The result, or null before there is one.' });
    setHandler(pauseSignal, () => this.#pause(true), { description: 'Hold before the next simulation.' });
    setHandler(resumeSignal, () => this.#pause(false), { description: 'Go on.' });
    setHandler(stopAndKeepBestSignal, () => void (this.stopRequested = true), {
      description: 'End after the simulation at work and keep the best trial so far.',
    });
    setHandler(approveUpdate, (decision) => this.#decide({ ...decision, kind: 'approved' }), {
      description: 'Publish the levers: {by, comment}; not by who asked for the run.',
      validator: (decision) => this.#checkDecision(decision),
    });
    setHandler(rejectUpdate, (decision) => this.#decide({ ...decision, kind: 'rejected' }), {
      description: 'Do not publish the levers: {by, comment}.',
      validator: (decision) => this.#checkDecision(decision),
    });
    setHandler(setMaxIterationsUpdate, ({ max_iterations }) => this.#setMaxIterations(max_iterations), {
      description: 'Allow more or fewer iterations: {max_iterations}.',
      validator: (request) => this.#checkMaxIterations(request),
    });
  }

  get maxIterations(): number {
    return this.#maxIterations;
  }

  get progress(): RunProgress {
    const last = this.#lines.at(-1);
    return {
      run_id: this.#runId,
      phase: this.#paused && this.#phase !== 'done' ? 'paused' : this.#phase,
      iteration: this.#iteration,
      max_iterations: this.#maxIterations,
      target_growth: this.spec?.target ?? 0,
      tolerance: this.spec?.tolerance ?? 0,
      growth: last?.growth ?? null,
      gap: last?.gap ?? null,
      history: this.#lines.map(({ label, growth, gap }) => ({ label, growth, gap })),
      simulations_run: this.#simulationsRun,
      engine: this.#engine,
      notes: this.#notes,
    };
  }

  begin(spec: RunSpec): void {
    this.spec = spec;
    this.#maxIterations = this.#earlyMaxIterations ?? spec.max_iterations;
    spec.notices.forEach((notice) => this.note(notice));
    upsertSearchAttributes([
      { key: scenarioKey, value: spec.scenario },
      { key: targetKey, value: spec.target },
      { key: assetKey, value: ASSET },
    ]);
  }

  enter(phase: RunProgress['phase'], status: string = phase): void {
    this.#phase = phase;
    upsertSearchAttributes([{ key: statusKey, value: status }]);
    this.#show();
  }

  enterIteration(iteration: number): void {
    this.#iteration = iteration;
    if (this.#phase !== 'iterating') this.enter('iterating');
  }

  note(text: string): void {
    if (!this.#notes.includes(text)) this.#notes.push(text);
  }

  add(line: DetailLine, engine: string, reused: boolean): void {
    this.#lines.push(line);
    this.#engine = engine;
    if (!reused) this.#simulationsRun += 1;
    this.#show();
  }

  get simulationsRun(): number {
    return this.#simulationsRun;
  }

  get simulationsReused(): number {
    return this.#lines.length - this.#simulationsRun;
  }

  /** Returns when nobody holds the run. */
  async untilResumed(): Promise<void> {
    await condition(() => !this.#paused || this.stopRequested);
  }

  /** Waits, durably and without a limit, for someone's decision. */
  async awaitDecision(): Promise<Verdict> {
    await condition(() => this.verdict !== undefined);
    return this.verdict as Verdict;
  }

  #pause(paused: boolean): void {
    this.#paused = paused;
    this.#show();
  }

  #show(): void {
    setCurrentDetails(renderDetails(this.progress, this.#lines));
  }

  async #decide(verdict: Verdict): Promise<{ applied: OptimizationResult['applied'] }> {
    this.verdict = verdict;
    await condition(() => this.result?.applied !== 'pending');
    return { applied: this.result?.applied ?? 'pending' };
  }

  #setMaxIterations(maxIterations: number): { max_iterations: number } {
    this.#maxIterations = maxIterations;
    if (this.spec === undefined) this.#earlyMaxIterations = maxIterations;
    this.#show();
    return { max_iterations: maxIterations };
  }

  #checkDecision(decision: Decision | undefined): void {
    if (this.#phase !== 'waiting_for_approval' || this.verdict !== undefined)
      throw toApplicationFailure(failure('RUN_NOT_WAITING', { run: this.#runId, phase: this.#phase }));
    const by: unknown = decision?.by;
    if (typeof by !== 'string' || by.trim() === '') throw refused('by', by, 'must name who decides');
    if (decision?.comment !== undefined && typeof decision.comment !== 'string')
      throw refused('comment', decision.comment, 'must be text');
    const requestedBy = this.spec?.requested_by ?? '';
    if (by.trim().toLowerCase() === requestedBy.trim().toLowerCase())
      throw toApplicationFailure(failure('OWN_REQUEST', { run: this.#runId, by }));
  }

  #checkMaxIterations(request: { readonly max_iterations: number } | undefined): void {
    const value: unknown = request?.max_iterations;
    const lowest = Math.max(1, this.#iteration);
    if (
      typeof value !== 'number' ||
      !Number.isInteger(value) ||
      value < lowest ||
      value > HIGHEST_MAX_ITERATIONS
    )
      throw refused(
        'max_iterations',
        value,
        `must be a whole number from ${lowest} to ${HIGHEST_MAX_ITERATIONS}`,
      );
    if (!['validating', 'baseline', 'bounds', 'iterating'].includes(this.#phase))
      throw toApplicationFailure(failure('RUN_NOT_ITERATING', { run: this.#runId, phase: this.#phase }));
  }
}

const refused = (field: string, value: unknown, rule: string): Error =>
  toApplicationFailure(failure('REQUEST_INVALID', { source: 'update', field, value: String(value), rule }));
