/** Routes of simulations: jobs that make them, and the stored ones. */
import { createRoute } from '@hono/zod-openapi';
import { idempotencyHeader, lastEventHeader } from '../common.contract.js';
import * as simulations from './simulations.contract.js';
import { body, eventStream, json, problems } from '../route-parts.js';

const tags = ['simulations'];
const { jobParam: job, simulationParam: params } = simulations;

export const startSimulation = createRoute({
  method: 'post',
  path: '/api/simulations',
  tags,
  summary: 'Start a simulation; a draft of levers may come with it',
  request: { headers: idempotencyHeader, body: body(simulations.simulationStart) },
  responses: { 202: json(simulations.startedJob, 'The job that makes it.'), ...problems },
});

export const planSimulation = createRoute({
  method: 'post',
  path: '/api/simulation-plans',
  tags,
  summary: 'What a simulation would run or reuse, and why; nothing is simulated',
  request: { body: body(simulations.simulationStart) },
  responses: { 200: json(simulations.simulationPlan, 'Each model in each year.'), ...problems },
});

export const getJobs = createRoute({
  method: 'get',
  path: '/api/simulation-jobs',
  tags,
  summary: 'List the simulations under way and lately made',
  request: { query: simulations.limitQuery },
  responses: { 200: json(simulations.jobList, 'The latest first.'), ...problems },
});

export const getJob = createRoute({
  method: 'get',
  path: '/api/simulation-jobs/{id}',
  tags,
  summary: 'Where a simulation stands',
  request: { params: job },
  responses: { 200: json(simulations.simulationJob, 'The job.'), ...problems },
});

export const followJob = createRoute({
  method: 'get',
  path: '/api/simulation-jobs/{id}/events',
  tags,
  summary: 'Follow a simulation by server-sent events; the state is a SimulationJob',
  request: { params: job, headers: lastEventHeader },
  responses: { 200: eventStream, ...problems },
});

export const cancelJob = createRoute({
  method: 'post',
  path: '/api/simulation-jobs/{id}/cancel',
  tags,
  summary: 'Cancel a simulation; finished years are kept',
  request: { params: job },
  responses: { 202: json(simulations.simulationJob, 'Asked to end.'), ...problems },
});

export const getSimulations = createRoute({
  method: 'get',
  path: '/api/simulations',
  tags,
  summary: 'List the stored simulations',
  request: { query: simulations.limitQuery },
  responses: { 200: json(simulations.simulationList, 'Those with tables, the newest first.'), ...problems },
});

export const getSimulation = createRoute({
  method: 'get',
  path: '/api/simulations/{id}',
  tags,
  summary: 'A stored simulation: summary and provenance',
  request: { params },
  responses: { 200: json(simulations.simulationDetails, 'As it was stored.'), ...problems },
});

export const getRunsOfSimulation = createRoute({
  method: 'get',
  path: '/api/simulations/{id}/runs',
  tags,
  summary: 'The runs that a simulation is part of',
  request: { params },
  responses: { 200: json(simulations.runsOfSimulation, 'Of the latest 200 runs.'), ...problems },
});

export const getProvenance = createRoute({
  method: 'get',
  path: '/api/simulations/{id}/provenance',
  tags,
  summary: 'What a simulation was made of: versions, input hashes, seed, timings, checks',
  request: { params },
  responses: { 200: json(simulations.provenanceDocument, 'provenance.json.'), ...problems },
});
