/** Routes of the results of stored simulations. */
import { createRoute, z } from '@hono/zod-openapi';
import * as bridges from './bridges.contract.js';
import * as results from './results.contract.js';
import { simulationParam as params } from '../simulations/simulations.contract.js';
import { forAnalysts, json, problems } from '../route-parts.js';

const tags = ['results'];

export const getDefinitions = createRoute({
  method: 'get',
  path: '/api/definitions',
  tags,
  summary: 'How each figure is computed, with its SQL',
  responses: { 200: json(results.definitions, 'Every figure.'), ...problems },
});

export const compareSimulations = createRoute({
  method: 'get',
  path: '/api/comparison',
  tags,
  summary: 'Two to six simulations side by side',
  request: { query: results.compareQuery },
  responses: {
    200: json(results.comparison, 'Results, inputs and levers; `equal` tells what differs.'),
    ...problems,
  },
});

export const getResults = createRoute({
  method: 'get',
  path: '/api/simulations/{id}/results',
  tags,
  summary: 'Headcount, pay and growth by year, level and status',
  request: { params, query: results.resultsQuery },
  responses: { 200: json(results.results, 'From the stored tables.'), ...problems },
});

export const getHeadcountBridge = createRoute({
  method: 'get',
  path: '/api/simulations/{id}/headcount-bridge',
  tags,
  summary: 'From the opening to the closing headcount of each year',
  request: { params },
  responses: { 200: json(bridges.headcountBridge, 'One row per year.'), ...problems },
});

export const getPayBridge = createRoute({
  method: 'get',
  path: '/api/simulations/{id}/pay-bridge',
  tags,
  summary: 'From the opening to the closing mean pay of each year',
  request: { params },
  responses: { 200: json(bridges.payBridge, 'One row per year.'), ...problems },
});

export const getDistribution = createRoute({
  method: 'get',
  path: '/api/simulations/{id}/distribution',
  tags,
  summary: 'Pay by level: quantiles and a histogram',
  request: { params, query: results.distributionQuery },
  responses: { 200: json(results.distribution, 'One entry per level.'), ...problems },
});

export const getRows = createRoute({
  method: 'get',
  path: '/api/simulations/{id}/rows',
  ...forAnalysts,
  tags,
  summary: 'The rows behind a number, page by page (analyst)',
  request: { params, query: results.rowsQuery },
  responses: { 200: json(results.tableRows, 'One page.'), ...problems },
});

export const downloadRows = createRoute({
  method: 'get',
  path: '/api/simulations/{id}/download',
  ...forAnalysts,
  tags,
  summary: 'The same rows as a file (analyst)',
  request: { params, query: results.downloadQuery },
  responses: {
    200: {
      description: 'The file.',
      content: {
        'text/csv': { schema: z.string() },
        'application/vnd.apache.parquet': { schema: z.string().meta({ format: 'binary' }) },
      },
    },
    ...problems,
  },
});

export const getTimeline = createRoute({
  method: 'get',
  path: '/api/simulations/{id}/people/{employee_id}',
  ...forAnalysts,
  tags,
  summary: 'One person through the years (analyst)',
  request: { params: results.personParam },
  responses: { 200: json(results.timeline, 'Snapshots and events.'), ...problems },
});

export const getSimulationLevers = createRoute({
  method: 'get',
  path: '/api/simulations/{id}/levers',
  tags,
  summary: 'The levers of a simulation, after inheritance',
  request: { params },
  responses: { 200: json(results.simulationLevers, 'levers.csv.'), ...problems },
});
