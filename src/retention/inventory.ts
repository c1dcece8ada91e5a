/** What lies in a home folder that can be made again, or was never finished. */
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { isOwnerAlive } from '../shared/files/process-identity.js';
import type { StoredItem, StoredKind } from './decide.js';

const SHA256 = /^[0-9a-f]{64}$/;
const ID = /^[0-9a-f]{32}$/;
/** Everything is written beside under such a name: `.draft-…`, `.partial-…`, `….draft`, a checkpoint's `.<id>.<uuid>`. */
const DRAFT = /^\.draft-|^\.partial-|\.draft$|^\.[0-9a-f]{16,64}\./;

interface Place {
  readonly folder: string;
  readonly kind: StoredKind;
  /** The key in a name; undefined for what is none of this kind. */
  readonly keyOf: (name: string) => string | undefined;
}

const matching =
  (pattern: RegExp, extension = '') =>
  (name: string): string | undefined => {
    const key = name.endsWith(extension) ? name.slice(0, name.length - extension.length) : '';
    return pattern.test(key) ? key : undefined;
  };

const PLACES: readonly Place[] = [
  { folder: 'checkpoints', kind: 'checkpoint', keyOf: matching(/^[0-9a-f]{16,64}$/, '.parquet') },
  { folder: 'checkpoints', kind: 'checkpoint', keyOf: matching(/^[0-9a-f]{16,64}$/, '.seal.json') },
  { folder: 'trials', kind: 'trial', keyOf: matching(ID) },
  { folder: 'inputs', kind: 'census', keyOf: matching(SHA256) },
  { folder: 'levers', kind: 'lever set', keyOf: matching(SHA256, '.csv') },
  { folder: 'materializations', kind: 'materialization', keyOf: (name) => name },
  { folder: 'tmp', kind: 'temporary folder', keyOf: (name) => name },
];
/** Only their drafts: finished simulations, runs and records of the catalog stay. */
const KEPT = ['simulations', 'runs', 'catalog/events'];

export async function readInventory(home: string): Promise<StoredItem[]> {
  const items: StoredItem[] = [];
  for (const { folder, kind, keyOf } of PLACES) {
    for (const name of await namesIn(path.join(home, folder))) {
      const key = keyOf(name);
      const known = key === undefined ? (DRAFT.test(name) ? 'draft' : undefined) : kind;
      if (known !== undefined)
        items.push(...(await itemOf(home, known, key ?? name, path.join(folder, name))));
    }
  }
  for (const folder of KEPT) {
    for (const name of await namesIn(path.join(home, folder), folder === 'runs'))
      if (DRAFT.test(path.basename(name)))
        items.push(...(await itemOf(home, 'draft', name, path.join(folder, name))));
  }
  return items;
}

async function itemOf(home: string, kind: StoredKind, key: string, file: string): Promise<StoredItem[]> {
  const measured = await measure(path.join(home, file));
  if (measured === undefined) return [];
  const owned = kind === 'temporary folder' ? { ownerAlive: isOwnerAlive(path.basename(file)) } : {};
  return [{ kind, key, path: file, ...measured, ...owned }];
}

/** Bytes and last change of a file, or of a folder with all in it; undefined when it has gone meanwhile. */
export async function measure(file: string): Promise<Pick<StoredItem, 'bytes' | 'changedAt'> | undefined> {
  try {
    const own = await stat(file);
    if (!own.isDirectory()) return { bytes: own.size, changedAt: own.mtimeMs };
    const inside = await Promise.all(
      (await readdir(file, { recursive: true })).map((name) => stat(path.join(file, name))),
    );
    return {
      bytes: inside.reduce((sum, entry) => sum + (entry.isFile() ? entry.size : 0), 0),
      changedAt: Math.max(own.mtimeMs, ...inside.map(({ mtimeMs }) => mtimeMs)),
    };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function namesIn(folder: string, recursive = false): Promise<string[]> {
  try {
    return (await readdir(folder, { recursive })).toSorted();
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

export const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';
