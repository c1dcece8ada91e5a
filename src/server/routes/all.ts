/** Every route, in the order of the reference, and the role that each takes. */
import type { RouteConfig } from '@hono/zod-openapi';
import { ROLES, type Role } from '../../contract/roles.js';
import * as assets from './assets.js';
import * as censuses from './censuses.js';
import * as grids from './grids.js';
import * as impact from './impact.js';
import * as levers from './levers.js';
import * as results from './results.js';
import * as runs from './runs.js';
import * as schedules from './schedules.js';
import * as simulations from './simulations.js';
import * as system from './system.js';

type Route = RouteConfig & { getRoutingPath(): string };

export const ROUTES: readonly Route[] = [
  system,
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
