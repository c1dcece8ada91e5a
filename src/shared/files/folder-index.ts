/** The folders in a folder, each in brief: read once, and again only when it has changed. Of runs and of grids. */
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as otherWork } from 'node:timers/promises';
import { MeritloopError } from '../errors/errors.js';
import { listFolders } from './durable.js';

/** A folder that changed this lately may change again within one tick of the file system's clock. */
const SETTLED_MS = 1000;
/** Folders looked at before other work gets its turn. */
const IN_A_ROW = 100;

interface Kept<Brief> {
  readonly changedMs: number;
  readonly brief: Brief | DamagedFolder | undefined;
}

/** What stands in a folder cannot be read: of this one only that is known, and the others are listed all the same. */
export class DamagedFolder {
  readonly name: string;
  /** STORED_FILE_DAMAGED, which names the file. */
  readonly error: MeritloopError;

  constructor(name: string, error: MeritloopError) {
    this.name = name;
    this.error = error;
  }
}

export interface FolderIndex<Brief> {
  /** In no order. */
  readonly briefs: () => Promise<Brief[]>;
  readonly damaged: () => Promise<DamagedFolder[]>;
}

/**
 * Files are read synchronously, some at a time: of ten thousand small ones that takes a tenth of the time that as many
 * promises take, and never more files are open than the system allows.
 * @param read what is kept of a folder; undefined for one that is none of these; it may throw STORED_FILE_DAMAGED
 */
export function createFolderIndex<Brief>(
  root: string,
  read: (name: string) => Brief | undefined,
): FolderIndex<Brief> {
  const known = new Map<string, Kept<Brief>>();
  const isDamaged = (found: Brief | DamagedFolder): found is DamagedFolder => found instanceof DamagedFolder;
  return {
    briefs: async () => (await all()).filter((found): found is Brief => !isDamaged(found)),
    damaged: async () => (await all()).filter(isDamaged),
  };

  async function all(): Promise<(Brief | DamagedFolder)[]> {
    const names = await listFolders(root);
    const found: (Brief | DamagedFolder | undefined)[] = [];
    for (const [index, name] of names.entries()) {
      if (index % IN_A_ROW === IN_A_ROW - 1) await otherWork();
      found.push(look(name));
    }
    const still = new Set(names);
    for (const name of known.keys()) if (!still.has(name)) known.delete(name);
    return found.filter((brief) => brief !== undefined);
  }

  function look(name: string): Brief | DamagedFolder | undefined {
    // Every file is renamed into its folder, which changes the folder's time.
    const changedMs = statSync(path.join(root, name), { throwIfNoEntry: false })?.mtimeMs;
    if (changedMs === undefined) return undefined;
    const kept = known.get(name);
    if (kept?.changedMs === changedMs) return kept.brief;
    const brief = readOrName(name);
    if (Date.now() - changedMs > SETTLED_MS) known.set(name, { changedMs, brief });
    return brief;
  }

  function readOrName(name: string): Brief | DamagedFolder | undefined {
    try {
      return read(name);
    } catch (error) {
      if (error instanceof MeritloopError && error.code === 'STORED_FILE_DAMAGED')
        return new DamagedFolder(name, error);
      throw error;
    }
  }
}

/** Undefined where there is no such file. */
export function textNow(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
