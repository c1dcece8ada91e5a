/** Tells whether dist/ was built from the sources as they are: by times and sizes first, by contents only where those moved. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fingerprint, writeStamp } from '../set-up/stamp.js';

/** What a build depends on beside the files under src/. */
const OTHER_INPUTS = ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json', 'scripts/build.js'];

/**
 * @typedef {Record<string, [number, number]>} Times file to modification time and size
 * @typedef {{ fingerprint: string, bundle: string | null, times: Times }} BuildStamp
 */

/** @param {string} root the project's folder */
export const stampFile = (root) => path.join(root, 'dist', '.meritloop-stamp');

/**
 * @param {string} root
 * @returns {BuildStamp | undefined}
 */
export function readStamp(root) {
  const file = stampFile(root);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/**
 * @param {string} root
 * @returns {boolean} also notes new times of unchanged files
 */
export function isBuilt(root) {
  const stamp = readStamp(root);
  if (stamp === undefined) return false;
  const times = sourceTimes(root);
  if (JSON.stringify(times) === JSON.stringify(stamp.times)) return true;
  if (sourcesFingerprint(root, times) !== stamp.fingerprint) return false;
  writeStamp(stampFile(root), JSON.stringify({ ...stamp, times }));
  return true;
}

/**
 * @param {string} root
 * @param {Times} times whose names are the files
 */
export function sourcesFingerprint(root, times) {
  const names = Object.keys(times);
  return fingerprint(
    names.map((name) => path.join(root, name)),
    names,
  );
}

/**
 * @param {string} root
 * @returns {Times} sorted by name
 */
export function sourceTimes(root) {
  const sources = readdirSync(path.join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
  const names = [...sources, ...OTHER_INPUTS.filter((name) => existsSync(path.join(root, name)))].sort();
  return Object.fromEntries(
    names.map((name) => {
      const { mtimeMs, size } = statSync(path.join(root, name));
      return [name, [mtimeMs, size]];
    }),
  );
}
