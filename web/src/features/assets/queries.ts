/** What the pages of assets ask the API. */
import { queryOptions } from '@tanstack/react-query';
import { get, withQuery } from '../../api/http.js';
import type { AssetChecks, AssetHistory, AssetPlan } from '../../api/types.js';

export const assetChecksQuery = (select: string) =>
  queryOptions({
    queryKey: ['assets', select, 'checks'],
    queryFn: ({ signal }) => get<AssetChecks>(withQuery('/api/assets/checks', { select }), signal),
    retry: false,
  });

export const assetHistoryQuery = (select: string, limit: number) =>
  queryOptions({
    queryKey: ['assets', select, 'history', limit],
    queryFn: ({ signal }) => get<AssetHistory>(withQuery('/api/assets/history', { select, limit }), signal),
    retry: false,
  });

export interface PlanQuestion {
  readonly select: string;
  readonly partitions: string | undefined;
  readonly force: boolean;
}

export const assetPlanQuery = ({ select, partitions, force }: PlanQuestion) =>
  queryOptions({
    queryKey: ['assets', select, 'plan', partitions, force],
    queryFn: ({ signal }) =>
      get<AssetPlan>(withQuery('/api/assets/plan', { select, partitions, force: String(force) }), signal),
    retry: false,
  });
