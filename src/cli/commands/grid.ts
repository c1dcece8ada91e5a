/** `grid`: one optimisation for each combination of the lists, from the request to the table. */
import { gridCommon, gridRequest, type GridRequest } from '../../contract/grid.js';
import { brokenRule } from '../../contract/rule.js';
import { checkSupported } from '../../tuning/measure.js';
import { checkCensus } from '../check-census.js';
import type { CommandInput, Handler } from '../context.js';
import { refusedOption } from '../option-values.js';
import { readRequest } from '../request-options.js';
import { systemUser } from '../system-user.js';

const LISTS = ['strategies', 'scenarios'] as const;
const NUMBERS = ['targets', 'seeds'] as const;

/** A request that cannot be met is refused before a server is started. */
export const grid: Handler = async (context, input) => {
  const request = readGrid(input, context.cwd);
  checkSupported({ ...request, seeds: undefined, targets: undefined });
  if (request.census !== undefined) await checkCensus(context, request.census, request.years);
  const { runGrid } = await import('../run-grid.js');
  const requested_by = request.requested_by ?? systemUser();
  const named = requested_by === undefined ? request : { ...request, requested_by };
  return runGrid(context, named, { rerun: input.options['rerun'] === true });
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
  throw refusedOption(`--${field.replaceAll('_', '-')}`, options[field] ?? '', rule);
}
