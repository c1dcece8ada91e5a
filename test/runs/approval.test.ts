/** Decisions on a run's levers: by whom, handed on, reminded of, and not made in time. */
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { ApprovalNotice } from '../../src/runs/notify-approvers.activities.js';
import type { OptimizationRequestInput, RunHandle } from '../../src/client/meritloop.js';
import { LeverStore } from '../../src/levers/store.js';
import { startRig, useRig, type Rig } from '../workflows/environment.js';
import { startWithHistoryLimit } from '../workflows/history-limit.js';
import { startReceiver, type WebhookReceiver } from '../workflows/webhook-receiver.js';

const at = useRig();

const SMALL = { target: 3, years: '2025-2026', tune: ['cola_rate' as const], requested_by: 'Ann Lee' };
const WAITING: OptimizationRequestInput = { ...SMALL, apply: 'after-approval', approvers: ['ben', 'cora'] };

const storeOf = ({ home, config }: Rig): LeverStore =>
  new LeverStore({ home, seedsDir: path.join(config.projectRoot, 'seeds') });

async function waits(run: RunHandle): Promise<RunHandle> {
  while ((await run.progress()).phase !== 'waiting_for_approval') await sleep(20);
  return run;
}

/** As Temporal's own web page sends it: any JSON, straight to the run. */
async function send(run: RunHandle, update: string, argument: unknown): Promise<string> {
  const handle = at.server.environment.client.workflow.getHandle(run.workflowId);
  try {
    await handle.executeUpdate<unknown, [unknown]>(update, { args: [argument] });
    return 'accepted';
  } catch (error) {
    if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure)
      return String(error.cause.type);
    return String(error);
  }
}

test('only the named approvers decide, or whom they let decide; who asked never does', async () => {
  const run = await waits(await at.rig.client.startOptimization(WAITING, { id: 'named' }));
  expect((await run.progress()).notes.join()).toContain('Waits for approval by ben or cora.');
  for (const own of ['Ann Lee', ' ANN  LEE\n', 'ann\u200B lee']) {
    expect([own, await send(run, 'approve', { by: own })]).toEqual([own, 'OWN_REQUEST']);
    expect([own, await send(run, 'reject', { by: own })]).toEqual([own, 'OWN_REQUEST']);
    expect([own, await send(run, 'delegate', { by: own, to: 'dan' })]).toEqual([own, 'OWN_REQUEST']);
    expect([own, await send(run, 'delegate', { by: 'ben', to: own })]).toEqual([own, 'OWN_REQUEST']);
  }
  expect(await send(run, 'approve', { by: 'eve' })).toBe('NOT_AN_APPROVER');
  expect(await send(run, 'delegate', { by: 'eve', to: 'dan' })).toBe('NOT_AN_APPROVER');
  expect(await send(run, 'approve', { by: 'dan' })).toBe('NOT_AN_APPROVER');
  for (const bad of [undefined, null, [], 'ben', {}, { by: 7 }, { by: '\u200B' }, { by: 'ben', comment: 1 }])
    expect([bad, await send(run, 'approve', bad)]).toEqual([bad, 'REQUEST_INVALID']);
  for (const bad of [{ by: 'ben' }, { by: 'ben', to: ' ' }, { by: 'ben', to: 'BEN' }, { by: 'ben', to: 3 }])
    expect([bad, await send(run, 'delegate', bad)]).toEqual([bad, 'REQUEST_INVALID']);

  expect(await run.delegate({ by: 'Ben', to: 'dan', comment: 'on leave' })).toEqual({
    approvers: ['ben', 'cora', 'dan'],
  });
  await expect(run.approve({ by: 'eve' })).rejects.toMatchObject({
    code: 'NOT_AN_APPROVER',
    exitCode: 2,
    fields: { approvers: ['ben', 'cora', 'dan'] },
  });
  expect(await run.approve({ by: ' Dan ', comment: 'fits the budget' })).toEqual({ applied: 'applied' });

  const approval = {
    outcome: 'approved',
    requested_by: 'Ann Lee',
    approvers: ['ben', 'cora'],
    by: 'Dan',
    comment: 'fits the budget',
    expires_at: null,
    reminders: [],
    delegations: [{ by: 'Ben', to: 'dan', comment: 'on leave', at: expect.any(String) }],
  };
  const result = await run.result();
  expect(result).toMatchObject({ applied: 'applied', approval });
  const [move] = await storeOf(at.rig).history();
  expect(move).toMatchObject({ by: 'Dan', run_id: 'named', to: result.lever_set, approval });
  const trail = await at.rig.catalog.auditTrail({ run: 'named', limit: 9 });
  expect(trail.map(({ action, actor, subject }) => [action, actor, subject])).toEqual([
    ['run_approved', 'Dan', 'named'],
    ['approval_delegated', 'Ben', 'named'],
    ['levers_published', 'Dan', 'default'],
  ]);
});

test('without named approvers anyone else decides, and there is nothing to delegate', async () => {
  const { approvers: _none, ...request } = WAITING;
  const run = await waits(await at.rig.client.startOptimization(request));
  await expect(run.delegate({ by: 'ben', to: 'dan' })).rejects.toMatchObject({ code: 'NOT_AN_APPROVER' });
  expect(await run.reject({ by: 'eve' })).toEqual({ applied: 'rejected' });
  expect(await run.result()).toMatchObject({ approval: { outcome: 'rejected', by: 'eve', approvers: null } });
  expect(await storeOf(at.rig).history()).toEqual([]);
});

test('a run that nobody decides on in time ends with its levers not applied', async () => {
  const run = await at.rig.client.startOptimization({ ...WAITING, approval_expires: '2s' }, { id: 'late' });
  const result = await run.result();
  expect(result).toMatchObject({
    status: 'converged',
    applied: 'rejected',
    approval: { outcome: 'expired', by: null, requested_by: 'Ann Lee' },
  });
  const { asked_at, expires_at, at: ended } = result.approval ?? {};
  expect(Date.parse(expires_at ?? '') - Date.parse(asked_at ?? '')).toBe(2000);
  expect(ended).toBe(expires_at);
  expect(result.recommendations.map(({ code }) => code)).toContain('APPROVAL_EXPIRED');
  expect(await at.readJson('runs', 'late', 'result.json')).toEqual(result);
  expect(await storeOf(at.rig).history()).toEqual([]);
  const [decision] = await at.rig.client.audit({ lever: ['cola_rate'] });
  expect(decision).toMatchObject({
    action: 'decision',
    run_id: 'late',
    outcome: 'expired',
    by: null,
    reason: 'nobody decided in time',
    to: result.lever_set,
  });
  expect(decision?.changes).toHaveLength(10);
  await expect(run.approve({ by: 'ben' })).rejects.toMatchObject({ code: 'RUN_FINISHED' });
});

test('an execution that takes over knows who may decide and until when', async () => {
  const request = { ...WAITING, approval_expires: '1h' };
  const run = await startWithHistoryLimit(at.server, at.rig, 'carried', request, 60);
  await waits(run);
  await run.delegate({ by: 'cora', to: 'dan' });
  const before = (await run.progress()).approval;
  const handle = at.server.environment.client.workflow.getHandle(run.workflowId);
  const { runId: first } = await handle.describe();
  while ((await handle.describe()).runId === first) {
    await run.pause();
    await sleep(20);
  }
  await waits(run);
  expect((await run.progress()).approval).toEqual(before);
  expect(await run.approve({ by: 'dan' })).toEqual({ applied: 'applied' });
});

test.each([
  ['approvers', { ...SMALL, approvers: ['ben'] }],
  ['approval_expires', { ...SMALL, approval_expires: '72h', apply: 'on-convergence' as const }],
  ['approvers', { ...WAITING, approvers: ['ben', ' ann  LEE'] }],
  ['approval_expires', { ...WAITING, approval_expires: 'soon' }],
  ['approval_reminder', { ...WAITING, approval_reminder: '0s' }],
])('%s that make no sense are refused by client and run alike', async (field, request) => {
  await expect(at.rig.client.startOptimization(request)).rejects.toMatchObject({
    code: 'REQUEST_INVALID',
    fields: { field },
  });
  const handle = await at.server.environment.client.workflow.start('compensationOptimizationLoop', {
    workflowId: `refused-${field}-${path.basename(at.rig.home)}`,
    taskQueue: at.rig.config.taskQueue,
    args: [request],
  });
  await expect(handle.result()).rejects.toMatchObject({
    cause: { type: 'REQUEST_INVALID', details: [{ fields: { field } }] },
  });
});

describe('with an address to tell', () => {
  let receiver: WebhookReceiver<ApprovalNotice>;
  let rig: Rig;
  beforeAll(async () => {
    receiver = await startReceiver();
    rig = await startRig(at.server, { approvalWebhook: receiver.address });
  });
  afterAll(async () => {
    await rig.close();
    receiver.close();
  });
  const ask = (id: string): Promise<RunHandle> =>
    rig.client.startOptimization({ ...WAITING, approval_expires: '1h', approval_reminder: '1s' }, { id });

  test('approvers are told at once and again until somebody decides', async () => {
    const run = await ask('told');
    const { heard } = receiver;
    while (!heard.some(({ event }) => event === 'reminder')) await sleep(20);
    expect(heard.map(({ event }) => event).slice(0, 2)).toEqual(['requested', 'reminder']);
    expect(heard[1]).toMatchObject({
      run_id: 'told',
      scenario: 'default',
      approval: { approvers: ['ben', 'cora'] },
    });
    await run.approve({ by: 'ben' });
    const result = await run.result();
    expect(result.approval?.reminders.length).toBeGreaterThan(0);
    expect((await run.progress()).notes.join()).toContain('Reminded at ');
  });

  test('an address that refuses holds nothing up', async () => {
    receiver.status = 500;
    const run = await ask('unheard');
    while (!(await run.progress()).notes.join().includes('could not be told')) await sleep(50);
    expect(await run.approve({ by: 'ben' })).toEqual({ applied: 'applied' });
  });
});
