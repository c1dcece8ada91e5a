/** What the latest state should be, folded from the events one after another. */
import type { AssetEvent, LatestState } from '../../../src/assets/graph/catalog-port.js';

type State = { -readonly [Key in keyof LatestState]: LatestState[Key] };

/** Ordered as SQL orders bytes; known ids are skipped. */
export function expectedLatest(events: readonly AssetEvent[]): LatestState[] {
  const seen = new Set<string>();
  const states = new Map<string, State>();
  for (const event of events) {
    if (seen.has(event.id)) continue;
    seen.add(event.id);
    const { asset, partition } = event;
    const key = JSON.stringify([asset, partition]);
    const state = states.get(key) ?? {
      asset,
      partition,
      materialization: null,
      observation: null,
      checks: [],
      attempt: null,
    };
    states.set(key, state);
    if (event.kind === 'materialization') Object.assign(state, { materialization: event, attempt: null });
    else if (event.kind === 'observation') state.observation = event;
    else if (event.kind === 'check')
      state.checks = [...state.checks.filter(({ check }) => check !== event.check), event].toSorted((a, b) =>
        bytes(a.check, b.check),
      );
    else state.attempt = event;
  }
  return [...states.values()].toSorted(
    (a, b) => bytes(a.asset, b.asset) || bytes(a.partition ?? '', b.partition ?? ''),
  );
}

const bytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
