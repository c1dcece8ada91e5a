/** Every route, in the order of the reference, and the role that each takes. */
import type { RouteConfig } from '@hono/zod-openapi';
import { ROLES, type Role } from '../shared/contract/roles.terms.js';
import * as assets from './assets/routes.js';
import * as censuses from './censuses/routes.js';
import * as companies from './companies/routes.js';
import * as grids from './grids/routes.js';
import * as impact from './impact/routes.js';
import * as levers from './levers/routes.js';
import * as results from './results/routes.js';
import * as runs from './runs/routes.js';
import * as schedules from './schedules/routes.js';
import * as simulations from './simulations/routes.js';
import * as system from './system/routes.js';

type Route = RouteConfig & { getRoutingPath(): string };

export const ROUTES: readonly Route[] = [
  system,
  companies,
  levers,
  censuses,
  simulations,
  results,
  impact,
  assets,
  runs,
  grids,
  schedules,
].flatMap((routes) => Object.values(routes));

/** Undefined: whoever reaches the server may ask. */
export function roleOf(route: Route): Role | undefined {
  const own: unknown = route['x-role'];
  if (own === undefined) return route.method === 'get' ? 'viewer' : 'analyst';
  return ROLES.find((role) => role === own);
}
