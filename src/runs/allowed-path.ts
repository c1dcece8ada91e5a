/** Which files a request may name: whoever may start a workflow must not read whatever the worker's user can. */
import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { Config } from '../config.js';
import { failure } from '../shared/errors/errors.js';

/**
 * The absolute path that a request means: a relative one is looked for in the home, then in the project. Links are
 * followed before the folder is judged.
 * @throws REQUEST_INVALID naming the field, for a file outside of home, project and `inputFolders`
 */
export function allowedPath(
  { projectRoot, home, inputFolders }: Pick<Config, 'projectRoot' | 'home' | 'inputFolders'>,
  field: string,
  file: string | undefined,
): string | undefined {
  if (file === undefined) return undefined;
  const own = [home, projectRoot];
  if (path.isAbsolute(file)) {
    if (inputFolders === 'any' || isInside([...own, ...inputFolders], file)) return file;
    throw outside(field, file, 'the home, the project or a folder of MERITLOOP_INPUT_FOLDERS');
  }
  const inside = own
    .map((root) => path.resolve(root, file))
    .filter((candidate, index) => isInside([own[index] ?? projectRoot], candidate));
  if (inside.length === 0) throw outside(field, file, 'the home or the project');
  return inside.find((candidate) => existsSync(candidate)) ?? inside.at(-1);
}

const isInside = (folders: readonly string[], file: string): boolean =>
  folders.some((folder) => real(file).startsWith(real(folder) + path.sep));

/** Where a file does not exist, the folders that do are followed. */
function real(file: string): string {
  if (existsSync(file)) return realpathSync(file);
  const folder = path.dirname(file);
  return folder === file ? file : path.join(real(folder), path.basename(file));
}

const outside = (field: string, value: string, folders: string): Error =>
  failure('REQUEST_INVALID', { source: 'request', field, value, rule: `must stay inside ${folders}` });
