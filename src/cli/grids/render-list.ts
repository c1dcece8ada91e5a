/** Grids as text: the list. */
import type { GridListing } from '../../client/meritloop.js';
import type { Style } from '../render/style.js';
import { left, renderTable, right } from '../render/table.js';

const COLUMNS = [
  left('grid'),
  left('status'),
  left('ended (UTC)'),
  left('by'),
  right('cells'),
  right('converged'),
];

/** @param home named where there are none. */
export function renderGrids(grids: readonly GridListing[], home: string, style: Style): string {
  if (grids.length === 0) return `No grids in ${home} yet. Start one with \`meritloop grid\`.`;
  const rows = grids.map((grid) => [
    grid.gridId,
    grid.status,
    grid.finishedAt?.slice(0, 16).replace('T', ' ') ?? '',
    grid.requestedBy ?? '',
    grid.cells === undefined ? '' : String(grid.cells),
    grid.converged === undefined ? '' : String(grid.converged),
  ]);
  return [renderTable(COLUMNS, rows, style), ...grids.flatMap(({ damage }) => damage ?? [])].join('\n');
}
