/** Who may decide on a run, from its request; refused where the request contradicts itself. */
import { isNobody, isSamePerson } from '../shared/contract/person.terms.js';
import type { OptimizationRequest } from './request.contract.js';
import { windowMs } from '../schedules/schedule.contract.js';
import { failure } from '../shared/errors/errors.js';
import type { ApprovalTerms } from './run-spec.js';

type Asked = Pick<
  OptimizationRequest,
  'apply' | 'approvers' | 'approval_expires' | 'approval_reminder' | 'requested_by'
>;

/**
 * Undefined unless somebody is to decide.
 * @param notify true where approvers can be told
 * @throws MeritloopError REQUEST_INVALID naming the field
 */
export function approvalTerms(request: Asked, notify: boolean): ApprovalTerms | undefined {
  const { apply, approvers, approval_expires, approval_reminder, requested_by } = request;
  if (apply !== 'after-approval') {
    const keys = ['approvers', 'approval_expires', 'approval_reminder'] as const;
    const field = keys.find((key) => request[key] !== undefined);
    if (field !== undefined)
      throw refused(field, request[field], 'needs apply = after-approval: otherwise nobody is asked');
    return undefined;
  }
  const own = approvers?.find((name) => isNobody(name) || isSamePerson(name, requested_by ?? ''));
  if (own !== undefined)
    throw refused('approvers', own, 'must name others than who asks: nobody approves an own request');
  return {
    approvers: approvers ?? null,
    expires_ms: approval_expires === undefined ? null : (windowMs(approval_expires) ?? null),
    reminder_ms: approval_reminder === undefined ? null : (windowMs(approval_reminder) ?? null),
    notify,
  };
}

const refused = (field: string, value: unknown, rule: string): Error =>
  failure('REQUEST_INVALID', { source: 'request', field, value: String(value), rule });
