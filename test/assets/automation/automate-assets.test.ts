/** The automation on a real server, with a real catalog and a small graph whose census changes under its eyes. */
import { setTimeout as sleep } from 'node:timers/promises';
import { defaultPayloadConverter } from '@temporalio/common';
import type { WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';
import { reconcileAssetSchedules } from '../../../src/assets/automation/asset-schedules.client.js';
import type { MaterializationRequestInput } from '../../../src/assets/materialization.contract.js';
import { defineAsset } from '../../../src/assets/graph/asset.js';
import { years } from '../../../src/assets/graph/partitions.js';
import { lookNow, type automateAssets } from '../../../src/assets/automation/automate-assets.workflow.js';
import { countableHost, type CountableHost } from '../countable-host.js';
import { startRig, startTestServer, type Rig, type TestServer } from '../../workflows/environment.js';

const DAY = 24;

let server: TestServer;
let rig: Rig;
let host: CountableHost;

beforeAll(async () => {
  server = await startTestServer();
  rig = await startRig(
    server,
    {},
    (catalog) =>
      (host = countableHost(
        [
          { key: 'census', external: true, freshness: { warnAfterHours: DAY, failAfterHours: DAY } },
          { key: 'pay', deps: ['census'], automation: { kind: 'eager' } as const },
          { key: 'growth', deps: ['pay'], automation: { kind: 'eager' } as const },
          {
            key: 'archive',
            deps: ['census'],
            partitions: years(2025, 2026),
            automation: { kind: 'on-missing' } as const,
          },
          { key: 'manual', freshness: { warnAfterHours: 1, failAfterHours: 2 } },
        ].map(defineAsset),
        catalog,
      )),
  );
});

afterAll(async () => {
  await rig.close();
  await server.close();
});

const start = (id: string, memo: Record<string, unknown> = {}) =>
  server.environment.client.workflow.start<typeof automateAssets>('automateAssets', {
    workflowId: id,
    taskQueue: rig.config.taskQueue,
    args: [{ interval_seconds: 3600 }],
    memo,
  });

const until = async (isSo: () => Promise<boolean>): Promise<void> => {
  while (!(await isSo())) await sleep(50);
};

/** Looks once more, and waits for it. */
async function look(handle: WorkflowHandleWithFirstExecutionRunId): Promise<void> {
  const looks = async () =>
    ((await handle.fetchHistory()).events ?? []).filter((event) => event.timerStartedEventAttributes).length;
  const before = await looks();
  await handle.signal(lookNow);
  await until(async () => (await looks()) > before);
}

interface StartedRun {
  readonly id: string;
  readonly input: MaterializationRequestInput | undefined;
}

/** What the automation has started, once all of it has ended. */
async function runs(): Promise<StartedRun[]> {
  const { workflow } = server.environment.client;
  const found: StartedRun[] = [];
  for await (const { workflowId } of workflow.list({ query: `WorkflowType = 'materializeAssets'` })) {
    await workflow.getHandle(workflowId).result();
    const { events } = await workflow.getHandle(workflowId).fetchHistory();
    const [input] = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
    found.push({ id: workflowId, input: defaultPayloadConverter.fromPayload(input ?? {}) });
  }
  return found;
}

test('what is missing is made, what was made is left alone, and a changed census makes what reads it', async () => {
  const handle = await start('looks');
  await until(async () => (await runs()).length === 2 && host.made.length === 4);
  expect(host.made.toSorted()).toEqual(['archive[2025]', 'archive[2026]', 'growth', 'pay']);
  const first = await runs();
  expect(first.map(({ id }) => id)).toEqual(
    first.map(() => expect.stringMatching(/^materialize\/automation-/)),
  );
  expect(first.map(({ input }) => input)).toEqual(
    expect.arrayContaining([
      { select: '"pay", "growth"', config: {} },
      { select: '"archive"', partitions: '2025,2026', config: {} },
    ]),
  );

  await look(handle);
  expect(await runs()).toHaveLength(2);

  host.observed = { census: 'second' };
  await look(handle);
  await until(async () => (await runs()).length === 3);
  // It came out as before: what reads it was reused.
  expect(host.made.slice(4)).toEqual(['pay']);
  const seen = await rig.catalog.history({ asset: 'census', kinds: ['observation'], run: 'looks', limit: 9 });
  expect(seen.map(({ event }) => event.kind === 'observation' && event.data_version)).toEqual([
    'second',
    'first',
  ]);
  await handle.cancel();
});

test('freshness is a check, written once for each verdict', async () => {
  const verdicts = await rig.catalog.history({ check: 'freshness', limit: 50 });
  const said = verdicts.map(({ event }) =>
    event.kind === 'check' ? [event.asset, event.passed, event.severity, event.blocking] : [],
  );
  expect(said).toContainEqual(['manual', false, 'warn', false]);
  expect(said.filter(([asset]) => asset === 'manual')).toHaveLength(1);
  expect(said).toContainEqual(['census', true, 'warn', false]);
});

test('what it knows goes along into a new execution', async () => {
  const before = (await runs()).length;
  const handle = await start('long', { history_limit: 1 });
  const first = handle.firstExecutionRunId;
  await until(async () =>
    ((await handle.fetchHistory()).events ?? []).some((one) => one.timerStartedEventAttributes),
  );
  await handle.signal(lookNow);
  const latest = server.environment.client.workflow.getHandle('long');
  await until(async () => (await latest.describe()).runId !== first);
  expect(await runs()).toHaveLength(before);
  await latest.cancel();
});

test('schedules follow the declarations, however often they are declared', async () => {
  const { client } = server.environment;
  const nightly = (cron: string) => defineAsset({ key: 'nightly', automation: { kind: 'on-cron', cron } });
  const hourly = defineAsset({ key: 'hourly', automation: { kind: 'on-cron', cron: '0 * * * *' } });
  const eager = defineAsset({ key: 'eager', automation: { kind: 'eager' } });
  const nothing = { created: [], updated: [], removed: [], unchanged: [] };
  const reconcile = (...specs: ReturnType<typeof defineAsset>[]) =>
    reconcileAssetSchedules(client, rig.config.taskQueue, [...specs, eager]);

  expect(await reconcile(nightly('0 2 * * *'), hourly)).toEqual({
    ...nothing,
    created: ['nightly', 'hourly'],
  });
  await client.schedule.getHandle(`asset-cron/${rig.config.taskQueue}/nightly`).pause('for the audit');
  expect(await reconcile(nightly('0 2 * * *'), hourly)).toEqual({
    ...nothing,
    unchanged: ['nightly', 'hourly'],
  });
  expect(await reconcile(nightly('30 3 * * *'), hourly)).toEqual({
    ...nothing,
    updated: ['nightly'],
    unchanged: ['hourly'],
  });
  const { spec, state, action } = await client.schedule
    .getHandle(`asset-cron/${rig.config.taskQueue}/nightly`)
    .describe();
  expect(spec.calendars?.[0]).toMatchObject({ hour: [{ start: 3 }], minute: [{ start: 30 }] });
  expect(state).toMatchObject({ paused: true, note: 'for the audit' });
  expect(action).toMatchObject({
    workflowType: 'materializeAssets',
    args: [{ select: '+"nightly"', config: {} }],
  });

  const listed = async () => {
    const ids: string[] = [];
    for await (const { scheduleId } of client.schedule.list()) ids.push(scheduleId);
    return ids.toSorted();
  };
  await until(async () => (await listed()).length === 2);
  expect(await reconcile(hourly)).toEqual({ ...nothing, removed: ['nightly'], unchanged: ['hourly'] });
  await until(async () => (await listed()).join() === `asset-cron/${rig.config.taskQueue}/hourly`);
});
