/** Which messages a running optimisation refuses, and why; a refused one leaves no trace in the run. */
import { failure } from '../shared/errors/errors.js';
import { toApplicationFailure } from '../temporal/failures.js';
import type { ControlState } from './control-state.workflow.js';

const HIGHEST_MAX_ITERATIONS = 50;
const ITERATING: readonly ControlState['phase'][] = ['validating', 'baseline', 'bounds', 'iterating'];

/** @throws ApplicationFailure REQUEST_INVALID, RUN_NOT_ITERATING */
export function checkMaxIterations(
  run: string,
  { phase, iteration }: Pick<ControlState, 'phase' | 'iteration'>,
  request: { readonly max_iterations: number } | undefined,
): void {
  const value: unknown = request?.max_iterations;
  const lowest = Math.max(1, iteration);
  if (
    typeof value !== 'number' ||
    !Number.isInteger(value) ||
    value < lowest ||
    value > HIGHEST_MAX_ITERATIONS
  )
    throw refused(
      'max_iterations',
      value,
      `must be a whole number from ${lowest} to ${HIGHEST_MAX_ITERATIONS}`,
    );
  if (!ITERATING.includes(phase)) throw toApplicationFailure(failure('RUN_NOT_ITERATING', { run, phase }));
}

export const refused = (field: string, value: unknown, rule: string): Error =>
  toApplicationFailure(failure('REQUEST_INVALID', { source: 'update', field, value: String(value), rule }));
