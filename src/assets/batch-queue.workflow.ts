/** Which batches may begin: all that they need is done, a slot of their pool is free, and the run has room. Pure. */
import type { BatchOutline } from './materialize.activities.js';

/** Computations of one pool are made one at a time: they would meet at one database or use every core. */
const SLOTS_OF_A_POOL = 1;
/** What took no longer shares an activity with others, which costs ten times as much as making it. */
const LIGHT_SECONDS = 0.1;
/** So long may the batches of one load take together, as they last did: more would hold up what reads them. */
const LOAD_SECONDS = 0.5;
const LOAD_BATCHES = 100;
/** After so many light ones of this run in a row, one of which nothing is known is taken to be light as well … */
const PROOFS = 16;
/** … but no more of these share an activity: if one is not light, few wait for it. */
const LOAD_UNKNOWN = 8;

/** Batches that one activity makes, in this order: one, or light ones. */
export type Load = readonly number[];

export class BatchQueue {
  readonly #batches: readonly BatchOutline[];
  readonly #parallelism: number;
  readonly #done: Set<number>;
  readonly #alone: Set<number>;
  readonly #running = new Set<Load>();
  /** How many of those that a batch needs are not done. */
  readonly #missing: number[];
  readonly #needed: number[][];
  readonly #ready = new Set<number>();
  #proofs = 0;

  /** @param alone batches that share no activity, however light they were */
  constructor(
    batches: readonly BatchOutline[],
    parallelism: number,
    done: readonly number[],
    alone: readonly number[] = [],
  ) {
    this.#batches = batches;
    this.#parallelism = parallelism;
    this.#done = new Set(done);
    this.#alone = new Set(alone);
    this.#needed = batches.map(() => []);
    this.#missing = batches.map(({ after }, index) => {
      const missing = after.filter((needed) => !this.#done.has(needed));
      for (const needed of missing) this.#needed[needed]?.push(index);
      return missing.length;
    });
    for (const index of batches.keys())
      if (this.#missing[index] === 0 && !this.#done.has(index)) this.#ready.add(index);
  }

  batch(index: number): BatchOutline {
    const found = this.#batches[index];
    if (found === undefined) throw new RangeError(`no batch ${index}`);
    return found;
  }

  label(load: Load): string {
    const [first = 0] = load;
    const { label } = this.batch(first);
    return load.length === 1 ? label : `${label} and ${load.length - 1} more`;
  }

  /** Takes every batch that may begin now. */
  take(): Load[] {
    const taken: Load[] = [];
    for (const index of this.#ready) {
      if (this.#running.size >= this.#parallelism) break;
      if (this.#holder(this.batch(index).pool) !== undefined) continue;
      const load = this.#isLight(index) ? this.#lightLoad(index) : [index];
      for (const member of load) this.#ready.delete(member);
      this.#running.add(load);
      taken.push(load);
    }
    return taken;
  }

  /** @param left batches of the load that were not made, and may begin again */
  finish(load: Load, left: Load = []): void {
    this.#running.delete(load);
    for (const index of load) {
      if (left.includes(index)) continue;
      this.#done.add(index);
      for (const other of this.#needed[index] ?? []) {
        const missing = (this.#missing[other] ?? 1) - 1;
        this.#missing[other] = missing;
        if (missing === 0) this.#ready.add(other);
      }
    }
    // What was taken along with what it reads is no sooner ready than that is done.
    for (const index of load)
      if (this.#done.has(index)) this.#ready.delete(index);
      else if (this.#missing[index] === 0) this.#ready.add(index);
  }

  /** Tells of batches made by this run. @param longestSeconds of the one that took longest */
  learn(batches: number, longestSeconds: number): void {
    this.#proofs = longestSeconds <= LIGHT_SECONDS ? this.#proofs + batches : 0;
  }

  /** From now on the batch shares no activity. */
  makeAlone(index: number): void {
    this.#alone.add(index);
  }

  get done(): number[] {
    return [...this.#done];
  }

  get alone(): number[] {
    return [...this.#alone].filter((index) => !this.#done.has(index));
  }

  get isDone(): boolean {
    return this.#done.size === this.#batches.length;
  }

  /** @param isAtWork false for a batch that waits */
  running(isAtWork: (index: number) => boolean): string[] {
    return [...this.#running].filter((load) => load.every(isAtWork)).map((load) => this.label(load));
  }

  /** What could begin but for its pool. */
  get waiting(): string[] {
    return [...this.#ready].flatMap((index) => {
      const holder = this.#holder(this.batch(index).pool);
      return holder === undefined ? [] : [this.waitingFor(index, holder)];
    });
  }

  waitingFor(index: number, holder: string): string {
    const { label, pool } = this.batch(index);
    return `${label} waits for pool ${pool} (held by ${holder})`;
  }

  #isLight(index: number): boolean {
    const { runsAs, pool } = this.batch(index);
    const isAlone = runsAs === 'workflow' || pool !== null || this.#alone.has(index);
    return !isAlone && this.#seconds(index) <= LIGHT_SECONDS;
  }

  /** What the batch is expected to take. */
  #seconds(index: number): number {
    const { lastSeconds } = this.batch(index);
    return lastSeconds ?? (this.#proofs < PROOFS ? Infinity : LOAD_SECONDS / LOAD_UNKNOWN);
  }

  /** This place's share of the light batches that are ready, and what they make ready. */
  #lightLoad(first: number): Load {
    const light = [...this.#ready].filter((index) => this.#isLight(index));
    const share = Math.ceil(light.length / (this.#parallelism - this.#running.size));
    const load: number[] = [];
    const missing = new Map<number, number>();
    let seconds = 0;
    const candidates = [first, ...light.filter((index) => index !== first).slice(0, share - 1)];
    for (const index of candidates) {
      seconds += this.#seconds(index);
      if (load.length > 0 && (seconds > LOAD_SECONDS || load.length >= LOAD_BATCHES)) break;
      load.push(index);
      for (const other of this.#needed[index] ?? []) {
        const left = (missing.get(other) ?? this.#missing[other] ?? 0) - 1;
        missing.set(other, left);
        if (left === 0 && this.#isLight(other)) candidates.push(other);
      }
    }
    return load;
  }

  /** What holds a pool's slots, when all are held. */
  #holder(pool: string | null): string | undefined {
    if (pool === null) return undefined;
    const holders = [...this.#running].filter(
      ([index]) => index !== undefined && this.batch(index).pool === pool,
    );
    return holders.length < SLOTS_OF_A_POOL ? undefined : holders.map((load) => this.label(load)).join(', ');
  }
}
