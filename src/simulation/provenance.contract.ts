/** What a stored simulation was made of: the parts of `provenance.json` that are read again. */
import { z } from 'zod';
import { modelStep } from './model-step.contract.js';

export const provenance = z.looseObject({
  simulation_id: z.string(),
  engine: z.string(),
  made_at: z.string(),
  dbt_code: z.string(),
  census: z.object({ sha256: z.string(), fingerprint: z.string(), rows: z.int() }),
  lever_set: z.string(),
  /** Whose settings held; absent: those of the home itself. */
  company_version: z.int().optional(),
  scenario: z.string(),
  years: z.object({ first: z.int(), last: z.int() }),
  seed: z.int(),
  /** What the plan engine ran; absent from simulations of earlier releases. */
  steps: z.array(modelStep).optional(),
  /** Rows by file. */
  rows: z.record(z.string(), z.int()),
});
export type Provenance = z.infer<typeof provenance>;

/** The verdict of a check as stored. */
export const storedCheck = z.object({
  /** Earlier releases began the name with the invariant's id: `hc_1_headcount_bridge`. */
  name: z.string().transform((name) => name.replace(/^[a-z]+_\d_/, '')),
  violations: z.int(),
  seconds: z.number(),
  /** The invariants that it follows from, where it was not asked itself. */
  follows_from: z.array(z.string()).optional(),
});
