/** Routes of grids of optimisation runs. */
import { createRoute } from '@hono/zod-openapi';
import * as grids from './grids.contract.js';
import { body, json, problems } from '../route-parts.js';

const tags = ['grids'];
const { gridParam: params } = grids;

export const startGrid = createRoute({
  method: 'post',
  path: '/api/grids',
  tags,
  summary: 'Start one optimisation for each target, strategy, scenario and seed',
  request: { headers: grids.gridKeyHeader, body: body(grids.gridStart) },
  responses: { 202: json(grids.startedGrid, 'The grid.'), ...problems },
});

export const getGrids = createRoute({
  method: 'get',
  path: '/api/grids',
  tags,
  summary: 'List grids: open ones, then those that ended last',
  responses: { 200: json(grids.gridList, 'The grids.'), ...problems },
});

export const getGrid = createRoute({
  method: 'get',
  path: '/api/grids/{id}',
  tags,
  summary: 'A grid: where it stands, its table and its Pareto front',
  request: { params },
  responses: { 200: json(grids.gridDetails, 'The grid.'), ...problems },
});

const steer = <const Verb extends string>(verb: Verb, summary: string) =>
  createRoute({
    method: 'post',
    path: `/api/grids/{id}/${verb}`,
    tags,
    summary,
    request: { params },
    responses: { 202: json(grids.askedGrid, 'The grid has been asked.'), ...problems },
  });

export const pauseGrid = steer('pause', 'Let a grid begin no further cell');
export const resumeGrid = steer('resume', 'Let a paused grid go on');
export const cancelGrid = steer(
  'cancel',
  'Cancel a grid and its cells at work; those that have ended are kept',
);
