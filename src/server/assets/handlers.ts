/** Answers the routes of the asset graph. */
import { assetHostOf } from '../../assets/product/asset-host.js';
import { parseMaterialization } from '../../assets/materialization-request.js';
import { lookAtGraph, planRequestOf, selectIn, type SeenGraph } from '../../assets/plan-run.js';
import { hash } from '../../assets/record-steps.js';
import type { MaterializationState } from './assets.contract.js';
import { createDependencies } from '../../dependencies.js';
import type { AssetCatalog } from '../../assets/graph/catalog-port.js';
import { planAssets } from '../../assets/graph/plan.js';
import { smallestCellOf } from '../access.js';
import { newApi } from '../api.js';
import { assetViews, checkViews, eventView } from './views.js';
import type { ServerContext } from '../context.js';
import { eventStreamOf } from '../event-stream.js';
import { given } from '../inputs.js';
import * as routes from './routes.js';
import { temporalPage } from '../system/temporal-page.js';

interface Sight {
  readonly seen: SeenGraph;
  readonly catalog: AssetCatalog;
  readonly now: Date;
}

export const assetHandlers = (server: ServerContext) => {
  const { config, logger, client } = server;
  const shown = <State extends { readonly workflow_id: string }>(state: State) => ({
    ...state,
    temporal_url: temporalPage(config, client, state.workflow_id),
  });
  /** Opens the catalog and gives it back after `use`. */
  const look = async <Answer>(use: (sight: Sight) => Promise<Answer> | Answer): Promise<Answer> => {
    const dependencies = createDependencies(config, logger);
    try {
      const seen = await lookAtGraph(assetHostOf(dependencies), {});
      return await use({ seen, catalog: dependencies.catalog, now: new Date() });
    } finally {
      await dependencies.simulator.close();
      await dependencies.catalog.close();
    }
  };
  return newApi()
    .openapi(routes.getAssets, async (context) => {
      const { select } = context.req.valid('query');
      const view = await look(({ seen, now }) => ({
        selected: selectIn(seen, select, now),
        assets: assetViews(seen, now),
      }));
      return context.json(view, 200);
    })
    .openapi(routes.getAssetPlan, async (context) => {
      const { select, partitions, force } = context.req.valid('query');
      const request = parseMaterialization({ ...given({ select, partitions }), force: force === 'true' });
      const steps = await look(({ seen, now }) =>
        planAssets(seen.graph, seen.world, planRequestOf(seen, request, now), hash).steps.map(
          ({ key, partition, action, reasons }) => ({ key, partition, action, reasons: [...reasons] }),
        ),
      );
      return context.json({ steps }, 200);
    })
    .openapi(routes.getAssetChecks, async (context) => {
      const { select } = context.req.valid('query');
      const checks = await look(({ seen, now }) =>
        checkViews(
          seen.world.latest,
          new Set(selectIn(seen, select, now)),
          smallestCellOf(config, context.get('caller')),
        ),
      );
      return context.json({ checks }, 200);
    })
    .openapi(routes.getAssetHistory, async (context) => {
      const { select, before, limit } = context.req.valid('query');
      const page = { limit: limit + 1, ...(before === undefined ? {} : { before }) };
      const found = await look(async ({ seen, catalog, now }) => {
        const keys = selectIn(seen, select, now);
        // The catalog knows one asset's at once; the newest of several are mixed.
        return keys.length === seen.graph.assets.size
          ? catalog.history(page)
          : (await Promise.all(keys.map((asset) => catalog.history({ asset, ...page }))))
              .flat()
              .toSorted((left, right) => right.sequence - left.sequence);
      });
      const smallest = smallestCellOf(config, context.get('caller'));
      const events = found.slice(0, limit).map((event) => eventView(event, smallest));
      const next_before = found.length > limit ? (events.at(-1)?.sequence ?? null) : null;
      return context.json({ events, next_before }, 200);
    })
    .openapi(routes.postMaterialization, async (context) => {
      const { runId, workflowId } = await client.materialize(given(context.req.valid('json')));
      const temporal_url = temporalPage(config, client, workflowId);
      return context.json({ run_id: runId, workflow_id: workflowId, temporal_url }, 202);
    })
    .openapi(routes.getMaterialization, async (context) => {
      const { id } = context.req.valid('param');
      return context.json(shown(await client.materializations.show(id)), 200);
    })
    .openapi(routes.followMaterialization, async (context) => {
      const { id } = context.req.valid('param');
      const { 'last-event-id': lastId } = context.req.valid('header');
      const source = {
        look: async () => shown(await client.materializations.show(id)),
        isOver: ({ status }: MaterializationState) => status !== 'running',
      };
      // An unknown run is refused as such, not by an event.
      await source.look();
      return eventStreamOf(context, server, `materialization/${id}`, source, lastId);
    })
    .openapi(routes.cancelMaterialization, async (context) => {
      const { id } = context.req.valid('param');
      return context.json(shown(await client.materializations.cancel(id)), 202);
    });
};
