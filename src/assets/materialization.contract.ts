/** What may be asked of the asset graph, and what a materialisation says: input and result of `materializeAssets`. */
import { z } from 'zod';
import { RUN_ID } from '../runs/request.contract.js';

export const materializationRequest = z.strictObject({
  /** A selection, such as `+fct_compensation_growth and not group:inputs`. */
  select: z.string().min(1).max(50_000).default('*'),
  /** A key, a range such as `2025..2029`, or a list; default: every partition. */
  partitions: z.string().min(1).max(2000).optional(),
  /** True: what is selected is made whatever is recorded. */
  force: z.boolean().default(false),
  /** What the computations are asked, such as an optimisation. */
  config: z.record(z.string(), z.json()).default({}),
  /** Batches made at a time, where their pools allow. */
  parallelism: z.int().min(1).max(64).default(8),
  id: z.string().regex(RUN_ID, 'must be letters, digits, dot, dash or underscore').optional(),
});
export type MaterializationRequest = z.infer<typeof materializationRequest>;
/** The JSON that a caller sends: every key optional. */
export type MaterializationRequestInput = z.input<typeof materializationRequest>;

/** Steps by what became of them. */
export interface MaterializationCounts {
  readonly ran: number;
  readonly reused: number;
  readonly blocked: number;
  readonly failed: number;
}

export interface MaterializationResult extends MaterializationCounts {
  readonly run_id: string;
  /** `failed`: something failed or is blocked. */
  readonly status: 'succeeded' | 'failed';
  /** Checks that failed, as `asset check`; the first hundred. */
  readonly failed_checks: readonly string[];
  /** The first failures, one text each. */
  readonly errors: readonly string[];
  /** Blocked steps with what blocks them, as `step: reason`; the first hundred. */
  readonly blocked_because: readonly string[];
}

/** Where a materialisation stands now: the answer of the `progress` query. */
export interface MaterializationProgress extends MaterializationCounts {
  /** Every step of the plan, those that are reused included. */
  readonly steps_total: number;
  /** What is left took so long when it was made last, one after another; null where some of it was never made. */
  readonly seconds_left: number | null;
  readonly batches_done: number;
  readonly batches_total: number;
  /** What is being made now. */
  readonly running: readonly string[];
  /** What could begin, but waits for a slot of its pool, and what holds that. */
  readonly waiting: readonly string[];
}
