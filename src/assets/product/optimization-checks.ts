/** The checks of an optimisation's result. Pure: a result in, verdicts out. */
import type { OptimizationResult } from '../../runs/optimization.contract.js';
import type { CheckSpec } from '../graph/asset.js';
import type { Metadata } from '../graph/catalog-port.js';

interface ResultCheck extends CheckSpec {
  /** What is wrong; empty where nothing is. */
  readonly problems: (result: OptimizationResult) => string[];
}

/** Percentage points: sums of floats, not money. */
const ROUNDING = 1e-9;

export const OPTIMIZATION_CHECKS: readonly ResultCheck[] = [
  {
    name: 'validate_optimization_convergence',
    description: 'The run converged, and its final gap is within the tolerance.',
    severity: 'error',
    // The summary of a run that did not converge says why: it must be written all the same.
    blocking: false,
    problems: ({ status, final_gap, tolerance }) => [
      ...(status === 'converged' ? [] : [`the run ended as ${status}`]),
      ...(Math.abs(final_gap) <= tolerance + ROUNDING
        ? []
        : [`the gap of ${final_gap} pp exceeds the tolerance of ${tolerance} pp`]),
    ],
  },
  {
    name: 'validate_optimization_results_quality',
    description:
      'Growth lies in the attainable range, gap and growth agree, levers are finite and locked ones unmoved, iterations are numbered.',
    severity: 'error',
    blocking: false,
    problems: (result) => [
      ...range(result),
      ...(Math.abs(result.target_growth - result.final_growth - result.final_gap) <= ROUNDING
        ? []
        : ['target, final growth and gap do not agree']),
      ...result.levers
        .filter(
          ({ before, after, bound }) => !Number.isFinite(after) || (bound === 'locked' && before !== after),
        )
        .map(
          ({ fiscal_year, job_level, parameter_name, after }) =>
            `${parameter_name} of level ${job_level} in ${fiscal_year} became ${after}`,
        ),
      ...(result.iterations.every(({ iteration }, index) => iteration === index + 1)
        ? []
        : ['iterations are not numbered from 1']),
    ],
  },
];

function range({ final_growth, attainable_growth: [low, high] }: OptimizationResult): string[] {
  const inside = final_growth >= low - ROUNDING && final_growth <= high + ROUNDING;
  return inside ? [] : [`growth of ${final_growth} % lies outside of the attainable ${low} to ${high} %`];
}

export const checkResult = (result: OptimizationResult) =>
  OPTIMIZATION_CHECKS.map(({ name, problems }) => {
    const found = problems(result);
    const metadata: Metadata =
      found.length === 0 ? {} : { problems: { kind: 'text', value: found.join('; ') } };
    return { name, passed: found.length === 0, seconds: 0, metadata };
  });
