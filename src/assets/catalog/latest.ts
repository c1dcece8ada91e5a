/** The latest state of every asset and partition, read in one query. */
import type {
  BlockedRecord,
  CheckEvaluation,
  FailedRecord,
  LatestState,
  MaterializationRecord,
  ObservationRecord,
  PlannedRecord,
} from '../graph/catalog-port.js';
import type { CatalogConnection } from './database/tables.js';
import { eventOf, partitionOf } from './event-rows.js';

interface Draft {
  materialization?: { readonly sequence: number; readonly event: MaterializationRecord };
  observation?: ObservationRecord;
  attempt?: { readonly sequence: number; readonly event: PlannedRecord | FailedRecord | BlockedRecord };
  readonly checks: CheckEvaluation[];
}

/** Undefined: of all assets. Ordered by asset and partition. */
export async function latest(
  connection: CatalogConnection,
  assets?: readonly string[],
): Promise<LatestState[]> {
  if (assets?.length === 0) return [];
  let query = connection
    .selectFrom('latest')
    .innerJoin('asset_event', 'asset_event.sequence', 'latest.sequence')
    .selectAll('asset_event')
    .orderBy('latest.asset')
    .orderBy('latest.partition')
    .orderBy('latest.slot');
  if (assets !== undefined) query = query.where('latest.asset', 'in', assets);
  const states: LatestState[] = [];
  let draft: Draft = { checks: [] };
  let at: { readonly asset: string; readonly partition: string } | undefined;
  const finish = () => {
    if (at !== undefined) states.push(stateOf(at.asset, partitionOf(at.partition), draft));
  };
  for (const row of await query.execute()) {
    if (at?.asset !== row.asset || at.partition !== row.partition) {
      finish();
      draft = { checks: [] };
      at = row;
    }
    place(draft, row.sequence, eventOf(row));
  }
  finish();
  return states;
}

function place(draft: Draft, sequence: number, event: ReturnType<typeof eventOf>): void {
  switch (event.kind) {
    case 'materialization':
      draft.materialization = { sequence, event };
      break;
    case 'observation':
      draft.observation = event;
      break;
    case 'check':
      draft.checks.push(event);
      break;
    case 'planned':
    case 'failed':
    case 'blocked':
      draft.attempt = { sequence, event };
      break;
  }
}

function stateOf(asset: string, partition: string | null, draft: Draft): LatestState {
  const { materialization, observation, attempt, checks } = draft;
  const madeSince = (materialization?.sequence ?? 0) > (attempt?.sequence ?? 0);
  return {
    asset,
    partition,
    materialization: materialization?.event ?? null,
    observation: observation ?? null,
    checks,
    attempt: madeSince ? null : (attempt?.event ?? null),
  };
}
