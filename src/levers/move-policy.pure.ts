/** Who may move levers: the one rule that every move passes, however it is asked for. */
import { isNobody, isSamePerson } from '../shared/contract/person.terms.js';
import { ROLES, type Role } from '../shared/contract/roles.terms.js';
import { failure, type MeritloopError } from '../shared/errors/errors.js';
import type { LeverAction } from './lever-store.contract.js';

/** Who moves levers, and how that is known. */
export interface Mover {
  readonly user: string;
  readonly role: Role;
  /** `system`: whoever may use the home's files gave this name; `token`: the holder of that user's token. */
  readonly authenticated_by: 'system' | 'token';
}

/** What somebody asked for before: a run's levers, or the promotion of a scenario. */
export interface AskedMove {
  readonly of: 'run' | 'scenario';
  /** Run id, or the scenario that is to change. */
  readonly id: string;
  readonly requested_by: string;
  /** Who may decide; null: anyone but who asked. */
  readonly approvers: readonly string[] | null;
  /** What became of the decision; null: nobody was asked for one. */
  readonly outcome: 'pending' | 'approved' | 'rejected' | 'expired' | null;
}

export interface WantedMove {
  readonly action: LeverAction;
  readonly mover: Mover;
  /** Null where the mover asks for it at this moment. */
  readonly asked: AskedMove | null;
}

/** Whoever uses the home's files may do all that its owner may; the name is taken as given. */
export const atHome = (user: string): Mover => ({ user, role: 'approver', authenticated_by: 'system' });

const NEEDED: Role = 'approver';

/**
 * Why the move is refused; null where it is allowed. By hand it takes the role approver, and is recorded. Levers that
 * were asked for before take a second person wherever persons are told apart or a decision was asked for; one of the
 * approvers where they are named; and nobody who rejected them, or let the time pass, is overruled.
 */
export function moveRefusal({ action, mover, asked }: WantedMove): MeritloopError | null {
  const { user, role, authenticated_by } = mover;
  if (isNobody(user))
    return failure('REQUEST_INVALID', {
      source: 'levers',
      field: 'by',
      value: user,
      rule: 'must name who moves the levers, in characters that can be seen',
    });
  if (ROLES.indexOf(role) < ROLES.indexOf(NEEDED))
    return failure('ROLE_MISSING', { user, role, needed: NEEDED });
  if (asked === null) return null;
  const { id, requested_by, approvers, outcome } = asked;
  if (outcome === 'rejected' || outcome === 'expired') return failure('RUN_DECIDED', { run: id, outcome });
  const takesAnother = action === 'promote' || outcome !== null || authenticated_by === 'token';
  if (takesAnother && isSamePerson(user, requested_by))
    return asked.of === 'run'
      ? failure('OWN_REQUEST', { run: id, by: user })
      : failure('OWN_CHANGE', { scenario: id, by: user });
  if (approvers !== null && !approvers.some((name) => isSamePerson(name, user)))
    return failure('NOT_AN_APPROVER', { run: id, by: user, approvers });
  return null;
}

/** @throws MeritloopError ROLE_MISSING, OWN_REQUEST, OWN_CHANGE, NOT_AN_APPROVER, RUN_DECIDED, REQUEST_INVALID */
export function requireMayMove(wanted: WantedMove): void {
  const refusal = moveRefusal(wanted);
  if (refusal !== null) throw refusal;
}

/** Whether the mover may start a run, now or by the clock, that publishes what it finds without asking anybody. */
export const mayStartUnasked = ({ role, authenticated_by }: Mover): boolean =>
  role === NEEDED && authenticated_by === 'system';

/** The rule in words, where it is a field of a request that breaks it. */
export const UNASKED_RULE = 'must be never or after-approval: another person decides';
