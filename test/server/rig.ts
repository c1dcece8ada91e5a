/** The API in this process, on a home of its own with the sample company simulated once, and its typed client. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { hc } from 'hono/client';
import { resolveInputs } from '../../src/runs/resolve-inputs.js';
import { connectMeritloop } from '../../src/client/meritloop.js';
import { loadConfig, type Config } from '../../src/config.js';
import { simulationRequest } from '../../src/runs/request.contract.js';
import type { SimulationSummary } from '../../src/simulation/simulation.contract.js';
import { createDependencies } from '../../src/dependencies.js';
import { createLogger } from '../../src/shared/log.js';
import { ResultReader } from '../../src/simulation/results/reader.js';
import { systemAccess, type Access } from '../../src/server/access.js';
import { createApp, type AppType } from '../../src/server/app.js';
import { DEFAULT_LIMITS, type UploadLimits } from '../../src/server/context.js';
import { Feeds } from '../../src/server/feeds.js';

export interface ApiRig {
  readonly config: Config;
  /** Asks as a program on the machine does. */
  readonly client: ReturnType<typeof hc<AppType>>;
  /** The same without types, for what a typed client cannot say. */
  ask(address: string, init?: RequestInit, access?: Access): Promise<Response>;
  post(address: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  /** Simulates two years in this process; default: of the sample company. */
  simulate(seed: number, census?: string): Promise<SimulationSummary>;
  close(): Promise<void>;
}

export async function startApi(limits: UploadLimits = DEFAULT_LIMITS): Promise<ApiRig> {
  const home = await mkdtemp(path.join(tmpdir(), 'meritloop-api-'));
  const config: Config = loadConfig({ home, logLevel: 'silent' }, {});
  const logger = createLogger(config);
  const client = await connectMeritloop({ config, logger });
  const dependencies = createDependencies(config, logger);
  const results = new ResultReader(config);
  const feeds = new Feeds();
  const appFor = (access: Access) =>
    createApp(
      { config, logger, client, access, results, feeds, limits, version: '0', startedAt: 0 },
      { page: path.join(home, 'page'), host: '127.0.0.1', allowedHosts: ['plan.example.org'] },
    );
  const app = appFor(systemAccess('ann'));
  const withHost = (init: RequestInit = {}): RequestInit => {
    const headers = new Headers(init.headers);
    if (!headers.has('host')) headers.set('host', 'localhost:4680');
    return { ...init, headers };
  };
  const ask: ApiRig['ask'] = async (address, init, access) =>
    (access === undefined ? app : appFor(access)).request(`http://localhost:4680${address}`, withHost(init));
  return {
    config,
    ask,
    post: (address, body, headers = {}) =>
      ask(address, {
        method: 'POST',
        body: typeof body === 'string' ? body : JSON.stringify(body),
        headers: { 'content-type': 'application/json', ...headers },
      }),
    client: hc<AppType>('http://localhost:4680', {
      fetch: (input: string | URL | Request, init?: RequestInit) =>
        Promise.resolve(app.request(input instanceof Request ? input : new URL(input).href, withHost(init))),
    }),
    async simulate(seed, census) {
      const request = simulationRequest.parse({ years: '2025-2026', seed, ...(census ? { census } : {}) });
      const { spec } = await resolveInputs(request, dependencies, new AbortController().signal);
      return (await dependencies.simulator.simulate(spec, { keep: 'tables' })).summary;
    },
    async close() {
      feeds.close();
      await results.close();
      await dependencies.simulator.close();
      await client.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}

type Good<Answer> = Answer extends { readonly ok: true; json(): Promise<infer Body> } ? Body : never;

/** The body of an answer that is expected to be a good one. */
export async function bodyOf<Answer extends { readonly ok: boolean; json(): Promise<unknown> }>(
  answer: Promise<Answer>,
): Promise<Good<Answer>> {
  const response = await answer;
  const body = await response.json();
  if (!response.ok) throw new Error(JSON.stringify(body));
  return body as Good<Answer>;
}

/** The problem document of an answer that is expected to be a refusal. */
export async function problemIn(answer: Promise<Response>): Promise<Record<string, unknown>> {
  const response = await answer;
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const problem = (await response.json()) as Record<string, unknown>;
  expect(problem['status']).toBe(response.status);
  return problem;
}
