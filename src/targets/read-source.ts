/** A file of the user's, read whole; what cannot be read is named with its path. */
import { readFile } from 'node:fs/promises';
import { types } from 'node:util';
import { parseJsonText } from '../shared/files/json-text.js';
import { failure } from '../shared/errors/errors.js';

/** @throws MeritloopError FILE_MISSING, FILE_UNREADABLE */
export async function readSource(file: string, source: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (types.isNativeError(error) && 'code' in error && error.code === 'ENOENT')
      throw failure('FILE_MISSING', { source, path: file }, error);
    if (!types.isNativeError(error)) throw error;
    throw failure('FILE_UNREADABLE', { source, path: file, reason: error.message }, error);
  }
}

/** @throws MeritloopError FILE_UNREADABLE for what is no JSON */
export function parseJson(text: string, file: string, source: string): unknown {
  try {
    return parseJsonText(text);
  } catch (error) {
    if (!types.isNativeError(error)) throw error;
    throw failure('FILE_UNREADABLE', { source, path: file, reason: error.message }, error);
  }
}

export const readJson = async (file: string, source: string): Promise<unknown> =>
  parseJson(await readSource(file, source), file, source);
