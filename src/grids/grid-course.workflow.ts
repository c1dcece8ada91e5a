/** A grid at work: its cells one after another in so many lanes, its messages, and what it remembers. */
import {
  CancellationScope,
  TemporalFailure,
  condition,
  executeChild,
  isCancellation,
  setCurrentDetails,
  setHandler,
  sleep,
  upsertSearchAttributes,
  workflowInfo,
  ParentClosePolicy,
} from '@temporalio/workflow';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { failure, type MeritloopError } from '../shared/errors/errors.js';
import type { GridProgress, GridRequestInput, GridResult } from './grid.contract.js';
import { countCells, gridResultOf, PENDING, type CellOutcome } from './outcome.pure.js';
import { cellsOf, type GridPlan, type PlannedCell } from './plan.pure.js';
import { scenarioKey, statusKey, targetKey } from '../temporal/search-attribute-keys.js';
import { toMeritloopError } from '../temporal/failures.js';
import { compensationOptimizationLoop } from '../runs/compensation-optimization-loop.workflow.js';
import { endedText, renderGridDetails } from './grid-details.workflow.js';
import { isHistoryLong } from '../temporal/history-length.workflow.js';
import { gridProgressQuery, gridResultQuery, pauseSignal, resumeSignal } from '../runs/messages.workflow.js';
import { brief, lengthy } from '../temporal/proxies.workflow.js';

/** Plain JSON: what a grid hands to its next execution, before its history grows too long. */
export interface GridState {
  plan: GridPlan | undefined;
  /** In the order of the plan's cells; null: not ended. */
  outcomes: (CellOutcome | null)[];
  /** Places of the cells that have ended, in the order in which they did. */
  ended: number[];
  paused: boolean;
  /** Milliseconds since 1970. */
  startedAt: number;
  /** Milliseconds without work, because it was paused. */
  heldMs: number;
  /** When such a time began; null while there is work. */
  heldSince: number | null;
}

const BUSY_WAIT = '1 second';

export class GridCourse {
  readonly state: GridState;
  readonly #workflowId: string;
  readonly #gridId: string;
  readonly #running = new Set<number>();
  #cells: readonly PlannedCell[] = [];
  #next = 0;
  #end: GridResult | undefined;

  /** @param carried of the execution before this one */
  constructor(workflowId: string, gridId: string, carried?: GridState) {
    this.#workflowId = workflowId;
    this.#gridId = gridId;
    this.state = carried ?? {
      plan: undefined,
      outcomes: [],
      ended: [],
      paused: false,
      startedAt: workflowInfo().startTime.getTime(),
      heldMs: 0,
      heldSince: null,
    };
    setHandler(gridProgressQuery, () => this.#progress(), { description: 'Where the grid stands.' });
    setHandler(gridResultQuery, () => this.#end ?? this.#resultNow('running'), {
      description: 'The table so far, or null before the grid is planned.',
    });
    setHandler(pauseSignal, () => this.#pause(true), {
      description: 'Begin no further cell; those at work end.',
    });
    setHandler(resumeSignal, () => this.#pause(false), { description: 'Go on.' });
  }

  async plan(request: GridRequestInput): Promise<void> {
    this.#tell('running');
    this.state.plan ??= await lengthy.planGrid.executeWithOptions(
      { summary: 'check the request, copy its inputs' },
      [{ grid_id: this.#gridId, request }],
    );
    const { plan, outcomes } = this.state;
    this.#cells = cellsOf(plan);
    this.state.outcomes = this.#cells.map((_, index) => outcomes[index] ?? null);
    const { scenarios, targets } = plan;
    const [scenario] = scenarios;
    const [target] = targets;
    if (scenarios.length === 1 && scenario)
      upsertSearchAttributes([{ key: scenarioKey, value: scenario.scenario }]);
    if (targets.length === 1 && target !== undefined)
      upsertSearchAttributes([{ key: targetKey, value: target }]);
    this.#show();
  }

  /** @returns false when the rest should be run by another execution */
  async runCells(): Promise<boolean> {
    const lanes = Array.from({ length: this.state.plan?.parallel ?? 1 }, () => this.#lane());
    try {
      await Promise.all(lanes);
    } finally {
      // Cancelled: the cells at work end, and say so, before the grid does.
      await Promise.allSettled(lanes);
    }
    return this.state.outcomes.every((outcome) => outcome !== null);
  }

  /** Writes the table down, with what was asked; the grid is planned. */
  async finish(status: 'completed' | 'cancelled', asked: GridRequestInput = {}): Promise<GridResult> {
    const result = this.#resultNow(status);
    if (result === null) throw new TypeError('the grid was not planned');
    await brief.saveGrid.executeWithOptions({ summary: `write the table: ${status}` }, [{ asked, result }]);
    this.#end = result;
    this.#tell(status);
    return result;
  }

  async #lane(): Promise<void> {
    for (;;) {
      // A new execution goes on waiting where the history grows long meanwhile.
      await condition(() => !this.state.paused || isHistoryLong());
      if (isHistoryLong()) return;
      while (this.state.outcomes[this.#next]) this.#next += 1;
      const index = this.#next;
      const cell = this.#cells[index];
      if (cell === undefined) return;
      this.#next += 1;
      this.#running.add(index);
      this.#show();
      try {
        this.state.outcomes[index] = await this.#run(cell);
        this.state.ended.push(index);
      } finally {
        this.#running.delete(index);
        this.#show();
      }
    }
  }

  async #run(cell: PlannedCell): Promise<CellOutcome> {
    try {
      const earlier = await this.#read(cell, 'look for');
      if (earlier !== null) return { ...earlier, reused: true };
      for (;;) {
        try {
          await this.#start(cell);
          break;
        } catch (error) {
          // A run of an earlier grid of that id that is still ending: after it, ours begins, or finds it done.
          if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
          await sleep(BUSY_WAIT);
          const ended = await this.#read(cell, 'look for');
          if (ended !== null) return { ...ended, reused: true };
        }
      }
      const outcome = await this.#read(cell, 'read');
      return outcome ?? failed(failure('RUN_UNKNOWN', { run: cell.run_id }));
    } catch (error) {
      if (!(error instanceof TemporalFailure)) throw error;
      if (CancellationScope.current().consideredCancelled) {
        this.state.outcomes[this.#cells.indexOf(cell)] = { ...PENDING, status: 'cancelled' };
        throw error;
      }
      // Somebody cancelled that one run: the grid goes on.
      if (isCancellation(error)) return { ...PENDING, status: 'cancelled' };
      return failed(toMeritloopError(error));
    }
  }

  #read({ run_id, workflow_id, label }: PlannedCell, verb: string): Promise<CellOutcome | null> {
    return brief.readGridCell.executeWithOptions({ summary: `${verb} the result of ${label}` }, [
      { run_id, workflow_id },
    ]);
  }

  /** A grid that is ended by force asks its runs to end too. */
  async #start({ workflow_id, label, request }: PlannedCell): Promise<void> {
    await executeChild(compensationOptimizationLoop, {
      workflowId: workflow_id,
      args: [request],
      parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
      staticSummary: `${this.#gridId}: ${label}`,
    });
  }

  #resultNow(status: GridResult['status']): GridResult | null {
    const { plan, outcomes, startedAt, heldMs, heldSince } = this.state;
    if (plan === undefined) return null;
    const seconds = ((heldSince ?? Date.now()) - startedAt - heldMs) / 1000;
    return gridResultOf(plan, outcomes, { workflow_id: this.#workflowId, status, seconds });
  }

  #progress(): GridProgress {
    const { plan, outcomes, ended, paused } = this.state;
    const latest = ended.at(-1);
    return {
      grid_id: this.#gridId,
      phase:
        this.#end !== undefined ? 'done' : plan === undefined ? 'planning' : paused ? 'paused' : 'running',
      counts: countCells(outcomes.map((outcome) => outcome ?? PENDING)),
      running: [...this.#running].map((index) => this.#labelOf(index)),
      latest:
        latest === undefined
          ? null
          : endedText({ label: this.#labelOf(latest), outcome: outcomes[latest] ?? PENDING }),
    };
  }

  #pause(paused: boolean): void {
    this.state.paused = paused;
    this.#show();
  }

  #tell(status: string): void {
    upsertSearchAttributes([{ key: statusKey, value: status }]);
  }

  #clock(): void {
    const { paused, heldSince, plan } = this.state;
    const isHeld = paused && plan !== undefined && this.#running.size === 0;
    if (isHeld) this.state.heldSince ??= Date.now();
    else if (heldSince !== null) {
      this.state.heldMs += Date.now() - heldSince;
      this.state.heldSince = null;
    }
  }

  #show(): void {
    this.#clock();
    const { outcomes, ended, paused } = this.state;
    const { counts, running } = this.#progress();
    const rows = ended.map((index) => ({
      label: this.#labelOf(index),
      outcome: outcomes[index] ?? PENDING,
    }));
    setCurrentDetails(renderGridDetails(counts, running, rows, paused));
  }

  #labelOf(index: number): string {
    return this.#cells[index]?.label ?? '';
  }
}

const failed = ({ code, message, hint }: MeritloopError): CellOutcome => ({
  ...PENDING,
  status: 'failed',
  error: { code, message, hint },
});
