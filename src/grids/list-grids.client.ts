/** Grids that run and grids that have ended: what Temporal knows of, and what the home keeps after Temporal has forgotten. */
import type { GridBrief, GridStore } from './grid-store.js';
import { GRID_WORKFLOW, gridIdOf, gridWorkflowId } from '../runs/run-id.terms.js';
import type { HandleContext } from '../runs/run-handle.client.js';

export interface GridListing {
  readonly gridId: string;
  readonly workflowId: string;
  /** `running`, how it ended, or Temporal's word where it left no table behind (`failed`, `terminated`, …). */
  readonly status: string;
  /** ISO 8601; null while it runs. */
  readonly finishedAt: string | null;
  readonly requestedBy: string | undefined;
  /** Cells asked for, and those that met their target; undefined where there is no table yet. */
  readonly cells: number | undefined;
  readonly converged: number | undefined;
  /** Which file of the grid is damaged, and how; absent where none is. */
  readonly damage?: string;
}

/** As the command line and the HTTP API write it: what is not known is null. */
export const gridListingDocument = (grid: GridListing) => ({
  grid_id: grid.gridId,
  workflow_id: grid.workflowId,
  status: grid.status,
  requested_by: grid.requestedBy ?? null,
  finished_at: grid.finishedAt,
  cells: grid.cells ?? null,
  converged: grid.converged ?? null,
  ...(grid.damage === undefined ? {} : { damage: grid.damage }),
});

/** What the home alone knows, the one that ended last first. */
export async function listStoredGrids(store: GridStore): Promise<GridListing[]> {
  const damaged = (await store.damaged()).map(({ name, error }) => ({
    gridId: name,
    workflowId: gridWorkflowId(name),
    status: 'damaged',
    finishedAt: null,
    requestedBy: undefined,
    cells: undefined,
    converged: undefined,
    damage: error.message,
  }));
  return latestFirst([...(await store.briefs()).map(listingOf), ...damaged]);
}

/** Open grids first, then those that ended last. */
export async function listGrids({ client }: HandleContext, store: GridStore): Promise<GridListing[]> {
  const listed = new Map((await listStoredGrids(store)).map((grid) => [grid.workflowId, grid]));
  const seen = new Set<string>();
  const query = `WorkflowType = '${GRID_WORKFLOW}'`;
  for await (const { workflowId, status, closeTime } of client.workflow.list({ query })) {
    // The newest execution of an id comes first.
    if (seen.has(workflowId)) continue;
    seen.add(workflowId);
    const known = listed.get(workflowId);
    const open = status.name === 'RUNNING';
    // The home says more of a grid that has ended.
    if (known !== undefined && !open) continue;
    listed.set(workflowId, {
      gridId: known?.gridId ?? gridIdOf(workflowId),
      workflowId,
      status: open ? 'running' : status.name.toLowerCase(),
      finishedAt: open ? null : (closeTime?.toISOString() ?? null),
      requestedBy: known?.requestedBy,
      cells: known?.cells,
      converged: undefined,
    });
  }
  return latestFirst([...listed.values()]);
}

const listingOf = ({ grid_id, status, requested_by, counts, finished_at }: GridBrief): GridListing => ({
  gridId: grid_id,
  workflowId: gridWorkflowId(grid_id),
  status,
  finishedAt: finished_at,
  requestedBy: requested_by,
  cells: counts.cells,
  converged: counts.converged,
});

const latestFirst = (grids: readonly GridListing[]): GridListing[] =>
  grids.toSorted(
    (left, right) =>
      Number(left.finishedAt !== null) - Number(right.finishedAt !== null) ||
      (right.finishedAt ?? '').localeCompare(left.finishedAt ?? '') ||
      left.gridId.localeCompare(right.gridId),
  );
