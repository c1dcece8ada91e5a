/** The group `optimization`: the tuned levers, and the report on them; each made by the workflow of its name. */
import { optimizationRequest } from '../contract/request.js';
import { defineAsset, dep, type AssetSpec } from '../graph/asset.js';
import { all } from '../graph/mapping.js';
import type { Plan } from '../simulation/plan.js';
import { OPTIMIZATION_CHECKS } from './optimization-checks.js';
import { hash } from './record-steps.js';

export const OPTIMIZATION_LOOP = 'compensation_optimization_loop';
export const RESULTS_SUMMARY = 'optimization_results_summary';

/** Who asks and under which name decides nothing; the inputs are assets of their own. */
const NOT_CONFIG: ReadonlySet<string> = new Set([
  'id',
  'requested_by',
  'census',
  'levers',
  'scenario',
  'years',
  'seed',
]);

export function optimizationAssets(plan: Plan): AssetSpec[] {
  const runsAs = 'workflow';
  return [
    defineAsset({
      key: OPTIMIZATION_LOOP,
      description: 'Levers tuned until the simulated pay growth meets the target. One result per run.',
      group: 'optimization',
      kinds: ['temporal', 'workflow'],
      deps: [
        'census',
        dep('levers', all),
        'plan_horizon',
        'workforce_settings',
        dep('plan_year', all),
        dep('fct_compensation_growth', all),
      ],
      checks: OPTIMIZATION_CHECKS.map(({ name, description, severity, blocking }) => ({
        name,
        description,
        severity,
        blocking,
      })),
      computation: { name: OPTIMIZATION_LOOP, runsAs },
      // How growth answers to levers follows from every model, not from today's growth alone.
      codeVersion: hash(`tuning 1 ${plan.fingerprint}`),
      configFields: Object.keys(optimizationRequest.shape).filter((field) => !NOT_CONFIG.has(field)),
    }),
    defineAsset({
      key: RESULTS_SUMMARY,
      description: 'The report of a finished optimisation: result, levers, recommendations. One per run.',
      group: 'optimization',
      kinds: ['temporal', 'workflow', 'markdown'],
      deps: [OPTIMIZATION_LOOP],
      computation: { name: RESULTS_SUMMARY, runsAs },
    }),
  ];
}
