/** `optimize`: one optimisation run, from the request to its report. */
import { userInfo } from 'node:os';
import { optimizationRequest } from '../../contract/request.js';
import { checkSupported } from '../../tuning/measure.js';
import type { Handler } from '../context.js';
import { readRequest } from '../request-options.js';

/** A request that cannot be met is refused before a server is started. */
export const optimize: Handler = async (context, { options }) => {
  const request = readRequest(optimizationRequest, options, context.cwd);
  checkSupported(request);
  const { runOptimization } = await import('../run-optimization.js');
  const requested_by = request.requested_by ?? systemUser();
  const named = requested_by === undefined ? request : { ...request, requested_by };
  return runOptimization(context, named, { rerun: options['rerun'] === true });
};

/** Undefined where the system has no name for the user, as in some containers. */
function systemUser(): string | undefined {
  try {
    return userInfo().username;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SYSTEM_ERROR') return undefined;
    throw error;
  }
}
