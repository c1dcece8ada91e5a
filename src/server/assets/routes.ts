/** Routes of the asset graph. */
import { createRoute } from '@hono/zod-openapi';
import * as assets from './assets.contract.js';
import { lastEventHeader } from '../common.contract.js';
import { body, eventStream, json, problems } from '../route-parts.js';

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

export const getAssetPlan = createRoute({
  method: 'get',
  path: '/api/assets/plan',
  tags,
  summary: 'What a run of a selection would make, reuse or leave blocked, and why; nothing is started',
  request: { query: assets.planQuery },
  responses: { 200: json(assets.assetPlan, 'One step for each asset and partition.'), ...problems },
});

export const getAssetChecks = createRoute({
  method: 'get',
  path: '/api/assets/checks',
  tags,
  summary: 'The latest verdict of every check of a selection',
  request: { query: assets.assetQuery },
  responses: { 200: json(assets.assetChecks, 'Empty until something is made.'), ...problems },
});

export const getAssetHistory = createRoute({
  method: 'get',
  path: '/api/assets/history',
  tags,
  summary: 'What happened to the assets of a selection',
  request: { query: assets.historyQuery },
  responses: { 200: json(assets.assetHistory, 'The newest first.'), ...problems },
});

export const postMaterialization = createRoute({
  method: 'post',
  path: '/api/materializations',
  tags,
  summary: 'Make the assets of a selection that are due',
  request: { body: body(assets.materializationStart) },
  responses: { 202: json(assets.startedMaterialization, 'The run.'), ...problems },
});

export const getMaterialization = createRoute({
  method: 'get',
  path: '/api/materializations/{id}',
  tags,
  summary: 'Where a materialisation stands',
  request: { params: assets.materializationParam },
  responses: { 200: json(assets.materializationState, 'The run.'), ...problems },
});

export const followMaterialization = createRoute({
  method: 'get',
  path: '/api/materializations/{id}/events',
  tags,
  summary: 'Follow a materialisation by server-sent events; the state is a MaterializationState',
  request: { params: assets.materializationParam, headers: lastEventHeader },
  responses: { 200: eventStream, ...problems },
});

export const cancelMaterialization = createRoute({
  method: 'post',
  path: '/api/materializations/{id}/cancel',
  tags,
  summary: 'Cancel a materialisation; what is made by then stays',
  request: { params: assets.materializationParam },
  responses: { 202: json(assets.materializationState, 'Asked to end.'), ...problems },
});
