/** Files hold salaries: what this process and those that it starts make is their owner's alone. */
import { chmod, lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import { types } from 'node:util';

/** Every right of the group and of others. */
const OTHERS = 0o077;
const OF_A_FOLDER = 0o700;
const OF_A_FILE = 0o600;

/**
 * From now on files are made 0600 and folders 0700: by this process, by the databases in it, and by every process that
 * it starts. Called at the rim, by whoever owns the process.
 */
export function keepToOwner(): void {
  process.umask(OTHERS);
}

/** Runs `start`, which begins a process, so that what that process makes is its owner's alone; this one stays as it is. */
export function startedForOwner<Started>(start: () => Started): Started {
  const before = process.umask(OTHERS);
  try {
    return start();
  } finally {
    process.umask(before);
  }
}

/** All of `root` that somebody else may read, change or enter, itself included; links are left alone. */
export async function openToOthers(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true }).catch(ifGone([]));
  const found: string[] = [];
  for (const name of ['', ...entries]) {
    const file = path.join(root, name);
    const mode = await modeOf(file);
    if (mode !== undefined && (mode & OTHERS) !== 0) found.push(file);
  }
  return found;
}

/** Takes every right from all but the owner. What is gone meanwhile is passed over. */
export async function closeToOthers(files: readonly string[]): Promise<void> {
  for (const file of files) {
    const found = await lstat(file).catch(ifGone(undefined));
    if (found === undefined) continue;
    await chmod(file, found.mode & (found.isDirectory() ? OF_A_FOLDER : OF_A_FILE)).catch(ifGone(undefined));
  }
}

async function modeOf(file: string): Promise<number | undefined> {
  const found = await lstat(file).catch(ifGone(undefined));
  return found === undefined || found.isSymbolicLink() ? undefined : found.mode;
}

const ifGone =
  <Value>(value: Value) =>
  (error: unknown): Value => {
    if (types.isNativeError(error) && 'code' in error && error.code === 'ENOENT') return value;
    throw error;
  };
