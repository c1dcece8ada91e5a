/** The folder of each grid, `<home>/grids/<grid_id>/`: its result, and what it was asked. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { gridResult, type GridResult } from './grid.contract.js';
import { readText, writeWhole } from '../shared/files/durable.js';
import { parseStored, withSeal } from '../shared/files/stored-json.js';
import { createFolderIndex, textNow } from '../shared/files/folder-index.js';

export interface StoredGrid {
  /** The request as it came; absent in homes of before. */
  readonly asked?: unknown;
  /** ISO 8601. */
  readonly finished_at: string;
  readonly result: GridResult;
}

/** What lists of grids show. */
export type GridBrief = Pick<GridResult, 'grid_id' | 'status' | 'requested_by' | 'counts'> &
  Pick<StoredGrid, 'finished_at'>;

export type GridStore = ReturnType<typeof createGridStore>;

export function createGridStore(home: string) {
  const folder = path.join(home, 'grids');
  const fileOf = (gridId: string): string => path.join(folder, gridId, 'grid.json');
  const parsed = (gridId: string, text: string): StoredGrid =>
    parseStored(fileOf(gridId), text, (value) => {
      const { asked, finished_at, result } = value as StoredGrid;
      return { asked, finished_at, result: gridResult.parse(result) };
    });
  const index = createFolderIndex(folder, (gridId): GridBrief | undefined => {
    const text = textNow(fileOf(gridId));
    if (text === undefined) return undefined;
    const { finished_at, result } = parsed(gridId, text);
    const { grid_id, status, requested_by, counts } = result;
    return { grid_id, status, requested_by, counts, finished_at };
  });
  return {
    fileOf,

    async save(grid: StoredGrid): Promise<void> {
      const file = fileOf(grid.result.grid_id);
      await mkdir(path.dirname(file), { recursive: true });
      await writeWhole(file, `${JSON.stringify(withSeal(grid), null, 2)}\n`);
    },

    /** The end of a grid; undefined while there is none. */
    async find(gridId: string): Promise<StoredGrid | undefined> {
      const text = await readText(fileOf(gridId));
      return text === null ? undefined : parsed(gridId, text);
    },

    /** Those that have ended, in no order. */
    briefs: index.briefs,
    damaged: index.damaged,
  };
}
