/** Who may decide on a run's levers, until when, and what became of it. */
import { z } from 'zod';
import { windowMs } from '../schedules/schedule.contract.js';

const LONGEST_MS = 365 * 86_400_000;

/** `90s`, `30m`, `72h`, `3d`. */
export const approvalDuration = z.string().refine((text) => {
  const length = windowMs(text);
  return length !== undefined && length >= 1000 && length <= LONGEST_MS;
}, 'must be a whole number with s, m, h or d, such as 72h, from 1s to 365d');

export const approverName = z.string().trim().min(1).max(200);

export const delegation = z.object({
  by: z.string(),
  to: z.string(),
  comment: z.string().nullable(),
  /** ISO 8601, as all times here. */
  at: z.string(),
});
export type Delegation = z.infer<typeof delegation>;

export const APPROVAL_OUTCOMES = ['pending', 'approved', 'rejected', 'expired'] as const;

/** Stands in a run's result and, once its levers are current, in their history. */
export const approvalRecord = z.object({
  outcome: z.enum(APPROVAL_OUTCOMES),
  requested_by: z.string(),
  asked_at: z.string(),
  /** Null: it waits without a limit. */
  expires_at: z.string().nullable(),
  /** Null: anyone but who asked may decide. */
  approvers: z.array(z.string()).nullable(),
  delegations: z.array(delegation),
  /** When the approvers were reminded. */
  reminders: z.array(z.string()),
  /** Who decided; null while it waits, and when it expired. */
  by: z.string().nullable(),
  at: z.string().nullable(),
  comment: z.string().nullable(),
});
export type ApprovalRecord = z.infer<typeof approvalRecord>;
