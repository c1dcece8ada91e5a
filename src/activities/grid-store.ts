/** The folder of each grid, `<home>/grids/<grid_id>/`: its result, and what it was asked. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { gridResult, type GridResult } from '../contract/grid.js';
import { listFolders, readText, writeWhole } from '../files/durable.js';

export interface StoredGrid {
  /** Fingerprint of the request; null where the starter gave none. */
  readonly request: string | null;
  /** ISO 8601. */
  readonly finished_at: string;
  readonly result: GridResult;
}

export type GridStore = ReturnType<typeof createGridStore>;

export function createGridStore(home: string) {
  const folder = path.join(home, 'grids');
  const fileOf = (gridId: string): string => path.join(folder, gridId, 'grid.json');
  const find = async (gridId: string): Promise<StoredGrid | undefined> => {
    const text = await readText(fileOf(gridId));
    if (text === null) return undefined;
    const { request, finished_at, result } = JSON.parse(text) as StoredGrid;
    return { request, finished_at, result: gridResult.parse(result) };
  };
  return {
    fileOf,

    async save(grid: StoredGrid): Promise<void> {
      const file = fileOf(grid.result.grid_id);
      await mkdir(path.dirname(file), { recursive: true });
      await writeWhole(file, `${JSON.stringify(grid, null, 2)}\n`);
    },

    /** The end of a grid; undefined while there is none. */
    find,

    /** Those that have ended, in no order. */
    async list(): Promise<StoredGrid[]> {
      const found = await Promise.all((await listFolders(folder)).map(find));
      return found.filter((grid) => grid !== undefined);
    },
  };
}
