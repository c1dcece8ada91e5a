/** Grids of optimisation runs as other programs start and follow them. */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowFailedError, WorkflowNotFoundError, type WorkflowHandle } from '@temporalio/client';
import { CancelledFailure } from '@temporalio/common';
import { createGridStore, type GridStore } from './grid-store.js';
import { parseGrid } from './grid.activities.js';
import type { GridProgress, GridRequest, GridRequestInput, GridResult } from './grid.contract.js';
import { GRID_WORKFLOW, gridWorkflowId, newRunId } from '../runs/run-id.terms.js';
import { failure } from '../shared/errors/errors.js';
import { toMeritloopError } from '../temporal/failures.js';
import { gridProgressQuery, gridResultQuery, pauseSignal, resumeSignal } from '../runs/messages.workflow.js';
import type { optimizationGrid } from './optimization-grid.workflow.js';
import { describeWorkflow } from '../temporal/describe-workflow.js';
import { listGrids, type GridListing } from './list-grids.client.js';
import type { HandleContext } from '../runs/run-handle.client.js';
import { onceMore, onServer, patiently } from '../temporal/server-failures.js';
import { untilAnswered } from '../temporal/until-answered.js';
import { refuseOther, startOrJoin, type Asked } from '../temporal/start-or-join.js';

const FOLLOW_MS = 500;

/** Every method rejects with a MeritloopError: code, message, hint, fields. */
export interface GridHandle {
  readonly gridId: string;
  readonly workflowId: string;
  /** True when an open or finished grid of that id answered instead of a new one. */
  readonly joined: boolean;
  /** The grid's page in Temporal's web page; undefined where its address is not known. */
  readonly url: string | undefined;
  /** Waits for the end. A cancelled grid gives the cells that had ended. @throws the grid's own failure, or CANCELLED before it was planned */
  result(): Promise<GridResult>;
  /** Whether it has not ended. */
  isOpen(): Promise<boolean>;
  /** Where the grid stands now; needs a worker that lives, unless it has ended. */
  progress(): Promise<GridProgress>;
  /** The table so far; null before the grid is planned. */
  table(): Promise<GridResult | null>;
  /** Calls back on every change until the end. Returns the result. */
  follow(onProgress: (progress: GridProgress) => void): Promise<GridResult>;
  /** Begins no further cell. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Cancels the cells at work; `result()` then gives those that had ended. @throws GRID_FINISHED */
  cancel(): Promise<void>;
}

export interface GridStart {
  /** Names the grid. Default: the request's `id`, or one that sorts by time. */
  readonly id?: string;
  /** Starts again under an id that has finished; cells of the same inputs are reused. */
  readonly rerun?: boolean;
}

export interface Grids {
  /**
   * Starts a grid. While one of that id is open it is joined; when one has finished, that is returned.
   * @throws MeritloopError REQUEST_INVALID naming the field; REQUEST_DIFFERS where that id was asked for something else
   */
  start(request?: GridRequestInput, options?: GridStart): Promise<GridHandle>;
  /** @throws MeritloopError GRID_UNKNOWN */
  get(gridId: string): Promise<GridHandle>;
  /** Open ones first, then those that ended last. */
  list(): Promise<GridListing[]>;
}

export function createGrids(context: HandleContext, taskQueue: string, home: string): Grids {
  const store = createGridStore(home);
  const ask = <T>(call: () => Promise<T>): Promise<T> => onServer(context.address, call);
  return {
    start: (request = {}, options = {}) =>
      ask(() => startGrid(context, store, { taskQueue, request, ...options })),
    list: () => ask(() => listGrids(context, store)),
    get: (gridId) =>
      ask(async () => {
        const known = await describeWorkflow(context.client, gridWorkflowId(gridId));
        const stored = await store.find(gridId);
        if (known === undefined && stored === undefined) throw failure('GRID_UNKNOWN', { grid: gridId });
        const ending = known === undefined ? stored?.result : undefined;
        return createHandle(context, store, { gridId, joined: true, executionId: known?.runId, ending });
      }),
  };
}

interface Start extends GridStart {
  readonly taskQueue: string;
  readonly request: GridRequestInput;
}

async function startGrid(
  context: HandleContext,
  store: GridStore,
  { taskQueue, request: input, id, rerun = false }: Start,
): Promise<GridHandle> {
  const request = id === undefined ? input : { ...input, id };
  const parsed = parseGrid(request);
  const gridId = parsed.id ?? newRunId(new Date(), randomBytes(3).toString('hex'));
  // Who asks, how the grid is named, and how many cells run at a time change nothing about its cells.
  const apart = ['id', 'requested_by', 'parallel'];
  const asked: Asked = { what: 'grid', id: gridId, request, parsed, parse: parseGrid, apart };
  const completed = async (): Promise<GridResult | undefined> => {
    const stored = rerun ? undefined : await store.find(gridId);
    if (stored?.result.status !== 'completed') return undefined;
    refuseOther(asked, stored.asked ?? null);
    return stored.result;
  };
  let ending: GridResult | undefined;
  const { executionId, joined } = await startOrJoin(context.client, context.address, {
    ...asked,
    workflowType: GRID_WORKFLOW,
    workflowId: gridWorkflowId(gridId),
    taskQueue,
    summary: summaryOf(parsed),
    // The home tells how it ended: cells that failed are made again.
    answers: () => false,
    async stored() {
      ending = await completed();
      return ending !== undefined;
    },
  });
  return createHandle(context, store, { gridId, joined, executionId, ending });
}

const summaryOf = ({ targets, strategies, scenarios, seeds }: GridRequest): string =>
  `${targets.length} targets × ${strategies.length} strategies × ${scenarios.length} scenarios × ${seeds?.length ?? 1} seeds`;

interface HandleOf {
  readonly gridId: string;
  readonly joined: boolean;
  readonly executionId?: string | undefined;
  /** The end of a grid that is over. */
  readonly ending?: GridResult | undefined;
}

function createHandle(context: HandleContext, store: GridStore, of: HandleOf): GridHandle {
  const { client, address, uiAddress, namespace } = context;
  const { gridId, joined, executionId, ending } = of;
  const workflowId = gridWorkflowId(gridId);
  const handle: WorkflowHandle<typeof optimizationGrid> = client.workflow.getHandle(workflowId);
  const firstOf: WorkflowHandle<typeof optimizationGrid> = client.workflow.getHandle(workflowId, executionId);
  const ask = <T>(call: () => Promise<T>): Promise<T> =>
    onServer(address, async () => {
      try {
        return await call();
      } catch (error) {
        if (!(error instanceof WorkflowNotFoundError)) throw error;
        const isOver = (await store.find(gridId)) !== undefined;
        throw failure(isOver ? 'GRID_FINISHED' : 'GRID_UNKNOWN', { grid: gridId }, error);
      }
    });

  const result = async (): Promise<GridResult> => {
    if (ending !== undefined) return ending;
    try {
      return await untilAnswered(
        client,
        workflowId,
        patiently(() => firstOf.result(), address),
      );
    } catch (error) {
      if (!(error instanceof WorkflowFailedError)) return ask(() => Promise.reject(error as Error));
      if (!(error.cause instanceof CancelledFailure)) throw toMeritloopError(error);
      const stored = await store.find(gridId);
      if (stored?.result.status === 'cancelled') return stored.result;
      throw failure('CANCELLED', { what: `grid ${gridId}` }, error);
    }
  };
  const isOpen = async (): Promise<boolean> => {
    if (ending !== undefined) return false;
    const { status } = await ask(() => patiently(() => handle.describe(), address));
    return status.name === 'RUNNING';
  };
  const progress = (): Promise<GridProgress> =>
    ending === undefined
      ? ask(() => onceMore(() => handle.query(gridProgressQuery)))
      : Promise.resolve(progressOf(ending));

  return {
    gridId,
    workflowId,
    joined,
    url: uiAddress && `${uiAddress}/namespaces/${namespace}/workflows/${encodeURIComponent(workflowId)}`,
    result,
    progress,
    table: () =>
      ending === undefined
        ? ask(() => onceMore(() => handle.query(gridResultQuery)))
        : Promise.resolve(ending),
    isOpen,
    follow: (onProgress) => follow(progress, result, onProgress),
    pause: () => ask(() => handle.signal(pauseSignal)),
    resume: () => ask(() => handle.signal(resumeSignal)),
    cancel: async () => {
      // Temporal takes a cancellation of a finished workflow without a word.
      if (!(await isOpen())) throw failure('GRID_FINISHED', { grid: gridId });
      await ask(() => handle.cancel());
    },
  };
}

const progressOf = ({ grid_id, counts }: GridResult): GridProgress => ({
  grid_id,
  phase: 'done',
  counts,
  running: [],
  latest: null,
});

async function follow(
  progress: () => Promise<GridProgress>,
  result: () => Promise<GridResult>,
  onProgress: (progress: GridProgress) => void,
): Promise<GridResult> {
  const end = result();
  const isOver = end.then(
    () => true,
    () => true,
  );
  let shown = '';
  while (!(await Promise.race([isOver, sleep(FOLLOW_MS, false)]))) {
    // While no worker answers there is nothing to show; the next look may find it.
    const seen = await progress().catch(() => undefined);
    const text = JSON.stringify(seen);
    if (seen !== undefined && text !== shown) onProgress(seen);
    shown = text;
  }
  return end;
}
