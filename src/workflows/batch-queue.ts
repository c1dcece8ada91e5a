/** Which batch may begin: all that it needs is done, a slot of its pool is free, and the run has room. Pure. */
import type { BatchOutline } from '../activities/materialize.js';

/** Computations of one pool are made one at a time: they would meet at one database or use every core. */
const SLOTS_OF_A_POOL = 1;

export class BatchQueue {
  readonly #batches: readonly BatchOutline[];
  readonly #parallelism: number;
  readonly #done: Set<number>;
  readonly #running = new Set<number>();
  /** How many of those that a batch needs are not done. */
  readonly #missing: number[];
  readonly #needed: number[][];
  readonly #ready: number[] = [];

  constructor(batches: readonly BatchOutline[], parallelism: number, done: readonly number[]) {
    this.#batches = batches;
    this.#parallelism = parallelism;
    this.#done = new Set(done);
    this.#needed = batches.map(() => []);
    this.#missing = batches.map(({ after }, index) => {
      const missing = after.filter((needed) => !this.#done.has(needed));
      for (const needed of missing) this.#needed[needed]?.push(index);
      return missing.length;
    });
    for (const index of batches.keys())
      if (this.#missing[index] === 0 && !this.#done.has(index)) this.#ready.push(index);
  }

  batch(index: number): BatchOutline {
    const found = this.#batches[index];
    if (found === undefined) throw new RangeError(`no batch ${index}`);
    return found;
  }

  /** Takes every batch that may begin now. */
  take(): number[] {
    const taken: number[] = [];
    for (const index of this.#ready.slice()) {
      if (this.#running.size >= this.#parallelism) break;
      if (this.#holders(this.batch(index).pool).length >= SLOTS_OF_A_POOL) continue;
      this.#ready.splice(this.#ready.indexOf(index), 1);
      this.#running.add(index);
      taken.push(index);
    }
    return taken;
  }

  finish(index: number): void {
    this.#running.delete(index);
    this.#done.add(index);
    for (const other of this.#needed[index] ?? []) {
      const missing = (this.#missing[other] ?? 1) - 1;
      this.#missing[other] = missing;
      if (missing === 0) this.#ready.push(other);
    }
  }

  get done(): number[] {
    return [...this.#done];
  }

  get isDone(): boolean {
    return this.#done.size === this.#batches.length;
  }

  get running(): string[] {
    return [...this.#running].map((index) => this.batch(index).label);
  }

  /** What could begin but for its pool. */
  get waiting(): string[] {
    return this.#ready.flatMap((index) => {
      const { label, pool } = this.batch(index);
      const holders = this.#holders(pool);
      return holders.length === 0 ? [] : [`${label} waits for pool ${pool} (held by ${holders.join(', ')})`];
    });
  }

  #holders(pool: string | null): string[] {
    if (pool === null) return [];
    return [...this.#running]
      .map((index) => this.batch(index))
      .filter((other) => other.pool === pool)
      .map(({ label }) => label);
  }
}
