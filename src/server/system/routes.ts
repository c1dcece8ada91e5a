/** Routes about the server itself. */
import { createRoute } from '@hono/zod-openapi';
import { health, readiness, session, settings, signIn } from './system.contract.js';
import { body, json, open, problems } from '../route-parts.js';

const tags = ['system'];

export const getHealth = createRoute({
  method: 'get',
  path: '/api/health',
  ...open,
  tags,
  summary: 'Whether the API is alive',
  responses: { 200: json(health, 'It is.'), ...problems },
});

export const getReadiness = createRoute({
  method: 'get',
  path: '/api/ready',
  tags,
  summary: 'Whether runs can move on: home, dbt, Temporal server, a worker',
  responses: {
    200: json(readiness, 'All checks pass.'),
    503: json(readiness, 'Some check fails; its hint says what to do.'),
    '4XX': problems['4XX'],
    500: problems['5XX'],
  },
});

export const getSession = createRoute({
  method: 'get',
  path: '/api/session',
  tags,
  summary: 'Who asks, with which role',
  responses: { 200: json(session, 'User and role.'), ...problems },
});

export const postSession = createRoute({
  method: 'post',
  path: '/api/session',
  ...open,
  tags,
  summary: 'Sign in with a token: a cookie then stands for it, also for server-sent events',
  request: { body: body(signIn) },
  responses: { 200: json(session, 'User and role.'), ...problems },
});

export const deleteSession = createRoute({
  method: 'delete',
  path: '/api/session',
  ...open,
  tags,
  summary: 'Sign out',
  responses: { 204: { description: 'The cookie is gone.' }, ...problems },
});

export const getSettings = createRoute({
  method: 'get',
  path: '/api/settings',
  tags,
  summary: 'Plan years, seed, rates, job levels and parameters with their ranges',
  responses: { 200: json(settings, 'What forms begin with.'), ...problems },
});
