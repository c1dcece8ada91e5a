/** Finished simulations and trials on disk: folders named by their fingerprint, whole or absent. */
import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { simulationSummary, type SimulationSummary } from '../simulation.contract.js';
import { failure } from '../../shared/errors/errors.js';
import { readText } from '../../shared/files/durable.js';
import { inspectFolder, sealFolder, type Damage } from '../../shared/files/sealed-folder.js';
import { asideNote, setAside } from '../../shared/files/set-aside.js';

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

  /**
   * The stored summary, its small files compared with their seal; one with tables answers for a trial too.
   * @throws MeritloopError STORED_FILE_DAMAGED naming the file and what differs
   */
  async find(id: string, keep: Keep): Promise<SimulationSummary | undefined> {
    for (const kind of kindsFor(keep)) {
      const folder = this.folder(id, kind);
      const found = await inspect(folder, isSmall);
      if (found === undefined) continue;
      if (found.damage !== undefined) throw damaged(folder, found.damage);
      await touch(folder, kind);
      return found.summary;
    }
    return undefined;
  }

  /** For reuse: every byte is compared with the seal. What is damaged is put aside and told, and counts as not there. */
  async findWhole(
    id: string,
    keep: Keep,
    onDamaged: (note: string) => void,
  ): Promise<SimulationSummary | undefined> {
    for (const kind of kindsFor(keep)) {
      const folder = this.folder(id, kind);
      const found = await inspect(folder);
      if (found === undefined) continue;
      if (found.damage === undefined) {
        await touch(folder, kind);
        return found.summary;
      }
      const aside = await setAside(this.#home, folder);
      onDamaged(asideNote(found.damage, aside, 'The simulation is made again'));
    }
    return undefined;
  }

  /** Compares every byte of a simulation's folder with its seal. @throws MeritloopError STORED_FILE_DAMAGED */
  async requireWhole(folder: string): Promise<void> {
    const { damage } = await inspectFolder(folder);
    if (damage !== undefined) throw damaged(folder, damage);
  }

  /** @throws SIMULATION_UNKNOWN, STORED_FILE_DAMAGED */
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
      await sealFolder(draft);
      if (keep === 'tables') await flush(draft);
      if (await renamed(draft, target)) return;
      const there = await inspect(target);
      if (there !== undefined && there.damage === undefined) return;
      await setAside(this.#home, target);
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

const kindsFor = (keep: Keep): readonly Keep[] => (keep === 'tables' ? ['tables'] : ['tables', 'summary']);

/** In use again: `gc` removes trials by age. */
async function touch(folder: string, kind: Keep): Promise<void> {
  if (kind === 'summary') await utimes(folder, new Date(), new Date());
}

/** Read whenever the simulation is: its tables are read by DuckDB, and compared where they are reused or published. */
const isSmall = (name: string): boolean => !name.endsWith('.parquet');

type Found =
  | { readonly summary: SimulationSummary; readonly damage: undefined }
  | { readonly damage: Damage };

/** Undefined where there is no such folder. */
async function inspect(folder: string, isRead?: (name: string) => boolean): Promise<Found | undefined> {
  const { sealed, damage } = await inspectFolder(folder, isRead);
  if (damage !== undefined) return { damage };
  const file = path.join(folder, 'summary.json');
  const text = await readText(file);
  if (text === null && !sealed) return undefined;
  try {
    return { summary: simulationSummary.parse(JSON.parse(text ?? '')), damage: undefined };
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof z.ZodError)) throw error;
    return { damage: { path: file, detail: error.message } };
  }
}

const damaged = (folder: string, { path: file, detail }: Damage) =>
  failure('STORED_FILE_DAMAGED', { path: file, detail, remove: folder });

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
