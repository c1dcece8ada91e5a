/** Answers the routes of the asset graph. */
import { assetHostOf } from '../../activities/asset-host.js';
import { lookAtGraph, selectIn, type SeenGraph } from '../../assets/plan-run.js';
import type { AssetGraphView } from '../../contract/api/assets.js';
import { createDependencies } from '../../dependencies.js';
import { statusesOf, statusesOfStep } from '../../graph/status.js';
import { stepId } from '../../graph/steps.js';
import { newApi } from '../api.js';
import type { ServerContext } from '../context.js';
import { given } from '../inputs.js';
import * as routes from '../routes/assets.js';
import { temporalPage } from '../temporal-page.js';

export const assetHandlers = ({ config, logger, client }: ServerContext) =>
  newApi()
    .openapi(routes.getAssets, async (context) => {
      const { select } = context.req.valid('query');
      const dependencies = createDependencies(config, logger);
      try {
        const seen = await lookAtGraph(assetHostOf(dependencies), {});
        const now = new Date();
        return context.json({ selected: selectIn(seen, select, now), assets: viewsOf(seen, now) }, 200);
      } finally {
        await dependencies.simulator.close();
        await dependencies.catalog.close();
      }
    })
    .openapi(routes.postMaterialization, async (context) => {
      const { runId, workflowId } = await client.materialize(given(context.req.valid('json')));
      const temporal_url = temporalPage(config, client, workflowId);
      return context.json({ run_id: runId, workflow_id: workflowId, temporal_url }, 202);
    });

function viewsOf({ graph, world, outlook }: SeenGraph, now: Date): AssetGraphView['assets'] {
  const statuses = statusesOf(graph, world.latest, outlook, now);
  const states = new Map(world.latest.map((state) => [stepId(state.asset, state.partition), state]));
  return [...graph.assets.values()].map((spec) => {
    const { key, description, group, kinds, columns, deps, checks, external, computation } = spec;
    const evaluated = world.latest.filter(({ asset }) => asset === key).flatMap((state) => state.checks);
    return {
      key,
      description,
      group,
      kinds: [...kinds],
      columns: { ...columns },
      deps: deps.map((edge) => edge.key),
      checks: checks.map(({ name }) => ({
        name,
        failed: evaluated.some(({ check, passed }) => check === name && !passed),
      })),
      external,
      computation: computation.name,
      status: statuses.get(key) ?? [],
      steps: outlook
        .filter((step) => step.key === key)
        .map(({ id, partition, action, reasons }) => {
          const state = states.get(id);
          const made = state?.materialization ?? null;
          const rows = made?.metadata['rows'];
          return {
            partition,
            status: statusesOfStep(spec, state, action !== 'reuse', now),
            action,
            reasons: [...reasons],
            made_at: made?.recorded_at ?? null,
            rows: rows?.kind === 'integer' || rows?.kind === 'number' ? rows.value : null,
            seconds: made?.seconds ?? null,
          };
        }),
    };
  });
}
