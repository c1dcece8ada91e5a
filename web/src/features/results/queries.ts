/** Questions about the results of one simulation. */
import { queryOptions } from '@tanstack/react-query';
import { get, withQuery } from '../../api/http.js';
import type {
  Comparison,
  Distribution,
  HeadcountBridge,
  PayBridge,
  Results,
  RunsOfSimulation,
  TableRows,
  Timeline,
} from '../../api/types.js';

/** Stored simulations never change. */
const staleTime = Infinity;

type Query = Readonly<Record<string, string | number | undefined>>;

export const resultsQuery = (id: string, query: Query) =>
  queryOptions({
    queryKey: ['results', id, query],
    queryFn: ({ signal }) => get<Results>(withQuery(`/api/simulations/${id}/results`, query), signal),
    staleTime,
  });

export const runsOfQuery = (id: string) =>
  queryOptions({
    queryKey: ['runs', 'of', id],
    queryFn: ({ signal }) => get<RunsOfSimulation>(`/api/simulations/${id}/runs`, signal),
  });

export const headcountBridgeQuery = (id: string) =>
  queryOptions({
    queryKey: ['results', id, 'headcount'],
    queryFn: ({ signal }) => get<HeadcountBridge>(`/api/simulations/${id}/headcount-bridge`, signal),
    staleTime,
  });

export const payBridgeQuery = (id: string) =>
  queryOptions({
    queryKey: ['results', id, 'pay'],
    queryFn: ({ signal }) => get<PayBridge>(`/api/simulations/${id}/pay-bridge`, signal),
    staleTime,
  });

export const distributionQuery = (id: string, query: Query) =>
  queryOptions({
    queryKey: ['results', id, 'distribution', query],
    queryFn: ({ signal }) =>
      get<Distribution>(withQuery(`/api/simulations/${id}/distribution`, query), signal),
    staleTime,
  });

export const rowsQuery = (id: string, query: Query) =>
  queryOptions({
    queryKey: ['results', id, 'rows', query],
    queryFn: ({ signal }) => get<TableRows>(withQuery(`/api/simulations/${id}/rows`, query), signal),
    staleTime,
  });

export const timelineQuery = (id: string, person: string) =>
  queryOptions({
    queryKey: ['results', id, 'person', person],
    queryFn: ({ signal }) =>
      get<Timeline>(`/api/simulations/${id}/people/${encodeURIComponent(person)}`, signal),
    staleTime,
  });

export const comparisonQuery = (ids: readonly string[], query: Query) =>
  queryOptions({
    queryKey: ['comparison', ids, query],
    queryFn: ({ signal }) =>
      get<Comparison>(withQuery('/api/comparison', { ids: ids.join(','), ...query }), signal),
    staleTime,
  });
