/** Decisions on a run's levers as entries of the audit log; the same decision is the same entry. */
import { createHash } from 'node:crypto';
import type { AuditEntry } from '../assets/catalog/audit.js';
import type { ApprovalRecord } from './approval.contract.js';

const DONE = { approved: 'run_approved', rejected: 'run_rejected', expired: 'approval_expired' } as const;

/** @param at for an end that nobody's decision dates, ISO 8601 */
export function approvalEntries(
  runId: string,
  scenario: string,
  { outcome, requested_by, asked_at, by, at: decidedAt, comment, delegations }: ApprovalRecord,
  at: string,
): AuditEntry[] {
  const entry = (action: string, actor: string, recorded_at: string, details: AuditEntry['details']) => ({
    id: createHash('sha256')
      .update(JSON.stringify([runId, asked_at, action, actor, details]))
      .digest('hex')
      .slice(0, 32),
    action,
    subject: runId,
    actor,
    run: runId,
    recorded_at,
    details: { scenario, requested_by, ...details },
  });
  return [
    ...delegations.map((one) =>
      entry('approval_delegated', one.by, one.at, { to: one.to, comment: one.comment }),
    ),
    ...(outcome === 'pending' ? [] : [entry(DONE[outcome], by ?? 'nobody', decidedAt ?? at, { comment })]),
  ];
}
