/** The one rule of who may move levers: by role, by how the mover is known, and by what was asked and decided before. */
import {
  moveRefusal,
  mayStartUnasked,
  type AskedMove,
  type Mover,
} from '../../src/levers/move-policy.pure.js';

const token = (user: string, role: Mover['role']): Mover => ({ user, role, authenticated_by: 'token' });
const home = (user: string): Mover => ({ user, role: 'approver', authenticated_by: 'system' });
const asked = (change: Partial<AskedMove> = {}): AskedMove => ({
  of: 'run',
  id: 'plan',
  requested_by: 'ann',
  approvers: null,
  outcome: null,
  ...change,
});
const NAMED = { approvers: ['ben', 'cora'] };

test.each<[string, Mover, AskedMove | null, string | null]>([
  ['a viewer, by hand', token('vera', 'viewer'), null, 'ROLE_MISSING'],
  ['an analyst, by hand', token('ann', 'analyst'), null, 'ROLE_MISSING'],
  ['an approver, by hand', token('ben', 'approver'), null, null],
  ['who uses the home, by hand', home('ann'), null, null],
  ['nobody', home('\u3164'), null, 'REQUEST_INVALID'],
  ['an approver, a run of another', token('ben', 'approver'), asked(), null],
  ['an approver, an own run', token('ANN', 'approver'), asked(), 'OWN_REQUEST'],
  ['an approver, an own run in disguise', token('a\u034Fnn\u2800', 'approver'), asked(), 'OWN_REQUEST'],
  ['who uses the home, an own run that asked nobody', home('ann'), asked(), null],
  ['who uses the home, an own run that asked', home('ann'), asked({ outcome: 'pending' }), 'OWN_REQUEST'],
  ['one of the approvers', home('Cora'), asked({ ...NAMED, outcome: 'pending' }), null],
  [
    'none of the approvers',
    token('dan', 'approver'),
    asked({ ...NAMED, outcome: 'pending' }),
    'NOT_AN_APPROVER',
  ],
  ['after a rejection', token('ben', 'approver'), asked({ ...NAMED, outcome: 'rejected' }), 'RUN_DECIDED'],
  ['after the time to decide', home('ben'), asked({ outcome: 'expired' }), 'RUN_DECIDED'],
  ['approved, but moved meanwhile', home('ben'), asked({ ...NAMED, outcome: 'approved' }), null],
])('%s', (_, mover, before, code) => {
  expect(moveRefusal({ action: 'publish', mover, asked: before })?.code ?? null).toBe(code);
});

test('a promotion takes another person even at home', () => {
  const promotion = asked({ of: 'scenario', id: 'default', outcome: 'approved' });
  expect(moveRefusal({ action: 'promote', mover: home('Ann\u200B'), asked: promotion })?.code).toBe(
    'OWN_CHANGE',
  );
  expect(moveRefusal({ action: 'promote', mover: home('ben'), asked: promotion })).toBeNull();
});

test.each<[Mover, boolean]>([
  [home('ann'), true],
  [token('vera', 'viewer'), false],
  [token('ann', 'analyst'), false],
  [token('ben', 'approver'), false],
])('%j may start what publishes unasked: %s', (mover, may) => {
  expect(mayStartUnasked(mover)).toBe(may);
});
