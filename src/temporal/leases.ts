/** Who uses the embedded server: one file for each holder, ignored once its process is dead. */
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { identify, isAlive, processIdentity, type ProcessIdentity } from '../files/process-identity.js';

/** Takes a lease for this process. Returns its file. */
export async function takeLease(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const holder = identify(process.pid);
  // The suffix keeps several uses within one process apart.
  const file = path.join(
    folder,
    `${holder.pid}-${holder.started ?? 'unknown'}-${randomUUID().slice(0, 8)}.json`,
  );
  await writeFile(file, JSON.stringify(holder));
  return file;
}

export const dropLease = (file: string): Promise<void> => rm(file, { force: true });

/** The living holders; files of dead ones are removed. Call it under the server's lock. */
export async function livingHolders(folder: string): Promise<ProcessIdentity[]> {
  const living: ProcessIdentity[] = [];
  for (const file of await listLeases(folder)) {
    const holder = await readLease(file);
    if (holder !== undefined && isAlive(holder)) living.push(holder);
    else await rm(file, { force: true });
  }
  return living;
}

async function listLeases(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).map((name) => path.join(folder, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Undefined for a file cut short by a crash: its writer is dead. */
async function readLease(file: string): Promise<ProcessIdentity | undefined> {
  const text = await readFile(file, 'utf8');
  if (text.trim() === '') return undefined;
  return processIdentity.safeParse(JSON.parse(text)).data;
}
