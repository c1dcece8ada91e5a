/** The whole API: guards first, then the routes, the page, and one place where every failure becomes a problem. */
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';
import type { MiddlewareHandler } from 'hono';
import { refuseDeep } from '../shared/files/json-text.js';
import { failure, MeritloopError } from '../shared/errors/errors.js';
import { leverStore } from '../levers/open.js';
import { newApi, type ApiEnv } from './api.js';
import type { ServerContext } from './context.js';
import { guardHost, guardOrigin, roleGuards, tokenOf, USER_HEADER } from './guard.js';
import { assetHandlers } from './assets/handlers.js';
import { censusHandlers } from './censuses/handlers.js';
import { companyHandlers } from './companies/handlers.js';
import { gridHandlers } from './grids/handlers.js';
import { impactHandlers } from './impact/handlers.js';
import { leverMoveHandlers } from './levers/moves-handlers.js';
import { leverHandlers } from './levers/handlers.js';
import { resultHandlers } from './results/handlers.js';
import { rowHandlers } from './results/rows-handlers.js';
import { runControlHandlers } from './runs/control-handlers.js';
import { runHandlers } from './runs/handlers.js';
import { scenarioHandlers } from './levers/scenario-handlers.js';
import { scheduleHandlers } from './schedules/handlers.js';
import { simulationHandlers } from './simulations/handlers.js';
import { systemHandlers } from './system/handlers.js';
import { conflictOf } from './levers/views.js';
import { apiDocument } from './openapi.js';
import { servePage } from './page.js';
import { explained, PROBLEM_TYPE, problemOf, type ProblemDetails } from './problem.js';
import { Refusal } from './refusal.js';
import { ROUTES } from './all-routes.js';

const LARGEST_JSON = 4 * 1024 * 1024;

export interface AppOptions {
  /** Folder of the built page. */
  readonly page: string;
  /** What the server listens on, such as `127.0.0.1`. */
  readonly host: string;
  /** Further names that it is known by. */
  readonly allowedHosts: readonly string[];
  /** Answers for the company that a request names; undefined: this app does. */
  readonly companyApp?: (name: string | undefined) => Promise<Answering> | undefined;
}

export interface Answering {
  fetch(request: Request, env: object): Response | Promise<Response>;
}

const routesOf = (server: ServerContext) =>
  newApi()
    .route('/', systemHandlers(server))
    .route('/', companyHandlers(server))
    .route('/', scenarioHandlers(server))
    .route('/', leverHandlers(server))
    .route('/', leverMoveHandlers(server))
    .route('/', censusHandlers(server))
    .route('/', simulationHandlers(server))
    .route('/', resultHandlers(server))
    .route('/', rowHandlers(server))
    .route('/', impactHandlers(server))
    .route('/', assetHandlers(server))
    .route('/', runHandlers(server))
    .route('/', runControlHandlers(server))
    .route('/', gridHandlers(server))
    .route('/', scheduleHandlers(server));

/** For hono's typed client: `hc<AppType>(address)`. */
export type AppType = ReturnType<typeof routesOf>;

export function createApp(server: ServerContext, { page, host, allowedHosts, companyApp }: AppOptions) {
  const app = newApi();
  app.use(headers);
  app.use(guardHost(host, allowedHosts), guardOrigin);
  app.use('/api/*', async (context, next) => {
    context.header('Cache-Control', 'no-store');
    await next();
  });
  if (companyApp !== undefined) app.use('/api/*', handOver(server.access, companyApp));
  const refuseLarge = (): never => {
    throw failure('BODY_TOO_LARGE', { limit: `${LARGEST_JSON / 1024 / 1024} MiB` });
  };
  const limit = bodyLimit({ maxSize: LARGEST_JSON, onError: refuseLarge });
  // An upload has a limit of its own and is never held in memory.
  app.use('/api/*', (context, next) =>
    context.req.path === '/api/censuses' || context.req.path === '/api/company-files'
      ? next()
      : limit(context, next),
  );
  app.use('/api/*', refuseDeepBody);
  for (const { method, path, check } of roleGuards(server.access)) app.on(method, path, check);
  app.get('/openapi.json', (context) => context.json(apiDocument()));
  app.route('/', routesOf(server));
  app.use(servePage(page));
  app.notFound((context) => {
    const error = noRoute(context.req.method, context.req.path);
    return problemResponse(error, context.req.path);
  });
  app.onError(async (error, context) => {
    const { path } = context.req;
    if (error instanceof Refusal) return problemResponse(error.first, path, { errors: error.errors });
    const known = explained(error, `${context.req.method} ${path}`);
    if (known.status >= 500) server.logger.error({ err: error, code: known.code, path }, known.message);
    const conflict =
      known.code === 'LEVERS_MOVED' ? await conflictOf(leverStore(server.config), known) : null;
    return problemResponse(known, path, { conflict });
  });
  return app;
}

/** Requests about another company are that company's; who may not ask at all does not learn which ones there are. */
function handOver(
  access: ServerContext['access'],
  companyApp: NonNullable<AppOptions['companyApp']>,
): MiddlewareHandler<ApiEnv> {
  return async (context, next) => {
    const isKnown = (): boolean => {
      try {
        access.identify(tokenOf(context), context.req.header(USER_HEADER));
        return true;
      } catch (error) {
        if (error instanceof MeritloopError) return false;
        throw error;
      }
    };
    const app = isKnown() ? await companyApp(context.req.query('company')) : undefined;
    return app === undefined ? next() : app.fetch(context.req.raw, context.env);
  };
}

/** The text is kept: the route reads it again. */
const refuseDeepBody: MiddlewareHandler = async (context, next) => {
  if (context.req.header('content-type')?.includes('json') === true) {
    const text = await context.req.text();
    try {
      refuseDeep(text);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      throw failure('BODY_UNREADABLE', { reason: error.message }, error);
    }
  }
  await next();
};

/** Scripts come from the server alone; styles may stand in elements, which the components of the page set. */
const headers = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'self'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:', 'blob:'],
    workerSrc: ["'self'", 'blob:'],
    connectSrc: ["'self'"],
    objectSrc: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  },
  xFrameOptions: 'DENY',
  referrerPolicy: 'no-referrer',
  // The server speaks HTTP; whoever puts TLS in front of it sets this.
  strictTransportSecurity: false,
});

function problemResponse(error: MeritloopError, path: string, details?: ProblemDetails): Response {
  const document = problemOf(error, path, details);
  return new Response(JSON.stringify(document), {
    status: document.status,
    headers: {
      'Content-Type': PROBLEM_TYPE,
      ...(document.status === 401 ? { 'WWW-Authenticate': 'Bearer realm="meritloop"' } : {}),
      ...(typeof error.fields['allowed'] === 'object' && document.status === 405
        ? { Allow: String(error.fields['allowed']).replaceAll(',', ', ') }
        : {}),
    },
  });
}

const PATTERNS = ROUTES.map((route) => ({
  method: route.method.toUpperCase(),
  pattern: new RegExp(`^${route.getRoutingPath().replaceAll('.', '\\.').replaceAll(/:\w+/g, '[^/]+')}$`),
}));

/** A known path asked in another way names the ways that it takes. */
function noRoute(method: string, path: string): MeritloopError {
  const methods = PATTERNS.filter(({ pattern }) => pattern.test(path)).map((route) => route.method);
  const allowed = [...new Set(methods)].toSorted();
  return allowed.length === 0
    ? failure('ROUTE_UNKNOWN', { path })
    : failure('METHOD_NOT_ALLOWED', { path, method, allowed });
}
