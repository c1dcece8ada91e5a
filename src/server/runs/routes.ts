/** Routes of optimisation runs. */
import { createRoute, z } from '@hono/zod-openapi';
import { idempotencyHeader, lastEventHeader } from '../common.contract.js';
import { leverMoved } from '../levers/levers.contract.js';
import * as runs from './runs.contract.js';
import { body, eventStream, forApprovers, json, problems } from '../route-parts.js';

const tags = ['runs'];
const { runParam: params } = runs;

export const startRun = createRoute({
  method: 'post',
  path: '/api/runs',
  tags,
  summary: 'Start an optimisation run',
  request: { headers: idempotencyHeader, body: body(runs.runStart) },
  responses: { 202: json(runs.startedRun, 'The run.'), ...problems },
});

export const getRuns = createRoute({
  method: 'get',
  path: '/api/runs',
  tags,
  summary: 'List live and past runs',
  request: { query: runs.runListQuery },
  responses: { 200: json(runs.runList, 'The latest first.'), ...problems },
});

export const getRun = createRoute({
  method: 'get',
  path: '/api/runs/{id}',
  tags,
  summary: 'A run: its request, where it stands, its result',
  request: { params },
  responses: { 200: json(runs.runDetails, 'The run.'), ...problems },
});

export const putRunMarks = createRoute({
  method: 'put',
  path: '/api/runs/{id}/marks',
  tags,
  summary: 'Tag a run, archive it or bring it back, pin it as what others are compared with',
  request: { params, body: body(runs.runMarksChange) },
  responses: { 200: json(runs.runMarks, 'The marks that it has now.'), ...problems },
});

export const followRun = createRoute({
  method: 'get',
  path: '/api/runs/{id}/events',
  tags,
  summary: 'Follow a run by server-sent events; the state is a RunDetails',
  request: { params, headers: lastEventHeader },
  responses: { 200: eventStream, ...problems },
});

const steer = <const Verb extends string>(verb: Verb, summary: string) =>
  createRoute({
    method: 'post',
    path: `/api/runs/{id}/${verb}`,
    tags,
    summary,
    request: { params },
    responses: { 202: json(runs.asked, 'The run has been asked.'), ...problems },
  });

export const pauseRun = steer('pause', 'Let a run stop after the simulation at work');
export const resumeRun = steer('resume', 'Let a paused run go on');
export const stopRun = steer('stop', 'End a run and keep its best levers');
export const cancelRun = steer('cancel', 'Cancel a run');

const decide = <const Verb extends string>(verb: Verb, summary: string) =>
  createRoute({
    method: 'post',
    path: `/api/runs/{id}/${verb}`,
    ...forApprovers,
    tags,
    summary,
    request: { params, body: body(runs.decision) },
    responses: { 200: json(runs.decided, 'What became of the levers.'), ...problems },
  });

export const approveRun = decide(
  'approve',
  'Make the levers of a waiting run current (approver, not the requester)',
);
export const rejectRun = decide('reject', 'Refuse the levers of a waiting run (approver, not the requester)');

export const setMaxIterations = createRoute({
  method: 'put',
  path: '/api/runs/{id}/max-iterations',
  tags,
  summary: 'Allow a run more or fewer iterations',
  request: { params, body: body(runs.maxIterations) },
  responses: { 200: json(runs.maxIterations, 'What holds now.'), ...problems },
});

export const applyRun = createRoute({
  method: 'post',
  path: '/api/runs/{id}/apply',
  ...forApprovers,
  tags,
  summary:
    'Make the levers of a finished run current, unless somebody moved them meanwhile (409 with both diffs)',
  request: { params, body: body(runs.applyRun) },
  responses: { 200: json(leverMoved, 'The move; `/api/levers/rollback` takes it back.'), ...problems },
});

export const getReport = createRoute({
  method: 'get',
  path: '/api/runs/{id}/report',
  tags,
  summary: 'The report of a finished run',
  request: { params },
  responses: { 200: json(runs.report, 'report.json.'), ...problems },
});

export const getReportText = createRoute({
  method: 'get',
  path: '/api/runs/{id}/report.md',
  tags,
  summary: 'The report of a finished run as Markdown',
  request: { params },
  responses: {
    200: { description: 'report.md.', content: { 'text/markdown': { schema: z.string() } } },
    ...problems,
  },
});
