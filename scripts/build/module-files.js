/** Lists a built module and every file of ours that it imports, directly or not. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const RELATIVE_IMPORT = /\b(?:from|import)\s*\(?\s*['"](\.{1,2}\/[^'"]+)['"]/g;

/**
 * @param {string} entry
 * @returns {string[]} sorted paths
 */
export function moduleFiles(entry) {
  const found = new Set([entry]);
  // A set hands out what is added to it while it is walked.
  for (const file of found) {
    for (const [, specifier = ''] of readFileSync(file, 'utf8').matchAll(RELATIVE_IMPORT)) {
      const imported = path.resolve(path.dirname(file), specifier);
      if (existsSync(imported)) found.add(imported);
    }
  }
  return [...found].sort();
}
