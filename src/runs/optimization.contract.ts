/** What an optimisation run says: `optimize --json`, the workflow's result and its progress. */
import { z } from 'zod';
import { approvalRecord, type ApprovalRecord } from './approval.contract.js';
import { eventType, parameterName } from '../levers/lever.contract.js';
import { ENGINE_NAMES } from '../simulation/simulation.contract.js';
import { targetOutcome } from '../targets/targets.contract.js';
import { uncertainty } from './uncertainty.contract.js';

export const RUN_STATUSES = ['converged', 'not_converged', 'infeasible', 'cancelled', 'failed'] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

export const leverChange = z.object({
  scenario_id: z.string(),
  fiscal_year: z.int(),
  job_level: z.int(),
  event_type: eventType,
  parameter_name: parameterName,
  before: z.number(),
  after: z.number(),
  bound: z.enum(['low', 'high', 'locked']).nullable(),
});
export type LeverChange = z.infer<typeof leverChange>;

/** The value that one tuned lever had in a trial. */
export const leverValue = leverChange
  .pick({ fiscal_year: true, job_level: true, parameter_name: true })
  .extend({ value: z.number() });
export type LeverValue = z.infer<typeof leverValue>;

export const iteration = z.object({
  iteration: z.int(),
  growth: z.number(),
  gap: z.number(),
  growth_by_year: z.record(z.string(), z.number()),
  levers: z.array(leverValue),
  simulation_id: z.string(),
  seconds: z.number(),
});

export const recommendation = z.object({ code: z.string(), message: z.string() });
export type Recommendation = z.infer<typeof recommendation>;

export const bindingLever = z.object({
  fiscal_year: z.int(),
  job_level: z.int(),
  parameter_name: parameterName,
  bound: z.enum(['low', 'high', 'locked']),
});

export const optimizationResult = z.object({
  status: z.enum(RUN_STATUSES),
  run_id: z.string(),
  workflow_id: z.string(),
  simulation_id: z.string(),
  requested_by: z.string(),
  target_growth: z.number(),
  tolerance: z.number(),
  initial_growth: z.number(),
  /** Target minus growth before, pp; like every gap that of the worst year in every-year mode. */
  initial_gap: z.number(),
  final_growth: z.number(),
  final_gap: z.number(),
  iterations_used: z.int(),
  simulations_run: z.int(),
  simulations_reused: z.int(),
  attainable_growth: z.tuple([z.number(), z.number()]),
  /** How that range was searched; absent from results of earlier releases: the path. */
  attainable_search: z.enum(['path', 'box']).optional(),
  /** Sets of levers inside the bounds, mostly corners of them, that were simulated beside both ends of the path. */
  attainable_corners: z.int().optional(),
  /** Every-year mode only: each year's range with the years before as they are kept. */
  attainable_by_year: z.record(z.string(), z.tuple([z.number(), z.number()])).optional(),
  iterations: z.array(iteration),
  levers: z.array(leverChange),
  locked_rows_skipped: z.int(),
  binding: z.array(bindingLever),
  recommendations: z.array(recommendation),
  /** What became of each target, when several were asked for. */
  targets: z.array(targetOutcome).nullable().optional(),
  /** With several seeds only; null where the run ended before its levers were judged. */
  uncertainty: uncertainty.nullable().optional(),
  applied: z.enum(['never', 'pending', 'applied', 'rejected']),
  /** The decision on its levers; null or absent where nobody was asked. */
  approval: approvalRecord.nullable().optional(),
  lever_set: z.string(),
  engine: z.enum(ENGINE_NAMES),
  seconds: z.number(),
});
export type OptimizationResult = z.infer<typeof optimizationResult>;

/** Where a run stands now: the answer of the `progress` query. */
export interface RunProgress {
  readonly run_id: string;
  readonly phase:
    | 'validating'
    | 'baseline'
    | 'bounds'
    | 'iterating'
    | 'evaluating'
    | 'saving'
    | 'waiting_for_approval'
    | 'paused'
    | 'done';
  readonly iteration: number;
  readonly max_iterations: number;
  readonly target_growth: number;
  readonly tolerance: number;
  /** Percent; null until the first simulation is in. */
  readonly growth: number | null;
  readonly gap: number | null;
  readonly history: readonly { readonly label: string; readonly growth: number; readonly gap: number }[];
  readonly simulations_run: number;
  /** With several seeds: how many of those of the step at work are simulated; null between steps. */
  readonly seeds?: { readonly done: number; readonly total: number } | null;
  readonly engine: string | null;
  readonly notes: readonly string[];
  /** Null before anybody was asked to decide. */
  readonly approval?: ApprovalRecord | null;
}
