/** The group `optimization`: the tuned levers, and the report on them; each made by the workflow of its name. */
import { optimizationRequest } from '../../runs/request.contract.js';
import { defineAsset, dep, type AssetSpec, type Freshness } from '../graph/asset.js';
import type { JsonObject } from '../graph/fingerprint.js';
import { all } from '../graph/mapping.js';
import type { Plan } from '../../simulation/model/plan.js';
import { OPTIMIZATION_CHECKS } from './optimization-checks.js';
import { hash } from '../record-steps.js';

export const OPTIMIZATION_LOOP = 'compensation_optimization_loop';
export const RESULTS_SUMMARY = 'optimization_results_summary';

const DAY_HOURS = 24;

/** Assets with a schedule: an optimisation is many simulations, so nothing but the clock, or somebody, starts it. */
export const SCHEDULED_ASSETS = [
  { key: OPTIMIZATION_LOOP, automation: { kind: 'on-cron', cron: '0 5 1 * *' } },
] as const satisfies readonly Pick<AssetSpec, 'key' | 'automation'>[];

/** Made monthly: half a week of grace, then late; after a quarter what it says is no basis for a decision. */
const LOOP_FRESHNESS: Freshness = { warnAfterHours: 35 * DAY_HOURS, failAfterHours: 92 * DAY_HOURS };

/** Who asks and under which name decides nothing; the inputs are assets of their own. */
const NOT_CONFIG: ReadonlySet<string> = new Set([
  'id',
  'requested_by',
  'census',
  'levers',
  'scenario',
  'years',
  'seed',
  'approvers',
  'approval_expires',
  'approval_reminder',
]);

/** Fields of a request that decide what an optimisation finds. */
export const OPTIMIZATION_CONFIG = Object.keys(optimizationRequest.shape).filter(
  (field) => !NOT_CONFIG.has(field),
);

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
      automation: SCHEDULED_ASSETS[0].automation,
      freshness: LOOP_FRESHNESS,
      configFields: OPTIMIZATION_CONFIG,
      configDefaults: optimizationRequest.parse({}) as JsonObject,
    }),
    defineAsset({
      key: RESULTS_SUMMARY,
      description: 'The report of a finished optimisation: result, levers, recommendations. One per run.',
      group: 'optimization',
      kinds: ['temporal', 'workflow', 'markdown'],
      deps: [OPTIMIZATION_LOOP],
      automation: { kind: 'eager' },
      computation: { name: RESULTS_SUMMARY, runsAs },
    }),
  ];
}
