/** Who changed which lever when, why, from which run and on whose approval. */
import { z } from 'zod';
import { APPROVAL_OUTCOMES, approvalRecord } from '../runs/approval.contract.js';
import { leverAction } from './lever-store.contract.js';
import { eventType, parameterName } from './lever.contract.js';
import { RUN_ID } from '../runs/request.contract.js';

/** Every key optional; what is given must all hold. */
export const auditFilter = z.strictObject({
  scenario: z.string().regex(RUN_ID).optional(),
  lever: z.array(parameterName).min(1).optional(),
  years: z.array(z.int()).min(1).optional(),
  levels: z.array(z.int()).min(1).optional(),
  /** Who moved the levers, asked for that, or decided. */
  who: z.string().min(1).optional(),
  run: z.string().regex(RUN_ID).optional(),
});
export type AuditFilter = z.infer<typeof auditFilter>;

const auditRow = z.object({
  fiscal_year: z.int(),
  job_level: z.int(),
  event_type: eventType,
  parameter_name: parameterName,
  /** Null: there was no such lever. */
  before: z.number().nullable(),
  after: z.number().nullable(),
  locked_before: z.boolean().nullable(),
  locked_after: z.boolean().nullable(),
});

export const auditEntry = z.object({
  /** ISO 8601, UTC. */
  at: z.string(),
  scenario: z.string(),
  /** A move of the levers, or `decision`: a run whose levers were not published. */
  action: z.union([leverAction, z.literal('decision')]),
  by: z.string().nullable(),
  reason: z.string(),
  run_id: z.string().nullable(),
  outcome: z.enum(APPROVAL_OUTCOMES).nullable(),
  approval: approvalRecord.nullable(),
  /** Fingerprints; for a decision the set in force and the one refused. */
  from: z.string(),
  to: z.string(),
  /** Row by row, as they hold for the scenario; of a decision, what would have changed. */
  changes: z.array(auditRow),
});
export type AuditEntry = z.infer<typeof auditEntry>;
