/** What the server answers where no route fits. */
import { failure, type MeritloopError } from '../shared/errors/errors.js';
import { ROUTES } from './all-routes.js';

const PATTERNS = ROUTES.map((route) => ({
  method: route.method.toUpperCase(),
  pattern: new RegExp(`^${route.getRoutingPath().replaceAll('.', '\\.').replaceAll(/:\w+/g, '[^/]+')}$`),
}));

/** A known path asked in another way names the ways that it takes. */
export function noRoute(method: string, path: string): MeritloopError {
  const methods = PATTERNS.filter(({ pattern }) => pattern.test(path)).map((route) => route.method);
  const allowed = [...new Set(methods)].toSorted();
  return allowed.length === 0
    ? failure('ROUTE_UNKNOWN', { path })
    : failure('METHOD_NOT_ALLOWED', { path, method, allowed });
}
