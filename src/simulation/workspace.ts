/** Databases kept warm between trials: one per census, used by one trial at a time. */
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '../config.js';
import { ownedName } from '../files/owned-name.js';
import { dbtPaths } from './compile-plan.js';
import { Database, type DatabaseOptions } from './database.js';
import type { Plan } from './plan.js';
import { PlanEngine } from './plan-engine.js';
import { writeCensus } from './state.js';

export interface Workspace {
  readonly engine: PlanEngine;
  readonly spillFolder: string;
  /** Set when the engine failed in it: its tables may be half made, so it is not used again. */
  broken: boolean;
}

type WorkspaceDatabase = Pick<DatabaseOptions, 'memoryLimit' | 'beforeStatement'>;

interface Slot {
  readonly workspace: Promise<Workspace>;
  /** Ends when the trial now using the workspace, and all that wait, are done. */
  queue: Promise<unknown>;
}

export class Workspaces {
  readonly #config: Config;
  readonly #limit: number;
  readonly #databaseOptions: WorkspaceDatabase;
  /** Least recently used first. */
  readonly #slots = new Map<string, Slot>();

  constructor(config: Config, limit: number, options: WorkspaceDatabase) {
    this.#config = config;
    this.#limit = limit;
    this.#databaseOptions = options;
  }

  /** Runs `work` alone in the workspace of this census; an abort while it waits its turn ends it at once. */
  async use<Result>(
    plan: Plan,
    censusFile: string,
    work: (workspace: Workspace) => Promise<Result>,
    signal?: AbortSignal,
  ): Promise<Result> {
    const key = JSON.stringify([plan.fingerprint, censusFile]);
    const slot = this.#slots.get(key) ?? {
      workspace: this.#open(plan, censusFile),
      queue: Promise.resolve(),
    };
    this.#slots.delete(key);
    this.#slots.set(key, slot);
    let hasBegun = false;
    const turn = slot.queue.then(async () => {
      signal?.throwIfAborted();
      hasBegun = true;
      const workspace = await slot.workspace;
      // The trial before has failed in it: another is opened.
      if (workspace.broken) return this.use(plan, censusFile, work, signal);
      try {
        return await work(workspace);
      } finally {
        if (workspace.broken) this.#drop(key, slot);
      }
    });
    slot.queue = turn.catch(() => undefined);
    slot.workspace.catch(() => this.#slots.delete(key));
    this.#evict();
    if (signal === undefined) return turn;
    const settled = new AbortController();
    const aborted = abortedWhile(signal, () => !hasBegun, settled.signal);
    return Promise.race([turn, aborted]).finally(() => settled.abort());
  }

  async close(): Promise<void> {
    const slots = [...this.#slots];
    for (const [key, slot] of slots) this.#drop(key, slot);
    await Promise.allSettled(slots.map(([, slot]) => slot.queue));
  }

  async #open(plan: Plan, censusFile: string): Promise<Workspace> {
    // DuckDB names spilled blocks without the database's name, so two must not share a folder.
    const spillFolder = path.join(this.#config.home, 'tmp', ownedName('spill'));
    await mkdir(spillFolder, { recursive: true });
    const database = await Database.open(':memory:', { ...this.#databaseOptions, spillFolder });
    try {
      const engine = new PlanEngine(plan, database);
      await engine.prepare(dbtPaths(this.#config).seeds);
      await writeCensus(database, censusFile);
      return { engine, spillFolder, broken: false };
    } catch (error) {
      database.close();
      await rm(spillFolder, { recursive: true, force: true });
      throw error;
    }
  }

  #evict(): void {
    for (const [key, slot] of this.#slots) {
      if (this.#slots.size <= this.#limit) return;
      this.#drop(key, slot);
    }
  }

  /** Forgets the workspace now; closes it when nobody uses it any more. */
  #drop(key: string, slot: Slot): void {
    if (this.#slots.get(key) === slot) this.#slots.delete(key);
    void slot.queue.then(async () => {
      const workspace = await slot.workspace.catch(() => undefined);
      if (workspace === undefined) return;
      workspace.engine.database.close();
      await rm(workspace.spillFolder, { recursive: true, force: true });
    });
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
