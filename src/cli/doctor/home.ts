/** Checks of the home folder: may be written, and has room. */
import { mkdtemp, rm, stat, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { types } from 'node:util';
import type { Config } from '../../config.js';
import { bytes } from '../render/number.js';
import { fail, pass, warn, type Finding } from './finding.js';

/** A simulation of a million people spills a few gigabytes. */
const COMFORTABLE = 2 * 1024 ** 3;
const LEAST = 200 * 1024 ** 2;

export async function checkHome({ home }: Config): Promise<Finding[]> {
  const existing = await nearestExisting(home);
  return [await checkWritable(home, existing), await checkSpace(existing)];
}

/** A file is written beside where the home will be: rights alone do not tell of a read-only or full disk. */
async function checkWritable(home: string, existing: string): Promise<Finding> {
  try {
    const probe = await mkdtemp(path.join(existing, '.meritloop-doctor-'));
    try {
      await writeFile(path.join(probe, 'probe'), 'x');
    } finally {
      await rm(probe, { recursive: true, force: true });
    }
  } catch (error) {
    const reason = types.isNativeError(error) ? error.message : String(error);
    return fail(
      'Home',
      `${home} cannot be written: ${reason}`,
      'Correct the permissions, or choose another --home.',
    );
  }
  return pass('Home', home === existing ? home : `${home} (made when needed)`);
}

async function checkSpace(folder: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const detail = `${bytes(free)} free`;
  const fix = 'Free disk space, or choose a --home on another disk.';
  if (free < LEAST) return fail('Disk', detail, fix);
  return free < COMFORTABLE
    ? warn('Disk', `${detail}: little for large companies`, fix)
    : pass('Disk', detail);
}

async function nearestExisting(folder: string): Promise<string> {
  try {
    if ((await stat(folder)).isDirectory()) return folder;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
  }
  return nearestExisting(path.dirname(folder));
}
