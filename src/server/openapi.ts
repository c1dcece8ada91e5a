/** The OpenAPI 3.1 document, made from the route definitions alone. */
import { OpenAPIHono } from '@hono/zod-openapi';
import * as censuses from './routes/censuses.js';
import * as levers from './routes/levers.js';
import * as results from './routes/results.js';
import * as runs from './routes/runs.js';
import * as schedules from './routes/schedules.js';
import * as simulations from './routes/simulations.js';
import * as system from './routes/system.js';

const { eventStream: _parts, ...ofSimulations } = simulations;

/** Every route, in the order of the reference. */
const ROUTES = [system, levers, censuses, ofSimulations, results, runs, schedules].flatMap((routes) =>
  Object.values(routes),
);

export function apiDocument(): Record<string, unknown> {
  const { openAPIRegistry, getOpenAPI31Document } = new OpenAPIHono();
  for (const route of ROUTES) openAPIRegistry.registerPath(route);
  return { ...getOpenAPI31Document({ openapi: '3.1.0', info: INFO }) };
}

const INFO = {
  title: 'meritloop',
  version: '1',
  description:
    'Compensation planning: levers, simulations and optimisation runs. Pay is in USD a year, growth in percent, gaps and parts of growth in percentage points (pp), levers are decimal rates or multipliers. Every refusal is a problem document (RFC 9457) with a stable code.',
};
