/** Who may decide on a run and who may not; a refused message leaves no trace in the run. */
import { isNobody, isSamePerson } from '../shared/contract/person.terms.js';
import { failure } from '../shared/errors/errors.js';
import { toApplicationFailure } from '../temporal/failures.js';
import type { ControlState } from './control-state.workflow.js';
import { refused } from './message-rules.workflow.js';
import type { DelegationRequest, SignedDecision } from './messages.workflow.js';

/** The approvers of the request and whom they let decide as well; null: anyone but who asked. */
export function entitled({ spec, approval }: Pick<ControlState, 'spec' | 'approval'>): string[] | null {
  const approvers = spec?.approval?.approvers ?? null;
  if (approvers === null) return null;
  return [...approvers, ...(approval?.delegations ?? []).map(({ to }) => to)];
}

type Rules = Pick<ControlState, 'phase' | 'spec' | 'approval'>;

/** @throws ApplicationFailure RUN_NOT_WAITING, REQUEST_INVALID, OWN_REQUEST, NOT_AN_APPROVER, DECISION_UNSIGNED */
export function checkDecision(
  run: string,
  state: Rules,
  isDecided: boolean,
  decision: Partial<SignedDecision> | undefined,
): void {
  checkPerson(run, state, isDecided, decision);
  requireSigned(run, decision);
}

function checkPerson(
  run: string,
  state: Rules,
  isDecided: boolean,
  decision: Partial<SignedDecision> | undefined,
): void {
  const { phase } = state;
  if (phase !== 'waiting_for_approval' || isDecided)
    throw toApplicationFailure(failure('RUN_NOT_WAITING', { run, phase }));
  const by = personIn('by', decision?.by, 'must name who decides');
  if (decision?.comment !== undefined && typeof decision.comment !== 'string')
    throw refused('comment', decision.comment, 'must be text');
  checkNotOwn(run, state, by);
  const approvers = entitled(state);
  if (approvers !== null && !approvers.some((name) => isSamePerson(name, by)))
    throw toApplicationFailure(failure('NOT_AN_APPROVER', { run, by, approvers }));
}

/** Whether it is the home's signature is for an activity to see: the key never enters a workflow. */
function requireSigned(run: string, decision: Partial<SignedDecision> | undefined): void {
  if (typeof decision?.signature !== 'string')
    throw toApplicationFailure(failure('DECISION_UNSIGNED', { run }));
}

/** @throws ApplicationFailure as for a decision by the same person */
export function checkDelegation(
  run: string,
  state: Rules,
  isDecided: boolean,
  request: Partial<SignedDecision<DelegationRequest>> | undefined,
): void {
  checkPerson(run, state, isDecided, request);
  const by = String(request?.by);
  if (entitled(state) === null)
    throw toApplicationFailure(failure('NOT_AN_APPROVER', { run, by, approvers: [] }));
  const to = personIn('to', request?.to, 'must name who decides instead');
  if (isSamePerson(by, to)) throw refused('to', to, 'must be somebody else');
  checkNotOwn(run, state, to);
  requireSigned(run, request);
}

function personIn(field: string, value: unknown, rule: string): string {
  if (typeof value !== 'string' || isNobody(value)) throw refused(field, value, rule);
  if (value.length > LONGEST_NAME) throw refused(field, value.slice(0, 20), 'must be at most 200 characters');
  return value;
}

const LONGEST_NAME = 200;

function checkNotOwn(run: string, { spec }: Rules, by: string): void {
  if (isSamePerson(by, spec?.requested_by ?? ''))
    throw toApplicationFailure(failure('OWN_REQUEST', { run, by }));
}
