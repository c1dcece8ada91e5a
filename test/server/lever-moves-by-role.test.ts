/** Every way of the API that moves levers, or starts what moves them, by role, and with approvers named or not. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { leverStore } from '../../src/levers/open.js';
import { tokenAccess } from '../../src/server/access.js';
import { parseTokens } from '../../src/server/tokens.js';
import { result } from '../cli/runs/sample.js';
import { startApi, type ApiRig } from './rig.js';

const USERS = { vera: 'viewer', ann: 'analyst', ben: 'approver', eve: 'approver' } as const;
type User = keyof typeof USERS;
const tokenOf = (user: string): string => `${user}-${'x'.repeat(20)}`;
const access = tokenAccess(
  parseTokens(
    JSON.stringify(Object.entries(USERS).map(([user, role]) => ({ user, role, token: tokenOf(user) }))),
    'tokens',
  ),
);

let rig: ApiRig;
let current: string;
let earlier: string;
beforeAll(async () => {
  rig = await startApi();
  const store = leverStore(rig.config);
  earlier = await store.current('default');
  // Made on the machine itself, whose user may: it publishes unasked.
  const request = { apply: 'on-convergence' as const, years: '2025-2026' };
  await rig.client.api.schedules.$post({ json: scheduled('unasked', request) });
  await rig.client.api.schedules.$post({ json: scheduled('asking', { years: '2025-2026' }) });
});
afterAll(() => rig.close());
beforeEach(async () => {
  current = await leverStore(rig.config).current('default');
});

const scheduled = (name: string, request: object) => ({ name, cron: '0 6 1 1 *', request });

/** A finished run as a worker leaves it. */
async function finished(run_id: string, approval: object | null, approvers: readonly string[] | null) {
  const folder = path.join(rig.config.home, 'runs', run_id);
  await mkdir(folder, { recursive: true });
  const spec = {
    run_id,
    scenario: 'default',
    ...(approval === null
      ? {}
      : { approval: { approvers, expires_ms: null, reminder_ms: null, notify: false } }),
  };
  const started_at = '2026-01-01T00:00:00.000Z';
  const record = {
    run_id,
    workflow_id: `w/${run_id}`,
    started_at,
    finished_at: started_at,
    spec,
    seconds_by_stage: {},
  };
  await writeFile(path.join(folder, 'run.json'), JSON.stringify(record));
  const ending = { ...result, run_id, requested_by: 'Ann', lever_set: earlier, approval };
  await writeFile(path.join(folder, 'result.json'), JSON.stringify(ending));
}

const decided = (outcome: string, approvers: readonly string[] | null) => ({
  outcome,
  requested_by: 'Ann',
  asked_at: '2026-01-01T00:00:00.000Z',
  expires_at: null,
  approvers,
  delegations: [],
  reminders: [],
  by: outcome === 'pending' ? null : 'ben',
  at: null,
  comment: null,
});

const post = async (user: User, address: string, body: object): Promise<string> => {
  const headers = { authorization: `Bearer ${tokenOf(user)}`, 'content-type': 'application/json' };
  const answer = await rig.ask(address, { method: 'POST', headers, body: JSON.stringify(body) }, access);
  if (answer.ok) return 'ok';
  return String(((await answer.json()) as { code: string }).code);
};

const change = (value: number) => [{ fiscal_year: 2025, job_level: 1, parameter_name: 'merit_base', value }];
const csv = async () => leverStore(rig.config).text(await leverStore(rig.config).current('default'));
let turn = 0;

/** Each way as a request; made anew for every row, so that none finds the levers moved already. */
const WAYS: Readonly<Record<string, (user: User) => Promise<string>>> = {
  set: (user) =>
    post(user, '/api/levers/publish', {
      scenario: 'default',
      expected: current,
      changes: change(0.03 + (turn += 1) / 10_000),
      reason: 'r',
    }),
  import: async (user) =>
    post(user, '/api/levers/import', {
      scenario: 'default',
      csv: await csv(),
      expected: current,
      reason: 'r',
    }),
  rollback: (user) =>
    post(user, '/api/levers/rollback', { scenario: 'default', expected: current, to: earlier, reason: 'r' }),
  'new scenario': (user) =>
    post(user, '/api/scenarios', { scenario: `s${(turn += 1)}`, copy_of: 'default', reason: 'r' }),
  'run that publishes': (user) => post(user, '/api/runs', { apply: 'on-convergence' }),
  'schedule that publishes': (user) =>
    post(user, '/api/schedules', scheduled(`mine${(turn += 1)}`, { apply: 'on-convergence' })),
  'trigger of one that publishes': (user) => post(user, '/api/schedules/unasked/trigger', {}),
  'resume of one that publishes': (user) => post(user, '/api/schedules/unasked/resume', {}),
  'resume of one that does not': (user) => post(user, '/api/schedules/asking/resume', {}),
  approve: (user) => post(user, '/api/runs/none/approve', {}),
};

const apply =
  (approval: object | null, approvers: readonly string[] | null) =>
  async (user: User): Promise<string> => {
    const run = `r${(turn += 1)}`;
    await finished(run, approval, approvers);
    return post(user, `/api/runs/${run}/apply`, { expected: current, reason: 'r' });
  };
const BEN = ['ben'];
const APPLIES: typeof WAYS = {
  'apply, nobody was asked': apply(null, null),
  'apply, not yet decided': apply(decided('pending', null), null),
  'apply, not yet decided, ben decides': apply(decided('pending', BEN), BEN),
  'apply, rejected': apply(decided('rejected', null), null),
  'apply, rejected by ben, who decides': apply(decided('rejected', BEN), BEN),
  'apply, expired': apply(decided('expired', BEN), BEN),
};

test.each<[string, string, string, string, string]>([
  // way, a viewer, an analyst, the approver ben, the approver eve
  ['set', 'ROLE_MISSING', 'ROLE_MISSING', 'ok', 'ok'],
  ['import', 'ROLE_MISSING', 'ROLE_MISSING', 'ok', 'ok'],
  ['rollback', 'ROLE_MISSING', 'ROLE_MISSING', 'ok', 'ok'],
  ['new scenario', 'ROLE_MISSING', 'ROLE_MISSING', 'ok', 'ok'],
  ['run that publishes', 'ROLE_MISSING', 'REQUEST_INVALID', 'REQUEST_INVALID', 'REQUEST_INVALID'],
  ['schedule that publishes', 'ROLE_MISSING', 'REQUEST_INVALID', 'REQUEST_INVALID', 'REQUEST_INVALID'],
  [
    'trigger of one that publishes',
    'ROLE_MISSING',
    'SCHEDULE_PUBLISHES',
    'SCHEDULE_PUBLISHES',
    'SCHEDULE_PUBLISHES',
  ],
  [
    'resume of one that publishes',
    'ROLE_MISSING',
    'SCHEDULE_PUBLISHES',
    'SCHEDULE_PUBLISHES',
    'SCHEDULE_PUBLISHES',
  ],
  ['resume of one that does not', 'ROLE_MISSING', 'ok', 'ok', 'ok'],
  ['approve', 'ROLE_MISSING', 'ROLE_MISSING', 'RUN_UNKNOWN', 'RUN_UNKNOWN'],
  ['apply, nobody was asked', 'ROLE_MISSING', 'ROLE_MISSING', 'ok', 'ok'],
  ['apply, not yet decided', 'ROLE_MISSING', 'ROLE_MISSING', 'ok', 'ok'],
  ['apply, not yet decided, ben decides', 'ROLE_MISSING', 'ROLE_MISSING', 'ok', 'NOT_AN_APPROVER'],
  ['apply, rejected', 'ROLE_MISSING', 'ROLE_MISSING', 'RUN_DECIDED', 'RUN_DECIDED'],
  ['apply, rejected by ben, who decides', 'ROLE_MISSING', 'ROLE_MISSING', 'RUN_DECIDED', 'RUN_DECIDED'],
  ['apply, expired', 'ROLE_MISSING', 'ROLE_MISSING', 'RUN_DECIDED', 'RUN_DECIDED'],
])('%s: a viewer %s, an analyst %s, ben %s, eve %s', async (way, ...expected) => {
  const ask = { ...WAYS, ...APPLIES }[way];
  const found: (string | undefined)[] = [];
  for (const user of ['vera', 'ann', 'ben', 'eve'] as const) {
    current = await leverStore(rig.config).current('default');
    found.push(await ask?.(user));
  }
  expect(found).toEqual(expected);
});
