/** Starts or joins a grid, shows its progress and prints its table. */
import type { GridHandle, GridProgress } from '../../client/meritloop.js';
import type { GridRequest, GridResult } from '../../grids/grid.contract.js';
import { ERRORS, type ErrorCode } from '../../shared/errors/errors.js';
import { abandonServer } from '../../temporal/embedded-server.js';
import type { CliContext } from '../context.js';
import { listenForInterrupt } from '../interrupt.js';
import { bar, startProgress, type ProgressState } from '../progress.js';
import { renderGrid } from './render.js';
import { withClient } from '../session.js';

const CANCELLED = 5;
const UNEXPECTED = 1;

/**
 * 0: every cell ended with a verdict, whichever. 5: the grid was cancelled. Else the exit code that the failed cells
 * share, 1 where they differ or where somebody cancelled single cells.
 */
export function exitCodeOf({ status, counts, cells }: GridResult): number {
  if (status === 'cancelled') return CANCELLED;
  const codes = new Set(
    cells.flatMap(({ error }) =>
      error === null
        ? []
        : [Object.hasOwn(ERRORS, error.code) ? ERRORS[error.code as ErrorCode].exit : UNEXPECTED],
    ),
  );
  const [first, ...others] = codes;
  if (first === undefined) return counts.cancelled === 0 ? 0 : UNEXPECTED;
  return others.length === 0 && counts.cancelled === 0 ? first : UNEXPECTED;
}

export function runGrid(
  context: CliContext,
  request: GridRequest,
  { rerun }: { readonly rerun: boolean },
): Promise<number> {
  return withClient(context, { worker: true }, async (client) => {
    const handle = await client.grids.start(request, { rerun });
    if (handle.joined) context.logger.info({ gridId: handle.gridId }, 'joined a grid of that id');
    const result = await followGrid(context, handle);
    const { output } = context;
    output.show(result, (style) => renderGrid(result, style));
    if (handle.url !== undefined) {
      output.note(`\nGrid:       ${handle.url}`);
      output.note("Temporal's web page lives while `meritloop server` runs.");
    }
    return exitCodeOf(result);
  });
}

async function followGrid({ output, logger, config }: CliContext, handle: GridHandle): Promise<GridResult> {
  const interrupt = listenForInterrupt(
    () => {
      output.log('cancelling; what is finished is kept (Ctrl-C again ends at once)');
      handle
        .cancel()
        .catch((error: unknown) => logger.error({ err: error }, 'the grid could not be cancelled'));
    },
    () => abandonServer(config),
  );
  const progress = startProgress(output);
  try {
    return await handle.follow((seen) => progress.update(stateOf(seen)));
  } finally {
    progress.end();
    interrupt.release();
  }
}

function stateOf({ grid_id, phase, counts, running, latest }: GridProgress): ProgressState {
  const done = counts.cells - counts.pending;
  if (phase === 'planning') return { lines: [`grid ${grid_id} · checking the request`], news: '' };
  return {
    lines: [
      `grid ${grid_id} · ${phase} · ${bar(done, counts.cells)} cells`,
      ...running.map((cell) => `  at work: ${cell}`),
      ...(latest === null ? [] : [`  last: ${latest}`]),
    ],
    news: latest === null ? '' : `${done} of ${counts.cells} · ${latest}`,
  };
}
