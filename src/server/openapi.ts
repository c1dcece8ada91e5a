/** The OpenAPI 3.1 document, made from the route definitions alone. */
import { OpenAPIHono } from '@hono/zod-openapi';
import { roleOf, ROUTES } from './all-routes.js';

const INFO = {
  title: 'meritloop',
  version: '1',
  description:
    'Compensation planning: levers, simulations and optimisation runs. Pay is in USD a year, growth in percent, gaps and parts of growth in percentage points (pp), levers are decimal rates or multipliers. Every route under /api takes the query `company`: whose plan it is about; default: the company that the server was started for. Every refusal is a problem document (RFC 9457) with a stable code.',
};

export function apiDocument(): Record<string, unknown> {
  const { openAPIRegistry, getOpenAPI31Document } = new OpenAPIHono();
  for (const route of ROUTES) openAPIRegistry.registerPath({ ...route, 'x-role': roleOf(route) ?? 'none' });
  return { ...getOpenAPI31Document({ openapi: '3.1.0', info: INFO }) };
}
