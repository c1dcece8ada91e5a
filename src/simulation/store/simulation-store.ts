/** Finished simulations and trials on disk: folders named by their fingerprint, whole or absent. */
import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { simulationSummary, type SimulationSummary } from '../simulation.contract.js';
import { failure } from '../../shared/errors/errors.js';

/** `tables`: with both Parquet files, under `simulations/`; `summary`: a trial's summary and levers, under `trials/`. */
export type Keep = 'summary' | 'tables';

const FOLDERS: Readonly<Record<Keep, string>> = { tables: 'simulations', summary: 'trials' };
const ID = /^[0-9a-f]{32}$/;

const isMissing = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT';

export class SimulationStore {
  readonly #home: string;

  constructor(home: string) {
    this.#home = home;
  }

  folder(id: string, keep: Keep): string {
    return path.join(this.#home, FOLDERS[keep], id);
  }

  /** The stored summary; one with tables answers for a trial too. */
  async find(id: string, keep: Keep): Promise<SimulationSummary | undefined> {
    const kinds: readonly Keep[] = keep === 'tables' ? ['tables'] : ['tables', 'summary'];
    for (const kind of kinds) {
      try {
        const text = await readFile(path.join(this.folder(id, kind), 'summary.json'), 'utf8');
        const summary = simulationSummary.parse(JSON.parse(text));
        // In use again: `gc` goes by age.
        if (kind === 'summary') await utimes(this.folder(id, kind), new Date(), new Date());
        return summary;
      } catch (error) {
        if (isMissing(error)) continue;
        if (!(error instanceof SyntaxError || error instanceof z.ZodError)) throw error;
        const folder = this.folder(id, kind);
        throw failure(
          'STORED_FILE_DAMAGED',
          { path: path.join(folder, 'summary.json'), detail: error.message, remove: folder },
          error,
        );
      }
    }
    return undefined;
  }

  /** @throws SIMULATION_UNKNOWN */
  async load(id: string): Promise<SimulationSummary> {
    const found = ID.test(id) ? await this.find(id, 'summary') : undefined;
    if (found === undefined) throw failure('SIMULATION_UNKNOWN', { simulation: id });
    return found;
  }

  /** `write` fills a folder of its own, which then takes its name in one step; a whole twin that came first wins. */
  async save(id: string, keep: Keep, write: (folder: string) => Promise<void>): Promise<void> {
    const target = this.folder(id, keep);
    const draft = path.join(path.dirname(target), `.draft-${randomUUID()}`);
    await mkdir(draft, { recursive: true });
    try {
      await write(draft);
      if (keep === 'tables') await flush(draft);
      if (await renamed(draft, target)) return;
      if ((await this.find(id, keep)) !== undefined) return;
      // What stands there has no summary: somebody else's doing, and of no use.
      await rm(target, { recursive: true });
      await renamed(draft, target);
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
  }

  /** Ids of the finished simulations, newest first. */
  async list(): Promise<string[]> {
    const folder = path.join(this.#home, FOLDERS.tables);
    try {
      const ids = (await readdir(folder)).filter((name) => ID.test(name));
      const dated = await Promise.all(
        ids.map(async (id) => ({ id, time: (await stat(path.join(folder, id))).mtimeMs })),
      );
      return dated.toSorted((a, b) => b.time - a.time).map(({ id }) => id);
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  }
}

/** False when the name is taken. */
async function renamed(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}

/** Makes sure that the files outlast a power cut, before they take their name. */
async function flush(folder: string): Promise<void> {
  for (const name of [...(await readdir(folder)), '.']) {
    const handle = await open(path.join(folder, name));
    await handle.sync();
    await handle.close();
  }
}

/** Two spaces and a final newline, for people who look. */
export const writeJson = (file: string, value: unknown): Promise<void> =>
  writeFile(file, `${JSON.stringify(value, null, 2)}\n`);
