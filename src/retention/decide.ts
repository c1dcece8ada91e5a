/** What the home may lose: a pure decision over what lies there, what refers to it, and which runs are open. */

export type StoredKind =
  | 'checkpoint'
  | 'trial'
  | 'census'
  | 'lever set'
  | 'materialization'
  | 'draft'
  | 'temporary folder';

export interface StoredItem {
  readonly kind: StoredKind;
  /** What others refer to it by: a fingerprint, an id; else its name. */
  readonly key: string;
  /** Relative to the home. */
  readonly path: string;
  readonly bytes: number;
  /** Last change of it or of anything in it, milliseconds since the epoch. */
  readonly changedAt: number;
  /** Whether the process that works in it lives; undefined where that cannot be told. */
  readonly ownerAlive?: boolean | undefined;
}

/** What a stored run, simulation, pointer or history names. */
export interface References {
  readonly leverSets: ReadonlySet<string>;
  readonly censuses: ReadonlySet<string>;
  /** Ids of simulations that a result shows, or an open run has measured. */
  readonly simulations: ReadonlySet<string>;
  readonly openRuns: number;
}

export interface Removal extends StoredItem {
  readonly reason: string;
}

/** Longer than any attempt of an activity may last. */
const DRAFT_MS = 24 * 3_600_000;

/** @param olderThanMs what is younger stays, whatever refers to it */
export function decideRemovals(
  items: readonly StoredItem[],
  references: References,
  now: number,
  olderThanMs: number,
): Removal[] {
  return items.flatMap((item) => {
    const reason = reasonToRemove(item, references, now - item.changedAt, olderThanMs);
    return reason === undefined ? [] : [{ ...item, reason }];
  });
}

function reasonToRemove(
  { kind, key, ownerAlive }: StoredItem,
  { leverSets, censuses, simulations, openRuns }: References,
  age: number,
  olderThanMs: number,
): string | undefined {
  if (kind === 'temporary folder' && ownerAlive !== undefined)
    return ownerAlive ? undefined : 'its process has ended';
  if (kind === 'draft' || kind === 'temporary folder')
    return age > Math.max(DRAFT_MS, kind === 'draft' ? 0 : olderThanMs) ? 'never finished' : undefined;
  if (age <= olderThanMs) return undefined;
  // Its plan is touched by each of its batches: what is old belongs to a run that has ended, or waits for an open one.
  if (kind === 'materialization')
    return age > DRAFT_MS && openRuns === 0 ? 'its run has ended; the catalog has what it made' : undefined;
  switch (kind) {
    case 'checkpoint':
      // Which of them an open run will ask for is not known.
      return openRuns === 0 ? 'no run is open that could go on from it' : undefined;
    case 'trial':
      return openRuns === 0 && !simulations.has(key) ? 'no result shows it' : undefined;
    case 'census':
      return censuses.has(key) ? undefined : 'no run or simulation refers to it';
    case 'lever set':
      return leverSets.has(key) ? undefined : 'no pointer, history, run or simulation refers to it';
  }
}
