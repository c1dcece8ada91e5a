/** What every request must pass before a route sees it: known host, own origin, a caller of the needed role. */
import { isIP } from 'node:net';
import type { Context, MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import { failure } from '../shared/errors/errors.js';
import { requireRole, type Access } from './access.js';
import type { ApiEnv } from './api.js';
import { roleOf, ROUTES } from './all-routes.js';

export const SESSION_COOKIE = 'meritloop_session';
/** Tells who a request of a loopback server is for; a header that no foreign page can send. */
export const USER_HEADER = 'Meritloop-User';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '::1']);
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

export const isLoopback = (host: string): boolean => LOOPBACK.has(host.replace(/^\[(.*)\]$/, '$1'));

/** The name in a Host header, without port and brackets. */
function hostName(header: string): string {
  const [, bracketed, plain] = /^(?:\[([^\]]+)\]|([^:]+))(?::\d+)?$/.exec(header) ?? [];
  return (bracketed ?? plain ?? header).toLowerCase();
}

/**
 * Refuses names that another site may have bound to this address (DNS rebinding). A loopback server is known by its
 * loopback names; another one also by addresses, which cannot be bound anew.
 * @param allowed further names
 */
export function guardHost(listensOn: string, allowed: readonly string[]): MiddlewareHandler<ApiEnv> {
  const names = new Set([...LOOPBACK, listensOn, ...allowed].map((name) => name.toLowerCase()));
  const addresses = !isLoopback(listensOn);
  return async (context, next) => {
    const header = context.req.header('host') ?? '';
    const name = hostName(header);
    if (!names.has(name) && !(addresses && isIP(name) !== 0)) throw failure('HOST_REFUSED', { host: header });
    await next();
  };
}

/** Refuses changes that another site's page asks for. */
export const guardOrigin: MiddlewareHandler<ApiEnv> = async (context, next) => {
  if (!SAFE.has(context.req.method)) {
    const origin = context.req.header('origin');
    const host = context.req.header('host');
    const own = origin === undefined || origin === `http://${host}` || origin === `https://${host}`;
    const site = context.req.header('sec-fetch-site') ?? 'same-origin';
    if (!own || (site !== 'same-origin' && site !== 'none'))
      throw failure('ORIGIN_REFUSED', { origin: origin ?? site });
  }
  await next();
};

/** The token of a request: a header for programs, a cookie for the page. */
export function tokenOf(context: Context<ApiEnv>): string | undefined {
  const [, bearer] = /^Bearer (.+)$/.exec(context.req.header('authorization') ?? '') ?? [];
  return bearer ?? getCookie(context, SESSION_COOKIE);
}

/** One entry per route: identifies the caller and asks for the route's role. */
export const roleGuards = (access: Access) =>
  ROUTES.map((route) => ({
    method: route.method.toUpperCase(),
    path: route.getRoutingPath(),
    check: (async (context, next) => {
      const needed = roleOf(route);
      if (needed !== undefined) {
        const caller = access.identify(tokenOf(context), context.req.header(USER_HEADER));
        requireRole(caller, needed);
        context.set('caller', caller);
      }
      await next();
    }) satisfies MiddlewareHandler<ApiEnv>,
  }));
