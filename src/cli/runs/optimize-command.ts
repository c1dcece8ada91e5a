/** `optimize`: one optimisation run, from the request to its report. */
import { optimizationRequest, type OptimizationRequest } from '../../runs/request.contract.js';
import { parsePlanYears } from '../../shared/contract/years.contract.js';
import { readWorkforceSettings } from '../../simulation/seeds/settings.js';
import { checkSupported } from '../../tuning/measure.js';
import { checkCensus } from '../census/check-census.js';
import type { CliContext, Handler } from '../context.js';
import { readRequest } from '../request-options.js';
import { systemUser } from '../system-user.js';

/** A request that cannot be met is refused before a server is started. */
export const optimize: Handler = async (context, { options }) => {
  const request = readRequest(optimizationRequest, options, context.cwd);
  checkSupported(request);
  await checkTargets(context, request);
  if (request.census !== undefined) await checkCensus(context, request.census, request.years);
  const { runOptimization } = await import('./run-optimization.js');
  const requested_by = request.requested_by ?? systemUser();
  const named = requested_by === undefined ? request : { ...request, requested_by };
  return runOptimization(context, named, { rerun: options['rerun'] === true });
};

/** What the run would refuse, before a server is started. */
async function checkTargets(
  { config }: CliContext,
  { targets, scenario, years }: OptimizationRequest,
): Promise<void> {
  if (targets === undefined) return;
  const { readTargets } = await import('../../targets/read-targets.js');
  const { start_year, end_year } = await readWorkforceSettings(config.seeds);
  const plan = years === undefined ? { first: start_year, last: end_year } : parsePlanYears(years);
  await readTargets(targets, { scenario, years: plan });
}
