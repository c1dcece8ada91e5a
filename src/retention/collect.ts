/** Removes from a home what nothing needs any more. */
import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { ownedName } from '../shared/files/process-identity.js';
import { decideRemovals, type Removal } from './decide.js';
import { isMissing, measure, readInventory } from './inventory.js';
import { readReferences } from './references.js';

export interface CollectOptions {
  readonly olderThanMs: number;
  /** Only tells what would be removed. */
  readonly dryRun: boolean;
  readonly now: number;
}

/**
 * What was, or would be, removed. Whatever a run takes up again is touched by it, so what has changed since it was
 * looked at stays.
 */
export async function collect(
  home: string,
  { olderThanMs, dryRun, now }: CollectOptions,
): Promise<Removal[]> {
  // In this order: what is referred to only after the look at the references is younger than any limit.
  const items = await readInventory(home);
  const removals = decideRemovals(items, await readReferences(home), now, olderThanMs);
  if (dryRun || removals.length === 0) return removals;
  const bin = path.join(home, 'tmp', ownedName('gc'));
  await mkdir(bin, { recursive: true });
  try {
    const removed: Removal[] = [];
    for (const removal of removals) if (await remove(home, bin, removal)) removed.push(removal);
    return removed;
  } finally {
    await rm(bin, { recursive: true, force: true });
  }
}

/** Out of everybody's sight in one step, then gone: nobody meets half a folder. */
async function remove(home: string, bin: string, { path: relative, changedAt }: Removal): Promise<boolean> {
  const file = path.join(home, relative);
  if ((await measure(file))?.changedAt !== changedAt) return false;
  const aside = path.join(bin, randomUUID());
  try {
    await rename(file, aside);
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
  await rm(aside, { recursive: true, force: true });
  return true;
}
