/** Who uses the embedded server: one file for each holder, ignored once its process is dead. */
import { randomUUID } from 'node:crypto';
import { readFile, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { writeWhole } from '../shared/files/durable.js';
import {
  identify,
  isAlive,
  processIdentity,
  type ProcessIdentity,
} from '../shared/files/process-identity.js';

/** Takes a lease for this process; call it under the server's lock. Returns its file. */
export async function takeLease(folder: string): Promise<string> {
  const holder = identify(process.pid);
  // The suffix keeps several uses within one process apart.
  const file = path.join(
    folder,
    `${holder.pid}-${holder.started ?? 'unknown'}-${randomUUID().slice(0, 8)}.json`,
  );
  await writeWhole(file, JSON.stringify(holder));
  return file;
}

export const dropLease = (file: string): Promise<void> => rm(file, { force: true });

/** Drops every lease of a process. Call it under the server's lock. */
export async function dropLeasesOf(folder: string, pid: number): Promise<void> {
  for (const file of await listLeases(folder))
    if ((await readLease(file))?.pid === pid) await dropLease(file);
}

/** The living holders. Changes nothing, so it needs no lock. */
export async function livingHolders(folder: string): Promise<ProcessIdentity[]> {
  const holders = await Promise.all((await listLeases(folder)).map(readLease));
  return holders.filter((holder) => holder !== undefined && isAlive(holder)) as ProcessIdentity[];
}

/** Removes what dead processes left. Call it under the server's lock. Returns how many leases live. */
export async function dropDeadLeases(folder: string): Promise<number> {
  let living = 0;
  for (const file of await listLeases(folder)) {
    const holder = await readLease(file);
    if (holder !== undefined && isAlive(holder)) living += 1;
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

/** Undefined for one given back meanwhile, for a draft, and for a file that is damaged: none of them holds the server. */
async function readLease(file: string): Promise<ProcessIdentity | undefined> {
  if (!file.endsWith('.json')) return undefined;
  try {
    return processIdentity.safeParse(JSON.parse(await readFile(file, 'utf8'))).data;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
