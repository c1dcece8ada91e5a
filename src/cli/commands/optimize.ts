/** `optimize`: one optimisation run, from the request to its report. */
import { optimizationRequest } from '../../contract/request.js';
import { checkSupported } from '../../tuning/measure.js';
import type { Handler } from '../context.js';
import { readRequest } from '../request-options.js';
import { systemUser } from '../system-user.js';

/** A request that cannot be met is refused before a server is started. */
export const optimize: Handler = async (context, { options }) => {
  const request = readRequest(optimizationRequest, options, context.cwd);
  checkSupported(request);
  const { runOptimization } = await import('../run-optimization.js');
  const requested_by = request.requested_by ?? systemUser();
  const named = requested_by === undefined ? request : { ...request, requested_by };
  return runOptimization(context, named, { rerun: options['rerun'] === true });
};
