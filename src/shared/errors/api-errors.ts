/** The error table's faults of requests to the HTTP API, and of starting it. */
import { badInput, conflict, environment, notFound, type ErrorEntry } from './entry.js';

type Nothing = Readonly<Record<never, string>>;

const ASK_FOR_TOKEN = 'Send a token as `Authorization: Bearer …`, or sign in on the page.';

export const API_ERRORS = {
  ROUTE_UNKNOWN: notFound(
    ({ path }: { path: string }) => `no route ${path}`,
    () => 'See /openapi.json or docs/reference/api.md for the routes.',
  ),
  METHOD_NOT_ALLOWED: badInput(
    ({ path, method, allowed }: { path: string; method: string; allowed: readonly string[] }) =>
      `${path} does not take ${method} (it takes ${allowed.join(', ')})`,
    () => 'See /openapi.json or docs/reference/api.md for the routes.',
    405,
  ),
  BODY_UNREADABLE: badInput(
    ({ reason }: { reason: string }) => `the body of the request cannot be read: ${reason}`,
    () => 'Send JSON with `Content-Type: application/json`.',
    400,
  ),
  MEDIA_TYPE_UNKNOWN: badInput(
    ({ found, known }: { found: string; known: readonly string[] }) =>
      `content type ${found} is not one of ${known.join(', ')}`,
    () => 'Send the body with one of these content types.',
    415,
  ),
  BODY_TOO_LARGE: badInput(
    ({ limit }: { limit: string }) => `the body of the request is larger than ${limit}`,
    () => 'Send less, or use the command line on the machine itself, which has no such limit.',
    413,
  ),
  TOKEN_MISSING: badInput(
    (_fields: Nothing) => 'this server wants a token',
    () => ASK_FOR_TOKEN,
    401,
  ),
  TOKEN_UNKNOWN: badInput(
    (_fields: Nothing) => 'the token is not one of this server',
    () => ASK_FOR_TOKEN,
    401,
  ),
  ROLE_MISSING: badInput(
    ({ user, role, needed }: { user: string; role: string; needed: string }) =>
      `${user} is ${role}; this takes the role ${needed}`,
    () => 'Ask someone of that role, or the one who runs the server for it.',
    403,
  ),
  FIGURES_WITHHELD: badInput(
    ({ what, smallest }: { what: string; smallest: number }) =>
      `${what} are withheld: they may be the pay of fewer than ${smallest} people`,
    () => 'Ask an analyst; whoever runs the server sets the limit with MERITLOOP_SMALLEST_CELL.',
    403,
  ),
  HOST_REFUSED: badInput(
    ({ host }: { host: string }) => `the server is not known as ${host}`,
    () => 'Open the address that `meritloop ui` printed, or name this one with --allow-host.',
    403,
  ),
  ORIGIN_REFUSED: badInput(
    ({ origin }: { origin: string }) => `a page of ${origin} may change nothing here`,
    () => 'Use the page that this server gives.',
    403,
  ),
  CENSUS_UNKNOWN: notFound(
    ({ census }: { census: string }) => `no stored census ${census}`,
    () => 'Upload it with `POST /api/censuses`; `GET /api/censuses` lists those that are stored.',
  ),
  JOB_UNKNOWN: notFound(
    ({ job }: { job: string }) => `no simulation job ${job}`,
    () =>
      '`GET /api/simulation-jobs` lists the jobs that the server still knows; results stay under /api/simulations.',
  ),
  JOB_FINISHED: conflict(
    ({ job, status }: { job: string; status: string }) => `simulation job ${job} is ${status}`,
    () => 'Nothing needs to be cancelled; what was finished is kept.',
  ),
  EMPLOYEE_UNKNOWN: notFound(
    ({ simulation }: { simulation: string }) => `simulation ${simulation} has nobody of that id`,
    () => 'Take the id from `GET /api/simulations/{id}/rows`.',
  ),
  PLAN_YEAR_UNKNOWN: notFound(
    ({ simulation, year, years }: { simulation: string; year: number; years: string }) =>
      `simulation ${simulation} has no year ${year} (it has ${years})`,
    () => 'Choose one of its years.',
  ),
  IDEMPOTENCY_KEY_REUSED: badInput(
    ({ key, fields }: { key: string; fields: readonly string[] }) =>
      `Idempotency-Key ${key} was sent before with another request: ${fields.join(', ')} differ`,
    () => 'Send a new key with a new request; the same key only with the same one.',
  ),
  SCHEDULE_PUBLISHES: badInput(
    ({ schedule, user }: { schedule: string; user: string }) =>
      `schedule ${schedule} publishes levers without asking anybody, which ${user} may not start`,
    () =>
      'Create one with apply = after-approval, or have it started with `meritloop schedule` where the server runs.',
    403,
  ),
  RUN_NOT_FINISHED: conflict(
    ({ run, status }: { run: string; status: string }) =>
      `run ${run} has no levers to apply: it is ${status}`,
    () => 'Wait until it has ended with levers, or approve it while it waits for approval.',
  ),
  TOKENS_REQUIRED: badInput(
    ({ host }: { host: string }) => `on ${host} other machines reach the page, and no tokens are configured`,
    () =>
      'Give a file of tokens with --tokens, or MERITLOOP_TOKENS; docs/how-to/web-page.md shows one. Or stay on 127.0.0.1.',
  ),
  TOKENS_INVALID: badInput(
    ({ source, reason }: { source: string; reason: string }) => `${source}: ${reason}`,
    () =>
      'It must be a JSON list of {"user", "role": viewer, analyst or approver, "token" of 20 characters or more, or "token_sha256"}.',
  ),
  PORT_IN_USE: environment(
    ({ host, port }: { host: string; port: number }) => `port ${port} of ${host} is in use`,
    ({ port }) =>
      `Another \`meritloop ui\` may run already: open it, end it, or choose another port with --port ${port + 1}.`,
  ),
  ADDRESS_UNUSABLE: environment(
    ({ host, port, reason }: { host: string; port: number; reason: string }) =>
      `${host}:${port} cannot be listened on: ${reason}`,
    () => 'Choose another --host or --port (ports below 1024 take privileges).',
  ),
} satisfies Record<string, ErrorEntry<never>>;
