/** A stamp says which inputs a finished step was done with: written last, so that an interrupted step has none. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/**
 * @param {readonly string[]} files their contents count, not their times
 * @param {readonly string[]} facts anything else that the step depends on
 */
export function fingerprint(files, facts = []) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file)).update('\0');
  for (const fact of facts) hash.update(fact).update('\0');
  return hash.digest('hex');
}

/**
 * @param {string} stamp path of the stamp
 * @param {string} expected fingerprint
 */
export const isStamped = (stamp, expected) => existsSync(stamp) && readFileSync(stamp, 'utf8') === expected;

/**
 * Appears whole or not at all.
 * @param {string} stamp path of the stamp
 * @param {string} contents
 */
export function writeStamp(stamp, contents) {
  const unfinished = `${stamp}.${process.pid}`;
  writeFileSync(unfinished, contents);
  renameSync(unfinished, stamp);
}
