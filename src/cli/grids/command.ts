/** `grid`: one optimisation for each combination of the lists, from the request to the table; `grid list`, `grid show`. */
import { createGridStore } from '../../grids/grid-store.js';
import { gridListingDocument, listStoredGrids } from '../../grids/list-grids.client.js';
import { gridCommon, gridRequest, type GridRequest } from '../../grids/grid.contract.js';
import { brokenRule } from '../../shared/contract/rule.contract.js';
import { checkSupported } from '../../tuning/measure.js';
import { serverStatus } from '../../temporal/embedded-server.js';
import { checkCensus } from '../census/check-census.js';
import type { CommandInput, Handler } from '../context.js';
import { refusedOption, requiredText } from '../option-values.js';
import { renderGrid } from './render.js';
import { readRequest } from '../request-options.js';
import { withClient } from '../session.js';
import { systemUser } from '../system-user.js';
import { own } from '../../shared/own.terms.js';
import type { GridListing } from '../../client/meritloop.js';
import type { Style } from '../render/style.js';
import { left, renderTable, right } from '../render/table.js';

const LISTS = ['strategies', 'scenarios'] as const;
const NUMBERS = ['targets', 'seeds'] as const;

/** A request that cannot be met is refused before a server is started. */
export const grid: Handler = async (context, input) => {
  const request = readGrid(input, context.cwd);
  checkSupported({ ...request, seeds: undefined, targets: undefined });
  if (request.census !== undefined) await checkCensus(context, request.census, request.years);
  const { runGrid } = await import('./run-grid.js');
  const requested_by = request.requested_by ?? systemUser();
  const named = requested_by === undefined ? request : { ...request, requested_by };
  return runGrid(context, named, { rerun: input.options['rerun'] === true });
};

export const listedGrids: Handler = async (context) => {
  const { config, output } = context;
  // Without a server nothing moves on, and the home knows all there is: no reason to start one.
  const { embedded, pid } = await serverStatus(config);
  const grids =
    embedded && pid === undefined
      ? await listStoredGrids(createGridStore(config.home))
      : await withClient(context, { worker: false }, (client) => client.grids.list());
  output.show({ grids: grids.map(gridListingDocument) }, (style) => renderGrids(grids, config.home, style));
  return 0;
};

/** Where no server runs, one that has ended is shown from the home alone; an open one is asked. */
export const shownGrid: Handler = async (context, { args }) => {
  const gridId = requiredText('<id>', args[0]);
  const { config, output } = context;
  const { embedded, pid } = await serverStatus(config);
  const stored = await createGridStore(config.home).find(gridId);
  const result =
    embedded && pid === undefined && stored !== undefined
      ? stored.result
      : await withClient(context, { worker: true }, async (client) => {
          const grid = await client.grids.get(gridId);
          return (await grid.isOpen()) ? grid.table() : grid.result();
        });
  output.show(result, (style) =>
    result === null ? `Grid ${gridId} checks its request; there is no table yet.` : renderGrid(result, style),
  );
  return 0;
};

/** @throws MeritloopError REQUEST_INVALID naming option, value and rule; FILE_MISSING */
function readGrid({ options }: CommandInput, cwd: string): GridRequest {
  const asked: Record<string, unknown> = { ...readRequest(gridCommon, options, cwd) };
  for (const key of NUMBERS) if (options[key] !== undefined) asked[key] = options[key];
  for (const key of LISTS) {
    const text = options[key];
    if (typeof text === 'string') asked[key] = text.split(',').map((entry) => entry.trim());
  }
  const { parallel } = options;
  if (typeof parallel === 'string') asked['parallel'] = parallel.trim() === '' ? parallel : Number(parallel);
  const parsed = gridRequest.safeParse(asked);
  if (parsed.success) return parsed.data;
  const { field, rule } = brokenRule(gridRequest, parsed.error, asked);
  throw refusedOption(`--${field.replaceAll('_', '-')}`, own(options, field) ?? '', rule);
}

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
