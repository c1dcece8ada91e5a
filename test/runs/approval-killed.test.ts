/** A run waits for its approval without a worker: it is killed, and another one takes the decision, or its absence. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunHandle } from '../../src/client/meritloop.js';
import { leverStore } from '../../src/levers/open.js';
import { startService, type Service } from '../workflows/service.js';

const WAITING = { apply: 'after-approval' as const, requested_by: 'ann', approvers: ['ben'] };

let service: Service;
beforeAll(async () => {
  service = await startService('approval');
});
afterAll(() => service.close());

async function waits(run: RunHandle): Promise<RunHandle> {
  while ((await run.progress()).phase !== 'waiting_for_approval') await sleep(50);
  return run;
}

test('a decision, and the end of the time for one, outlive the worker', async () => {
  const { client, config } = service;
  const first = service.startWorker();
  const expiring = await waits(
    await client.startOptimization({ ...WAITING, target: 2.2, approval_expires: '15s' }, { id: 'expiring' }),
  );
  const decided = await waits(await client.startOptimization({ ...WAITING, target: 2 }, { id: 'decided' }));
  await decided.delegate({ by: 'ben', to: 'dan' });
  const expires_at = (await expiring.progress()).approval?.expires_at ?? '';
  await service.killWorker(first);
  const before = await leverStore(config).current('default');

  // Nobody works when the time is over.
  await sleep(Math.max(0, Date.parse(expires_at) - Date.now()));
  // The decision and the end of the time reach the next worker together: the time was over first.
  const late = expiring.approve({ by: 'ben' }).then(
    () => 'accepted',
    (error: { readonly code?: string }) => error.code,
  );
  service.startWorker();
  // Where the message takes its time, the run may have ended before it.
  expect(['RUN_NOT_WAITING', 'RUN_FINISHED']).toContain(await late);
  expect(await expiring.result()).toMatchObject({
    status: 'converged',
    applied: 'rejected',
    approval: { outcome: 'expired' },
  });
  expect(await leverStore(config).current('default')).toBe(before);

  expect((await decided.progress()).approval).toMatchObject({ delegations: [{ to: 'dan' }] });
  expect(await decided.approve({ by: 'dan' })).toEqual({ applied: 'applied' });
  const { lever_set, approval } = await decided.result();
  expect(approval).toMatchObject({ outcome: 'approved', by: 'dan' });
  expect(await leverStore(config).current('default')).toBe(lever_set);
});
