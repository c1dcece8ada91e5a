/** State that several people follow: asked for once, told to all as a snapshot and the changes after it. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

type State = object;

export interface FeedEvent {
  /** `<feed>-<number>`: a reader that comes back with it gets what came later. */
  readonly id: string;
  readonly event: 'snapshot' | 'delta' | 'end';
  readonly data: string;
}

export interface FeedSource<T extends State> {
  /** Undefined while nobody can tell. */
  readonly look: () => Promise<T | undefined>;
  readonly isOver: (state: T) => boolean;
}

const LOOK_MS = 300;
/** After its last reader left, so that one that lost its connection finds the feed as it was. */
const KEPT_MS = 30_000;
const EVENTS_KEPT = 500;

/** The top-level fields that differ, with their new values. */
export function changedFields(before: State, after: State): Record<string, unknown> {
  const old = new Map<string, unknown>(Object.entries(before));
  return Object.fromEntries(
    Object.entries(after).filter(([name, value]) => JSON.stringify(old.get(name)) !== JSON.stringify(value)),
  );
}

class Feed<T extends State> {
  readonly #epoch = randomUUID().slice(0, 8);
  readonly #source: FeedSource<T>;
  readonly #events: FeedEvent[] = [];
  #waiting: (() => void)[] = [];
  #state: T | undefined;
  #last = 0;
  #failure: Error | undefined;
  #over = false;
  readers = 0;

  constructor(source: FeedSource<T>) {
    this.#source = source;
  }

  get over(): boolean {
    return this.#over;
  }

  /** Looks until the state is over or `isWanted` says no; a look that fails ends the feed for its readers. */
  async run(isWanted: () => boolean): Promise<void> {
    try {
      while (!this.#over && isWanted()) {
        const state = await this.#source.look();
        if (state !== undefined) this.#take(state);
        if (!this.#over) await sleep(LOOK_MS);
      }
    } catch (error) {
      this.#failure = error as Error;
      this.#over = true;
    }
    this.#wake();
  }

  /** What a reader that has seen `lastId` gets, until the end or an abort. @throws what the look threw */
  async *read(lastId: string | undefined, signal: AbortSignal): AsyncGenerator<FeedEvent> {
    let seen = this.#numberOf(lastId);
    while (!signal.aborted) {
      const next =
        seen === undefined
          ? this.#snapshot()
          : this.#events.find(({ id }) => (this.#numberOf(id) ?? 0) > (seen ?? 0));
      if (next !== undefined) {
        yield next;
        seen = this.#numberOf(next.id);
        if (next.event === 'end') return;
        continue;
      }
      if (this.#over) {
        if (this.#failure !== undefined) throw this.#failure;
        return;
      }
      await this.#changed(signal);
    }
  }

  #take(state: T): void {
    const over = this.#source.isOver(state);
    const delta = this.#state === undefined ? state : changedFields(this.#state, state);
    this.#state = state;
    this.#over = over;
    if (Object.keys(delta).length === 0 && !over) return;
    this.#last += 1;
    const first = this.#last === 1;
    const event = over ? 'end' : first ? 'snapshot' : 'delta';
    this.#events.push({
      id: `${this.#epoch}-${this.#last}`,
      event,
      data: JSON.stringify(event === 'delta' ? delta : state),
    });
    if (this.#events.length > EVENTS_KEPT) this.#events.shift();
    this.#wake();
  }

  /** The whole state under the number of its last change. */
  #snapshot(): FeedEvent | undefined {
    if (this.#state === undefined) return undefined;
    return {
      id: `${this.#epoch}-${this.#last}`,
      event: this.#over ? 'end' : 'snapshot',
      data: JSON.stringify(this.#state),
    };
  }

  /** Undefined: an id of another feed, or of events that are no longer kept. */
  #numberOf(id: string | undefined): number | undefined {
    const [, epoch, number] = /^(.+)-(\d+)$/.exec(id ?? '') ?? [];
    if (epoch !== this.#epoch) return undefined;
    const oldest = this.#last - this.#events.length;
    const seen = Number(number);
    return seen >= oldest && seen <= this.#last ? seen : undefined;
  }

  async #changed(signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#waiting.push(resolve);
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

export class Feeds {
  readonly #feeds = new Map<string, Feed<State>>();
  readonly #closing = new AbortController();
  readonly #keptMs: number;

  constructor(keptMs = KEPT_MS) {
    this.#keptMs = keptMs;
  }

  /** Events of `key` for one reader; all readers of a key share one look. */
  async *follow<T extends State>(
    key: string,
    source: FeedSource<T>,
    lastId: string | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<FeedEvent> {
    const feed = this.#feeds.get(key) ?? this.#open(key, source);
    feed.readers += 1;
    try {
      yield* feed.read(lastId, AbortSignal.any([signal, this.#closing.signal]));
    } finally {
      feed.readers -= 1;
    }
  }

  /** Ends every reader. */
  close(): void {
    this.#closing.abort();
    this.#feeds.clear();
  }

  #open<T extends State>(key: string, source: FeedSource<T>): Feed<State> {
    // A feed only ever gets states of its own source.
    const feed = new Feed(source) as unknown as Feed<State>;
    this.#feeds.set(key, feed);
    let unread = 0;
    const isWanted = (): boolean => {
      unread = feed.readers > 0 ? 0 : unread + LOOK_MS;
      return unread <= this.#keptMs && !this.#closing.signal.aborted;
    };
    void feed.run(isWanted).finally(() => {
      if (this.#feeds.get(key) === feed) this.#feeds.delete(key);
    });
    return feed;
  }
}
