/** The home's secret key: whoever can read it may let levers be published, and nobody else. */
import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { types } from 'node:util';

const KEY_BYTES = 32;

export const homeKeyFile = (home: string): string => path.join(home, 'keys', 'approvals.key');

/** Made on first need, whole or not at all; of two that make it at once both get the same. Readable by its owner alone. */
export async function homeKey(home: string): Promise<Buffer> {
  return (await knownHomeKey(home)) ?? makeKey(home);
}

/** Null where nothing was ever signed in this home. */
export async function knownHomeKey(home: string): Promise<Buffer | null> {
  try {
    return Buffer.from(await readFile(homeKeyFile(home), 'utf8'), 'hex');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null;
    throw error;
  }
}

async function makeKey(home: string): Promise<Buffer> {
  const file = homeKeyFile(home);
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomUUID()}`;
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(randomBytes(KEY_BYTES).toString('hex'));
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await link(draft, file);
  } catch (error) {
    // Somebody else was quicker: theirs holds.
    if (!isCode(error, 'EEXIST')) throw error;
  } finally {
    await rm(draft, { force: true });
  }
  return Buffer.from(await readFile(file, 'utf8'), 'hex');
}

const isCode = (error: unknown, code: string): boolean =>
  types.isNativeError(error) && 'code' in error && error.code === code;
