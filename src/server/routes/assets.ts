/** Routes of the asset graph. */
import { createRoute } from '@hono/zod-openapi';
import * as assets from '../../contract/api/assets.js';
import { body, json, problems } from './parts.js';

const tags = ['assets'];

export const getAssets = createRoute({
  method: 'get',
  path: '/api/assets',
  tags,
  summary: 'The asset graph: status, checks and what a run would do, for each partition',
  request: { query: assets.assetQuery },
  responses: {
    200: json(assets.assetGraph, 'Every asset, and which of them the selection means.'),
    ...problems,
  },
});

export const postMaterialization = createRoute({
  method: 'post',
  path: '/api/materializations',
  tags,
  summary: 'Make the assets of a selection that are due',
  request: { body: body(assets.materializationStart) },
  responses: { 202: json(assets.startedMaterialization, 'The run.'), ...problems },
});
