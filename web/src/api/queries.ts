/** The questions that several pages ask the API, each with its key in the cache. */
import { queryOptions } from '@tanstack/react-query';
import { get, request, withQuery } from './http.js';
import type {
  CompanyList,
  Definitions,
  LeverGrid,
  LeverHistory,
  Readiness,
  RunDetails,
  RunList,
  ScenarioList,
  Session,
  Settings,
  SimulationDetails,
  SimulationJob,
  SimulationList,
} from './types.js';

const MINUTES_5 = 300_000;
const NOT_READY = 503;

export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: ({ signal }) => get<Settings>('/api/settings', signal),
  staleTime: MINUTES_5,
});

export const companiesQuery = queryOptions({
  queryKey: ['companies'],
  queryFn: ({ signal }) => get<CompanyList>('/api/companies', signal),
  staleTime: MINUTES_5,
});

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => get<Session>('/api/session', signal),
  staleTime: MINUTES_5,
});

export const readinessQuery = queryOptions({
  queryKey: ['ready'],
  queryFn: ({ signal }) => request<Readiness>('/api/ready', { signal }, NOT_READY),
  refetchInterval: 10_000,
  retry: false,
});

export const scenariosQuery = queryOptions({
  queryKey: ['scenarios'],
  queryFn: ({ signal }) => get<ScenarioList>('/api/scenarios', signal),
});

export const leversQuery = (scenario: string) =>
  queryOptions({
    queryKey: ['levers', scenario],
    queryFn: ({ signal }) => get<LeverGrid>(withQuery('/api/levers', { scenario }), signal),
  });

export const leverHistoryQuery = (scenario: string) =>
  queryOptions({
    queryKey: ['levers', scenario, 'history'],
    queryFn: ({ signal }) =>
      get<LeverHistory>(withQuery('/api/levers/history', { scenario, limit: 50 }), signal),
  });

/** The newest. */
export const runsQuery = queryOptions({
  queryKey: ['runs'],
  queryFn: ({ signal }) => get<RunList>('/api/runs?limit=200', signal),
  refetchInterval: 5_000,
});

/** Those that fit a filter, a page of them. */
export const foundRunsQuery = (query: Readonly<Record<string, string | number | undefined>>) =>
  queryOptions({
    queryKey: ['runs', 'found', query],
    queryFn: ({ signal }) => get<RunList>(withQuery('/api/runs', query), signal),
    refetchInterval: 5_000,
  });

export const runQuery = (id: string) =>
  queryOptions({
    queryKey: ['runs', id],
    queryFn: ({ signal }) => get<RunDetails>(`/api/runs/${encodeURIComponent(id)}`, signal),
  });

export const jobsQuery = queryOptions({
  queryKey: ['jobs'],
  queryFn: ({ signal }) => get<{ jobs: SimulationJob[] }>('/api/simulation-jobs?limit=20', signal),
  refetchInterval: 5_000,
});

export const simulationsQuery = queryOptions({
  queryKey: ['simulations'],
  queryFn: ({ signal }) => get<SimulationList>('/api/simulations?limit=200', signal),
});

export const simulationQuery = (id: string) =>
  queryOptions({
    queryKey: ['simulations', id],
    queryFn: ({ signal }) => get<SimulationDetails>(`/api/simulations/${id}`, signal),
    staleTime: MINUTES_5,
  });

export const definitionsQuery = queryOptions({
  queryKey: ['definitions'],
  queryFn: ({ signal }) => get<Definitions>('/api/definitions', signal),
  staleTime: MINUTES_5,
});
