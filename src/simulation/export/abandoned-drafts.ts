/** Databases that a publish which was killed has left half written beside the one that it was to replace. */
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { isOwnerAlive } from '../../shared/files/process-identity.js';

/** Begins the name of a draft; its owner follows. */
export const DRAFT = '.publish';

/** Those whose owner is dead; another machine's are left alone. */
export async function abandonedDrafts(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  return names
    .filter((name) => name.startsWith(`${DRAFT}@`) && isOwnerAlive(name.replace(/\.wal$/, '')) === false)
    .map((name) => path.join(folder, name));
}

export async function dropAbandoned(folder: string): Promise<void> {
  for (const file of await abandonedDrafts(folder)) await rm(file, { force: true });
}
