/** The audit trail as text: one heading for each move or decision, then its levers row by row. */
import type { AuditEntry } from '../../levers/audit.contract.js';
import { renderLeverChanges } from './render.js';
import type { Style } from '../render/style.js';

export function renderAudit(entries: readonly AuditEntry[], style: Style): string {
  if (entries.length === 0) return 'Nothing of the kind has happened.';
  return entries.map((entry) => renderEntry(entry, style)).join('\n\n');
}

function renderEntry(entry: AuditEntry, style: Style): string {
  const { at, scenario, action, by, reason, run_id, approval, from, to, changes } = entry;
  const who = by ?? 'nobody';
  const sets = `${from.slice(0, 12)} → ${to.slice(0, 12)}`;
  return [
    style.bold(`${at.slice(0, 16).replace('T', ' ')} UTC  ${action} of ${scenario} by ${who}  ${sets}`),
    `Why: ${reason}${run_id === null ? '' : `; run ${run_id}`}`,
    ...(approval === null ? [] : [approvalText(approval)]),
    ...(action === 'decision' ? ['Not applied; it would have changed:'] : []),
    changes.length === 0
      ? 'The same values and locks.'
      : renderLeverChanges(
          changes.map((change) => ({ ...change, scenario_id: scenario })),
          style,
        ),
  ].join('\n');
}

function approvalText(approval: NonNullable<AuditEntry['approval']>): string {
  const { outcome, requested_by, by, approvers, delegations } = approval;
  const named = approvers === null ? '' : `; approvers: ${approvers.join(', ')}`;
  const handed = delegations.map((made) => `; ${made.by} let ${made.to} decide`).join('');
  return `Asked by ${requested_by}, ${outcome}${by === null ? '' : ` by ${by}`}${named}${handed}`;
}
