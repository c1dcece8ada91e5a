/** Routes of scenarios and levers. */
import { createRoute, z } from '@hono/zod-openapi';
import * as levers from './levers.contract.js';
import { body, forApprovers, forViewers, json, problems } from '../route-parts.js';

const tags = ['levers'];

export const getScenarios = createRoute({
  method: 'get',
  path: '/api/scenarios',
  tags: ['scenarios'],
  summary: 'List the scenarios',
  responses: { 200: json(levers.scenarioList, 'Each with its current set.'), ...problems },
});

export const postScenario = createRoute({
  method: 'post',
  path: '/api/scenarios',
  ...forApprovers,
  tags: ['scenarios'],
  summary: 'Make a scenario that begins with the levers of another',
  request: { body: body(levers.newScenario) },
  responses: { 201: json(levers.leverMoved, 'It has levers of its own.'), ...problems },
});

export const getLevers = createRoute({
  method: 'get',
  path: '/api/levers',
  tags,
  summary: 'The levers of a scenario, after inheritance',
  request: { query: levers.leverQuery },
  responses: { 200: json(levers.leverGrid, 'Rows, ranges and warnings.'), ...problems },
});

export const getLeverHistory = createRoute({
  method: 'get',
  path: '/api/levers/history',
  tags,
  summary: 'Every move of the levers',
  request: { query: levers.historyQuery },
  responses: { 200: json(levers.leverHistory, 'Who, when, why and from which run.'), ...problems },
});

export const getCellHistory = createRoute({
  method: 'get',
  path: '/api/levers/cell',
  tags,
  summary: 'The values that one lever had',
  request: { query: levers.cellQuery },
  responses: { 200: json(levers.cellHistory, 'Each with the move that set it.'), ...problems },
});

export const getLeverDiff = createRoute({
  method: 'get',
  path: '/api/levers/diff',
  tags,
  summary: 'What differs between two lever sets',
  request: { query: levers.diffQuery },
  responses: { 200: json(levers.leverDiff, 'Values and locks that differ.'), ...problems },
});

export const validateLevers = createRoute({
  method: 'post',
  path: '/api/levers/validate',
  ...forViewers,
  tags,
  summary: 'Check a draft; nothing is stored',
  request: { body: body(levers.leverDraft) },
  responses: { 200: json(levers.draftVerdict, 'Errors and warnings.'), ...problems },
});

export const publishLevers = createRoute({
  method: 'post',
  path: '/api/levers/publish',
  ...forApprovers,
  tags,
  summary: 'Make a draft current, unless somebody moved the levers meanwhile (409 with both diffs)',
  request: { body: body(levers.leverPublication) },
  responses: { 200: json(levers.leverMoved, 'The move.'), ...problems },
});

export const rollbackLevers = createRoute({
  method: 'post',
  path: '/api/levers/rollback',
  ...forApprovers,
  tags,
  summary: 'Make an earlier set current again',
  request: { body: body(levers.leverRollback) },
  responses: { 200: json(levers.leverMoved, 'The move.'), ...problems },
});

export const exportLevers = createRoute({
  method: 'get',
  path: '/api/levers/export',
  tags,
  summary: 'A lever set as CSV, byte for byte as it is stored',
  request: { query: levers.leverQuery },
  responses: {
    200: { description: 'The lever file.', content: { 'text/csv': { schema: z.string() } } },
    ...problems,
  },
});

export const previewImport = createRoute({
  method: 'post',
  path: '/api/levers/import/preview',
  tags,
  summary: 'Check a lever file and show what it would change; nothing is stored',
  request: { body: body(levers.leverImportPreview) },
  responses: { 200: json(levers.importVerdict, 'Errors with their lines, or the changes.'), ...problems },
});

export const importLevers = createRoute({
  method: 'post',
  path: '/api/levers/import',
  ...forApprovers,
  tags,
  summary: 'Make a lever file current',
  request: { body: body(levers.leverImport) },
  responses: { 200: json(levers.leverMoved, 'The move.'), ...problems },
});
