/** Long simulations on a slow database: progress is seen, a stopping worker hands over, failures are counted, not kills. */
import { setTimeout as sleep } from 'node:timers/promises';
import { MockActivityEnvironment } from '@temporalio/testing';
import { ApplicationFailure, defaultPayloadConverter } from '@temporalio/common';
import { DefaultLogger } from '@temporalio/worker';
import { pino } from 'pino';
import { explained } from '../../src/temporal/explain-failures.js';
import type { FollowedProgress } from '../../src/client/meritloop.js';
import { failure } from '../../src/shared/errors/errors.js';
import { startRig } from '../workflows/environment.js';
import { endProcess, halfMade, REQUEST, startSlowService, type SlowService } from './slow-service.js';

let service: SlowService;
beforeAll(async () => {
  service = await startSlowService();
});
afterAll(() => service.close());

test('a worker that is asked to stop hands its year over, and the next goes on with it; the years are seen', async () => {
  const slow = await service.openHome();
  // A year outlasts the grace of 5 s: the one at work is handed over, those before it are finished.
  const worker = slow.spawnWorker({ yearMs: 6000 });
  const run = await slow.client.startOptimization(REQUEST, { id: 'handed-over' });
  const seen: NonNullable<FollowedProgress['simulation']>[] = [];
  let exit: Promise<number | null> | undefined;
  const result = await run.follow(({ simulation }) => {
    if (simulation !== null) seen.push(simulation);
    if (simulation === null || simulation.year === 2025 || exit !== undefined) return;
    exit = endProcess(worker, 'SIGTERM').then(async (code) => {
      await slow.startWorker();
      return code;
    });
  });
  expect(await exit).toBe(0);
  expect(result.status).toBe('converged');
  expect(seen[0]).toMatchObject({ years_total: 3 });
  expect(new Set(seen.map(({ year }) => year)).size).toBeGreaterThan(1);
  expect((await run.progress()).notes.join()).toMatch(/Finished before and not simulated again: 2025/);
  expect(result.simulations_run).toBe(3 + result.iterations_used + 1);
  expect((await halfMade(slow.home)).filter((name) => !name.includes('spill@'))).toEqual([]);
});

test('the next attempt learns from the heartbeat how often the activity itself has failed', async () => {
  const rig = await startRig(service.server);
  rig.simulator.onSimulate = async (index) => {
    if (index < 2) throw failure('SERVER_UNREACHABLE', { address: 'store', detail: 'gone for a moment' });
    await sleep(1500);
  };
  const run = await rig.client.startOptimization({}, { id: 'failing' });
  const handle = service.server.environment.client.workflow.getHandle(run.workflowId);
  const failures = async (): Promise<unknown> => {
    const { raw } = await handle.describe();
    const [payload] = (raw.pendingActivities ?? []).flatMap(
      ({ heartbeatDetails }) => heartbeatDetails?.payloads ?? [],
    );
    return payload && defaultPayloadConverter.fromPayload<{ failures?: number }>(payload).failures;
  };
  while ((await failures()) !== 2) await sleep(50);
  expect((await run.result()).status).toBe('converged');
  await rig.close();
});

test.each([
  ['the second own failure after forty lost attempts', 1, 42, false],
  ['the fifth own failure', 4, 5, true],
])('%s is retried or not', async (_, failures, attempt, isLast) => {
  const environment = new MockActivityEnvironment(
    { attempt, heartbeatDetails: { failures } },
    { logger: new DefaultLogger('ERROR') },
  );
  const told: unknown[] = [];
  environment.on('heartbeat', (details) => told.push(details));
  const failing = explained(
    () => Promise.reject(failure('SERVER_UNREACHABLE', { address: 'store', detail: 'gone' })),
    pino({ level: 'silent' }),
  );
  const error: unknown = await environment.run(failing, {}).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ApplicationFailure);
  expect(error).toMatchObject({ type: 'SERVER_UNREACHABLE', nonRetryable: isLast });
  expect(told).toEqual(isLast ? [] : [{ failures: failures + 1 }]);
});
