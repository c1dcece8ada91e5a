/** Databases kept warm between trials: one per census, used by one trial at a time. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '../config.js';
import { dbtPaths } from './compile-plan.js';
import { Database } from './database.js';
import type { Plan } from './plan.js';
import { PlanEngine } from './plan-engine.js';
import { writeCensus } from './state.js';

export interface Workspace {
  readonly engine: PlanEngine;
  /** Set when the engine failed in it: its tables may be half made, so it is not used again. */
  broken: boolean;
}

interface Slot {
  readonly workspace: Promise<Workspace>;
  /** Ends when the trial now using the workspace, and all that wait, are done. */
  queue: Promise<unknown>;
}

export class Workspaces {
  readonly #config: Config;
  readonly #limit: number;
  /** Least recently used first. */
  readonly #slots = new Map<string, Slot>();

  constructor(config: Config, limit: number) {
    this.#config = config;
    this.#limit = limit;
  }

  /** Runs `work` alone in the workspace of this census. */
  async use<Result>(
    plan: Plan,
    censusFile: string,
    work: (workspace: Workspace) => Promise<Result>,
  ): Promise<Result> {
    const key = JSON.stringify([plan.fingerprint, censusFile]);
    const slot = this.#slots.get(key) ?? {
      workspace: this.#open(plan, censusFile),
      queue: Promise.resolve(),
    };
    this.#slots.delete(key);
    this.#slots.set(key, slot);
    const turn = slot.queue.then(async () => {
      const workspace = await slot.workspace;
      try {
        return await work(workspace);
      } finally {
        if (workspace.broken) this.#drop(key, slot);
      }
    });
    slot.queue = turn.catch(() => undefined);
    slot.workspace.catch(() => this.#slots.delete(key));
    this.#evict();
    return turn;
  }

  async close(): Promise<void> {
    const slots = [...this.#slots];
    for (const [key, slot] of slots) this.#drop(key, slot);
    await Promise.allSettled(slots.map(([, slot]) => slot.queue));
  }

  async #open(plan: Plan, censusFile: string): Promise<Workspace> {
    const spillFolder = path.join(this.#config.home, 'tmp', 'spill');
    await mkdir(spillFolder, { recursive: true });
    const database = await Database.open(':memory:', { spillFolder });
    const engine = new PlanEngine(plan, database);
    await engine.prepare(dbtPaths(this.#config).seeds);
    await writeCensus(database, censusFile);
    return { engine, broken: false };
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
      workspace?.engine.database.close();
    });
  }
}
