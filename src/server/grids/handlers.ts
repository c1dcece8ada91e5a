/** Answers the routes of grids. */
import type { GridHandle } from '../../client/meritloop.js';
import { gridListingDocument } from '../../grids/list-grids.client.js';
import type { GridDetails } from './grids.contract.js';
import { failure, MeritloopError } from '../../shared/errors/errors.js';
import { createRunStore } from '../../runs/run-store.js';
import { smallestCellOf } from '../access.js';
import { newApi } from '../api.js';
import type { ServerContext } from '../context.js';
import { given, inputFiles, once } from '../inputs.js';
import * as routes from './routes.js';
import { explanationOf } from '../runs/views.js';
import { withheldGrid, type GridSources } from './withheld-grid.js';

export const gridHandlers = ({ config, client, results }: ServerContext) => {
  const sources: GridSources = {
    recordOf: (run) => createRunStore(config.home).record(run),
    async summaryOf(simulation) {
      try {
        return (await results.find(simulation)).summary;
      } catch (error) {
        if (error instanceof MeritloopError && error.code === 'SIMULATION_UNKNOWN') return undefined;
        throw error;
      }
    },
  };
  const ask = async (id: string, send: (grid: GridHandle) => Promise<void>) => {
    const grid = await client.grids.get(id);
    if (!(await grid.isOpen())) throw failure('GRID_FINISHED', { grid: id });
    await send(grid);
    return { grid_id: id, asked: true as const };
  };
  return newApi()
    .openapi(routes.startGrid, async (context) => {
      const { census, lever_set, ...request } = context.req.valid('json');
      const { 'idempotency-key': key } = context.req.valid('header');
      const files = await inputFiles(config, { census, lever_set });
      const asked = { ...given(request), ...files, requested_by: context.get('caller').user };
      const grid = await once(key, () => client.grids.start(asked, key === undefined ? {} : { id: key }));
      const { gridId: grid_id, workflowId: workflow_id, joined, url } = grid;
      return context.json({ grid_id, workflow_id, joined, temporal_url: url ?? null }, 202);
    })
    .openapi(routes.getGrids, async (context) =>
      context.json({ grids: (await client.grids.list()).map(gridListingDocument) }, 200),
    )
    .openapi(routes.getGrid, async (context) => {
      const { id } = context.req.valid('param');
      const smallest = smallestCellOf(config, context.get('caller'));
      const details = await detailsOf(await client.grids.get(id));
      return context.json(await withheldGrid(details, smallest, sources), 200);
    })
    .openapi(routes.pauseGrid, async (context) => {
      const { id } = context.req.valid('param');
      return context.json(await ask(id, (grid) => grid.pause()), 202);
    })
    .openapi(routes.resumeGrid, async (context) => {
      const { id } = context.req.valid('param');
      return context.json(await ask(id, (grid) => grid.resume()), 202);
    })
    .openapi(routes.cancelGrid, async (context) => {
      const { id } = context.req.valid('param');
      return context.json(await ask(id, (grid) => grid.cancel()), 202);
    });
};

async function detailsOf(grid: GridHandle): Promise<GridDetails> {
  const about = {
    grid_id: grid.gridId,
    workflow_id: grid.workflowId,
    temporal_url: grid.url ?? null,
    progress: null,
    result: null,
    error: null,
  };
  if (await grid.isOpen()) return { ...about, status: 'running', ...(await seenIn(grid)) };
  try {
    const result = await grid.result();
    return { ...about, status: result.status, result };
  } catch (error) {
    if (!(error instanceof MeritloopError) || error.code === 'SERVER_UNREACHABLE') throw error;
    return {
      ...about,
      status: error.code === 'CANCELLED' ? 'cancelled' : 'failed',
      error: explanationOf(error),
    };
  }
}

/** While no worker answers there is nothing to see. */
async function seenIn(grid: GridHandle): Promise<Pick<GridDetails, 'progress' | 'result'>> {
  try {
    const [progress, result] = await Promise.all([grid.progress(), grid.table()]);
    return { progress: { ...progress, running: [...progress.running] }, result };
  } catch (error) {
    if (error instanceof MeritloopError && error.code === 'SERVER_UNREACHABLE') throw error;
    return { progress: null, result: null };
  }
}
