/** What a running optimisation shows and obeys: its queries, signals and updates, and the state behind them. */
import { condition, setCurrentDetails, setHandler, upsertSearchAttributes } from '@temporalio/workflow';
import type { OptimizationResult, RunProgress } from './optimization.contract.js';
import type { RunSpec } from './run-spec.js';
import { assetKey, scenarioKey, statusKey, targetKey } from '../temporal/search-attribute-keys.js';
import { Approval } from './approval.workflow.js';
import { freshState, type ControlState } from './control-state.workflow.js';
import { isHistoryLong } from '../temporal/history-length.workflow.js';
import { checkMaxIterations } from './message-rules.workflow.js';
import {
  pauseSignal,
  progressQuery,
  resultQuery,
  resumeSignal,
  setMaxIterationsUpdate,
  stopAndKeepBestSignal,
} from './messages.workflow.js';
import { renderDetails, type DetailLine } from './run-details.workflow.js';

export const ASSET = 'compensation_optimization_loop';

export class RunControl {
  result: OptimizationResult | null = null;
  readonly state: ControlState;
  /** The decision that a run may wait for. */
  readonly approval: Approval;
  readonly #runId: string;

  /** @param carried of the execution before this one */
  constructor(runId: string, carried?: ControlState) {
    this.#runId = runId;
    this.state = carried ?? freshState();
    setHandler(progressQuery, () => this.progress, { description: 'Where the run stands.' });
    setHandler(resultQuery, () => this.result, { description: 'The result, or null before there is one.' });
    setHandler(pauseSignal, () => this.#pause(true), { description: 'Hold before the next step.' });
    setHandler(resumeSignal, () => this.#pause(false), { description: 'Go on.' });
    setHandler(stopAndKeepBestSignal, () => void (this.state.stopRequested = true), {
      description: 'End after the simulation at work and keep the best trial so far.',
    });
    this.approval = new Approval({
      id: runId,
      state: this.state,
      result: () => this.result,
      tell: (text) => {
        this.note(text);
        this.#show();
      },
    });
    setHandler(setMaxIterationsUpdate, ({ max_iterations }) => this.#setMaxIterations(max_iterations), {
      description: 'Allow more or fewer iterations: {max_iterations}.',
      validator: (request) => checkMaxIterations(this.#runId, this.state, request),
    });
    if (carried !== undefined) this.#show();
  }

  get spec(): RunSpec | undefined {
    return this.state.spec;
  }

  get progress(): RunProgress {
    const { spec, lines, iteration, maxIterations, simulationsRun, seeds, engine, notes } = this.state;
    const last = lines.at(-1);
    return {
      run_id: this.#runId,
      phase: this.#shownPhase,
      iteration,
      max_iterations: maxIterations,
      target_growth: spec?.target ?? 0,
      tolerance: spec?.tolerance ?? 0,
      growth: last?.growth ?? null,
      gap: last?.gap ?? null,
      history: lines.map(({ label, growth, gap }) => ({ label, growth, gap })),
      simulations_run: simulationsRun,
      ...(spec?.seeds && { seeds: seeds ?? null }),
      engine,
      notes,
      approval: this.approval.record,
    };
  }

  begin(spec: RunSpec): void {
    this.state.spec = spec;
    this.state.maxIterations = this.state.earlyMaxIterations ?? spec.max_iterations;
    spec.notices.forEach((notice) => this.note(notice));
    upsertSearchAttributes([
      { key: scenarioKey, value: spec.scenario },
      { key: targetKey, value: spec.target },
      { key: assetKey, value: ASSET },
    ]);
  }

  enter(phase: RunProgress['phase'], status: string = phase): void {
    this.state.phase = phase;
    upsertSearchAttributes([{ key: statusKey, value: status }]);
    this.#show();
  }

  enterIteration(iteration: number): void {
    this.state.iteration = iteration;
    if (this.state.phase !== 'iterating') this.enter('iterating');
  }

  note(text: string): void {
    if (!this.state.notes.includes(text)) this.state.notes.push(text);
  }

  add(line: DetailLine, engine: string): void {
    this.state.lines.push(line);
    this.state.engine = engine;
    this.#show();
  }

  /** Every simulation that this run asked for counts once: as run, or as found finished. */
  count(reused: boolean): void {
    if (reused) this.state.simulationsReused += 1;
    else this.state.simulationsRun += 1;
  }

  /** How far the step at work is; null when it is over. */
  showSeeds(seeds: { readonly done: number; readonly total: number } | null): void {
    this.state.seeds = seeds;
    this.#show();
  }

  /** Somebody holds the run, and nobody has asked to end it. */
  get isHeld(): boolean {
    return this.state.paused && !this.state.stopRequested;
  }

  /** Waits while somebody holds the run. False: its history grew long meanwhile, and a new execution goes on waiting. */
  async untilResumed(): Promise<boolean> {
    await condition(() => !this.isHeld || isHistoryLong());
    return !this.isHeld;
  }

  /** While a decision is awaited, or nothing is left to hold, a pause changes nothing. */
  get #shownPhase(): RunProgress['phase'] {
    const { paused, phase } = this.state;
    return paused && phase !== 'done' && phase !== 'waiting_for_approval' ? 'paused' : phase;
  }

  #pause(paused: boolean): void {
    this.state.paused = paused;
    this.#show();
  }

  #show(): void {
    setCurrentDetails(renderDetails(this.progress, this.state.lines));
  }

  #setMaxIterations(maxIterations: number): { max_iterations: number } {
    this.state.maxIterations = maxIterations;
    if (this.spec === undefined) this.state.earlyMaxIterations = maxIterations;
    this.#show();
    return { max_iterations: maxIterations };
  }
}
