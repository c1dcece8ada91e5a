/** Freshness: how long ago an asset was made or observed, against what its definition allows. */
import type { AssetSpec } from './asset.js';

/** When it was made, or observed last. */
interface Made {
  readonly materialization: { readonly recorded_at: string } | null;
  readonly observation: { readonly recorded_at: string } | null;
}

const HOUR_MS = 3_600_000;

/** `unknown`: nothing is asked of it, or it was never made. A time in the future, of a clock that jumped, is fresh. */
export function freshnessOf(
  { freshness }: Pick<AssetSpec, 'freshness'>,
  state: Made | undefined,
  now: Date,
): 'fresh' | 'late' | 'overdue' | 'unknown' {
  const at = (state?.materialization ?? state?.observation)?.recorded_at;
  if (freshness === null || at === undefined) return 'unknown';
  const hours = (now.getTime() - Date.parse(at)) / HOUR_MS;
  if (hours > freshness.failAfterHours) return 'overdue';
  return hours > freshness.warnAfterHours ? 'late' : 'fresh';
}

/** The verdict in words. */
export function freshnessReason(
  { freshness }: Pick<AssetSpec, 'freshness'>,
  state: Made | undefined,
): string {
  const at = (state?.materialization ?? state?.observation)?.recorded_at;
  if (at === undefined) return 'never made';
  return `made at ${at}; late after ${freshness?.warnAfterHours} h, overdue after ${freshness?.failAfterHours} h`;
}
