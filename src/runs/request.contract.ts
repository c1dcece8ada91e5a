/** What callers may ask for: the JSON input of a simulation and of an optimisation run. */
import { z } from 'zod';
import {
  APPLY_POLICIES,
  ENGINES,
  METRICS,
  STATUSES,
  STRATEGIES,
  TARGET_MODES,
} from '../shared/contract/choices.terms.js';
import { approvalDuration, approverName } from './approval.contract.js';
import { PARAMETER_NAMES, PARAMETERS, parameterName } from '../levers/lever.contract.js';
import { limitsInput, targetsInput } from '../targets/targets.contract.js';
import { planYearsText } from '../shared/contract/years.contract.js';

export * from '../shared/contract/choices.terms.js';

export const RUN_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

const inputs = {
  /** Path of the census (CSV or Parquet), absolute or relative to the home or the project; default: the sample. */
  census: z.string().min(1).optional(),
  /** Path of a lever file read for this run alone; default: the scenario's current set. */
  levers: z.string().min(1).optional(),
  scenario: z.string().regex(RUN_ID, 'must be letters, digits, dot, dash or underscore').default('default'),
  /** Default: the workforce settings' start_year–end_year. */
  years: planYearsText.optional(),
  /** Default: the workforce settings' random_seed. */
  seed: z.int().min(0).max(2_147_483_647).optional(),
  engine: z.enum(ENGINES).default('auto'),
  requested_by: z.string().min(1).max(200).optional(),
};

export const simulationRequest = z.strictObject(inputs);
export type SimulationRequest = z.infer<typeof simulationRequest>;
/** The JSON that a caller sends: every key optional. */
export type SimulationRequestInput = z.input<typeof simulationRequest>;

export const optimizationRequest = z.strictObject({
  ...inputs,
  /** Percent. */
  target: z.number().min(-50).max(50).default(2),
  target_mode: z.enum(TARGET_MODES).default('average'),
  metric: z.enum(METRICS).default('mean'),
  statuses: z.array(z.enum(STATUSES)).min(1).default(['continuous_active', 'new_hire_active']),
  /** Percentage points. */
  tolerance: z.number().min(0.001).max(5).default(0.1),
  max_iterations: z.int().min(1).max(50).default(10),
  strategy: z.enum(STRATEGIES).default('balanced'),
  tune: z
    .array(parameterName)
    .min(1)
    .default(() => PARAMETER_NAMES.filter((name) => PARAMETERS[name].isTuned)),
  seeds: z.int().min(1).max(64).optional(),
  apply: z.enum(APPLY_POLICIES).default('never'),
  /** Who may decide, with apply = after-approval; default: anyone but who asks. */
  approvers: z.array(approverName).min(1).max(50).optional(),
  /** Without a decision by then the levers stay as they are; default: no limit. */
  approval_expires: approvalDuration.optional(),
  /** The approvers are reminded so often; default: never. */
  approval_reminder: approvalDuration.optional(),
  /** Several targets at once: path of a file (CSV or JSON), or the targets themselves. */
  targets: targetsInput.optional(),
  /** How far single levers may move: path of a JSON file, or the limits themselves. Those of `targets` come first. */
  limits: limitsInput.optional(),
  id: z.string().regex(RUN_ID, 'must be letters, digits, dot, dash or underscore').optional(),
});
export type OptimizationRequest = z.infer<typeof optimizationRequest>;
/** The JSON that a caller sends: every key optional. */
export type OptimizationRequestInput = z.input<typeof optimizationRequest>;

export const summaryRequest = z.strictObject({ run_id: z.string().regex(RUN_ID).optional() });
export type SummaryRequest = z.infer<typeof summaryRequest>;
