/** A catalog in memory: the smallest one that keeps the port's promises. */
import type {
  AssetCatalog,
  AssetEvent,
  HistoryQuery,
  LatestState,
  StoredEvent,
} from '../../../src/assets/graph/catalog-port.js';

const emptyState = ({ asset, partition }: AssetEvent): LatestState => ({
  asset,
  partition,
  materialization: null,
  observation: null,
  checks: [],
  attempt: null,
});

function after(state: LatestState, event: AssetEvent): LatestState {
  switch (event.kind) {
    case 'materialization':
      return { ...state, materialization: event, attempt: null };
    case 'observation':
      return { ...state, observation: event };
    case 'check':
      return {
        ...state,
        checks: [...state.checks.filter(({ check }) => check !== event.check), event].toSorted((a, b) =>
          a.check < b.check ? -1 : 1,
        ),
      };
    case 'planned':
    case 'failed':
    case 'blocked':
      return { ...state, attempt: event };
  }
}

const matches = ({ sequence, event }: StoredEvent, query: HistoryQuery): boolean =>
  (query.asset === undefined || event.asset === query.asset) &&
  (query.partition === undefined || event.partition === query.partition) &&
  (query.run === undefined || event.run === query.run) &&
  (query.kinds === undefined || query.kinds.includes(event.kind)) &&
  (query.before === undefined || sequence < query.before);

export function createMemoryCatalog(): AssetCatalog {
  const log: StoredEvent[] = [];
  const ids = new Set<string>();
  const states = new Map<string, LatestState>();
  const append = (event: AssetEvent): number => {
    if (ids.has(event.id)) return 0;
    ids.add(event.id);
    log.push({ sequence: log.length + 1, event });
    const key = JSON.stringify([event.asset, event.partition]);
    states.set(key, after(states.get(key) ?? emptyState(event), event));
    return 1;
  };
  return {
    append: async (events) => events.map(append).reduce((total, added) => total + added, 0),
    latest: async (assets) =>
      [...states.values()].filter(({ asset }) => assets === undefined || assets.includes(asset)),
    history: async (query) =>
      log
        .filter((stored) => matches(stored, query))
        .toReversed()
        .slice(0, query.limit),
  };
}
