/** Small text files that are there whole or not at all, also after a power cut. */
import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { types } from 'node:util';

/** Whether an error says that there is no such file. */
export const isMissingFile = (error: unknown): boolean =>
  types.isNativeError(error) && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');

/** Null where there is no such file. */
export async function readText(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (types.isNativeError(error) && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Names of the folders in a folder; none where it does not exist. */
export async function listFolders(root: string): Promise<string[]> {
  try {
    const entries = await readdir(root, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  } catch (error) {
    if (types.isNativeError(error) && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

/** Written beside, flushed and renamed into place; makes the folder. */
export const writeWhole = (file: string, text: string): Promise<void> =>
  beside(file, text, (partial) => rename(partial, file));

/** The same for a file that must be new. Returns false, and changes nothing, where it exists. */
export async function createWhole(file: string, text: string): Promise<boolean> {
  try {
    await beside(file, text, (partial) => link(partial, file));
    return true;
  } catch (error) {
    if (types.isNativeError(error) && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

async function beside(file: string, text: string, place: (partial: string) => Promise<void>): Promise<void> {
  const folder = path.dirname(file);
  await mkdir(folder, { recursive: true });
  const partial = path.join(folder, `.partial-${randomUUID()}`);
  try {
    await flushed(partial, 'wx', (handle) => handle.writeFile(text));
    await place(partial);
  } finally {
    await rm(partial, { force: true });
  }
  await flushed(folder, 'r', async () => {});
}

/**
 * Adds a line; a last line without an end, left by a writer that was killed, is cut off first. Only one writer at a
 * time may call this.
 */
export async function appendLine(file: string, line: string): Promise<void> {
  const text = await readText(file);
  const whole = text === null ? 0 : Buffer.byteLength(text.slice(0, text.lastIndexOf('\n') + 1));
  await flushed(file, text === null ? 'wx' : 'r+', async (handle) => {
    await handle.truncate(whole);
    await handle.write(`${line}\n`, whole);
  });
  if (text === null) await flushed(path.dirname(file), 'r', async () => {});
}

type Handle = Awaited<ReturnType<typeof open>>;

async function flushed(
  file: string,
  flags: string,
  work: (handle: Handle) => Promise<unknown>,
): Promise<void> {
  const handle = await open(file, flags);
  try {
    await work(handle);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
