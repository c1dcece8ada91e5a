/** Where levers and seeds are found, without loading an engine. */
import { readFile } from 'node:fs/promises';
import type { Config } from '../config.js';
import { failure } from '../shared/errors/errors.js';
import { LeverStore } from './store.js';

/** Its moves stand in the audit log of the home's catalog too. */
export const leverStore = (config: Config): LeverStore =>
  new LeverStore({
    home: config.home,
    seedsDir: config.seeds,
    // The catalog is loaded by those who move levers alone: most commands only read them.
    onMove: async (moves) => (await import('./record-moves.js')).recordMoves(config, moves),
  });

/** @throws MeritloopError FILE_MISSING, FILE_UNREADABLE */
export async function readLeverFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw failure('FILE_MISSING', { source: 'levers', path: file });
    throw failure('FILE_UNREADABLE', { source: 'levers', path: file, reason: message }, error);
  }
}
