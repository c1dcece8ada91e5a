/** Databases kept warm between trials: of each company one for each random seed, while there is room; used by one trial at a time. */
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '../../config.js';
import { ownedName } from '../../shared/files/process-identity.js';
import { Database, type DatabaseOptions } from './database.js';
import type { Plan } from '../model/plan.js';
import { PlanEngine } from './plan-engine.js';
import { writeCensus } from './state.js';

export interface Workspace {
  readonly engine: PlanEngine;
  readonly spillFolder: string;
  /** Set when the engine failed in it: its tables may be half made, so it is not used again. */
  broken: boolean;
  /** The random seed of the years that its tables hold. */
  seed: number | undefined;
}

/** What a trial needs of its workspace. */
export interface WorkspaceWish {
  readonly plan: Plan;
  readonly censusFile: string;
  /** Rows of the census. */
  readonly employees: number;
  readonly seed: number;
}

/**
 * With tables of the same seed a trial that moves pay alone runs pay alone, in a third of the time or less. A database of 5,000
 * people takes about 30 MB, one of 50,000 about 80 MB: more than one of a company are kept while they are small.
 */
const MOST_OF_A_COMPANY = 16;
const MOST_PEOPLE = 400_000;

/** A run of many seeds asks for each again within seconds; what nobody asked for so long only takes memory. */
const IDLE_MS = 30_000;

export interface WorkspaceOptions extends Pick<DatabaseOptions, 'memoryLimit' | 'beforeStatement'> {
  /** Unused ones beyond the first few are closed after so long. */
  readonly idleMs?: number | undefined;
}

interface Slot {
  readonly company: string;
  readonly employees: number;
  readonly workspace: Promise<Workspace>;
  /** The random seed of the last trial in the queue; when it is empty, that of the tables. */
  seed: number | undefined;
  /** Trials that use it or wait for it. */
  trials: number;
  /** When the last of them ended, in milliseconds of this process. */
  usedAt: number;
  /** Ends when the trial now using the workspace, and all that wait, are done. */
  queue: Promise<unknown>;
}

export class Workspaces {
  readonly #config: Config;
  readonly #limit: number;
  readonly #databaseOptions: WorkspaceOptions;
  readonly #idleMs: number;
  #timer: NodeJS.Timeout | undefined;
  /** Least recently used first. */
  readonly #slots = new Set<Slot>();
  /** Closings of workspaces that were dropped. */
  readonly #closing = new Set<Promise<void>>();

  constructor(config: Config, limit: number, options: WorkspaceOptions) {
    this.#config = config;
    this.#limit = limit;
    this.#databaseOptions = options;
    this.#idleMs = options.idleMs ?? IDLE_MS;
  }

  /** Runs `work` alone in a workspace of this company; an abort while it waits its turn ends it at once. */
  async use<Result>(
    wish: WorkspaceWish,
    work: (workspace: Workspace) => Promise<Result>,
    signal?: AbortSignal,
  ): Promise<Result> {
    const slot = this.#choose(wish);
    this.#slots.delete(slot);
    this.#slots.add(slot);
    slot.trials += 1;
    slot.seed = wish.seed;
    let hasBegun = false;
    const turn = slot.queue.then(async () => {
      signal?.throwIfAborted();
      hasBegun = true;
      const workspace = await slot.workspace;
      // The trial before has failed in it: another is opened.
      if (workspace.broken) return this.use(wish, work, signal);
      try {
        return await work(workspace);
      } finally {
        if (workspace.broken) this.#drop(slot);
      }
    });
    slot.queue = turn.catch(() => undefined).then(() => this.#leave(slot));
    slot.workspace.catch(() => this.#slots.delete(slot));
    this.#evict();
    if (signal === undefined) return turn;
    const settled = new AbortController();
    const aborted = abortedWhile(signal, () => !hasBegun, settled.signal);
    return Promise.race([turn, aborted]).finally(() => settled.abort());
  }

  /**
   * The company's workspace of that seed, be it free or not; else a free one without years, a new one while there is
   * room, or the one that was used longest ago, a free one first.
   */
  #choose({ plan, censusFile, employees, seed }: WorkspaceWish): Slot {
    const company = JSON.stringify([plan.fingerprint, censusFile]);
    const own = [...this.#slots].filter((slot) => slot.company === company);
    const free = own.filter((slot) => slot.trials === 0);
    const found = own.find((slot) => slot.seed === seed) ?? free.find((slot) => slot.seed === undefined);
    if (found !== undefined) return found;
    const room = Math.min(MOST_OF_A_COMPANY, Math.floor(MOST_PEOPLE / Math.max(employees, 1)));
    const [first = own[0]] = free;
    if (first !== undefined && own.length >= room) return first;
    return {
      company,
      employees,
      workspace: this.#open(plan, censusFile),
      seed,
      trials: 0,
      usedAt: 0,
      queue: Promise.resolve(),
    };
  }

  async #leave(slot: Slot): Promise<void> {
    slot.trials -= 1;
    if (slot.trials > 0) return;
    slot.usedAt = performance.now();
    this.#dropLater();
    const workspace = await slot.workspace.catch(() => undefined);
    if (slot.trials === 0) slot.seed = workspace?.seed;
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    for (const slot of this.#slots) this.#drop(slot);
    await Promise.all(this.#closing);
  }

  async #open(plan: Plan, censusFile: string): Promise<Workspace> {
    // DuckDB names spilled blocks without the database's name, so two must not share a folder.
    const spillFolder = path.join(this.#config.home, 'tmp', ownedName('spill'));
    await mkdir(spillFolder, { recursive: true });
    const database = await Database.open(':memory:', { ...this.#databaseOptions, spillFolder });
    try {
      const engine = new PlanEngine(plan, database);
      await engine.prepare(this.#config.seeds);
      await writeCensus(database, censusFile);
      return { engine, spillFolder, broken: false, seed: undefined };
    } catch (error) {
      await database.close();
      await rm(spillFolder, { recursive: true, force: true });
      throw error;
    }
  }

  /** A few are always kept; more while their companies are small. */
  #evict(): void {
    let people = [...this.#slots].reduce((sum, slot) => sum + slot.employees, 0);
    for (const slot of this.#slots) {
      const { size } = this.#slots;
      if (size <= this.#limit || (size <= MOST_OF_A_COMPANY && people <= MOST_PEOPLE)) return;
      people -= slot.employees;
      this.#drop(slot);
    }
  }

  /** After a while without use, all but the few that were used last; the process may end before. */
  #dropLater(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const idle = [...this.#slots].filter(
        ({ trials, usedAt }) => trials === 0 && performance.now() - usedAt >= this.#idleMs,
      );
      for (const slot of idle) if (this.#slots.size > this.#limit) this.#drop(slot);
      if (this.#slots.size > this.#limit) this.#dropLater();
    }, this.#idleMs).unref();
  }

  /** Forgets the workspace now; closes it when nobody uses it any more. */
  #drop(slot: Slot): void {
    this.#slots.delete(slot);
    const closing = slot.queue.then(async () => {
      const workspace = await slot.workspace.catch(() => undefined);
      if (workspace === undefined) return;
      await workspace.engine.database.close();
      await rm(workspace.spillFolder, { recursive: true, force: true });
    });
    this.#closing.add(closing);
    void closing.finally(() => this.#closing.delete(closing));
  }
}

/** Rejects when the signal aborts while `isWaiting`; otherwise never settles. Listens until `over`. */
const abortedWhile = (signal: AbortSignal, isWaiting: () => boolean, over: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const check = () => {
      if (isWaiting()) reject(signal.reason as Error);
    };
    signal.addEventListener('abort', check, { once: true, signal: over });
  });
