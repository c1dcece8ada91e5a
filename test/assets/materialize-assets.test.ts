/** The workflow `materializeAssets` on a real server and catalog, with assets that count how often they are made. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';
import type { AssetAlert } from '../../src/assets/send-alert.activities.js';
import type { Config } from '../../src/config.js';
import type {
  MaterializationRequestInput,
  MaterializationResult,
} from '../../src/assets/materialization.contract.js';
import { failure } from '../../src/shared/errors/errors.js';
import { defineAsset, dep, type AssetDefinition } from '../../src/assets/graph/asset.js';
import type { AssetCatalog } from '../../src/assets/graph/catalog-port.js';
import { previous } from '../../src/assets/graph/mapping.js';
import { years } from '../../src/assets/graph/partitions.js';
import { toMeritloopError } from '../../src/temporal/failures.js';
import type { materializeAssets } from '../../src/assets/materialize-assets.workflow.js';
import { materialization } from './catalog/events.js';
import { countableHost, type CountableHost } from './countable-host.js';
import { startRig, startTestServer, type Rig, type TestServer } from '../workflows/environment.js';
import { startReceiver } from '../workflows/webhook-receiver.js';

let server: TestServer;
let rig: Rig;
let host: CountableHost;
let runs = 0;

beforeAll(async () => {
  server = await startTestServer();
});
afterEach(() => rig.close());
afterAll(() => server.close());

async function serveWith(settings: Partial<Config>, definitions: readonly AssetDefinition[]): Promise<void> {
  const assets = (catalog: AssetCatalog) => (host = countableHost(definitions.map(defineAsset), catalog));
  rig = await startRig(server, settings, assets);
}
const serve = (...definitions: readonly AssetDefinition[]): Promise<void> => serveWith({}, definitions);

async function begin(
  request: MaterializationRequestInput = {},
  memo: Record<string, unknown> = {},
): Promise<WorkflowHandleWithFirstExecutionRunId<typeof materializeAssets>> {
  runs += 1;
  return server.environment.client.workflow.start<typeof materializeAssets>('materializeAssets', {
    workflowId: `materialize/run-${runs}-${rig.config.taskQueue}`,
    taskQueue: rig.config.taskQueue,
    args: [request],
    memo,
  });
}

const materialize = async (request?: MaterializationRequestInput): Promise<MaterializationResult> =>
  (await begin(request)).result();

const failureOf = async (request?: MaterializationRequestInput) =>
  toMeritloopError(await (await begin(request)).result().catch((error: unknown) => error));

const CHAIN: readonly AssetDefinition[] = [
  { key: 'source', external: true },
  { key: 'clean', deps: ['source'], checks: [{ name: 'fits' }] },
  { key: 'report', deps: ['clean'] },
];

test('makes what is due in order, then nothing, then what a change reaches', async () => {
  await serve(...CHAIN);
  const counts = { ran: 2, reused: 0, failed: 0, blocked: 0 };
  expect(await materialize()).toMatchObject({ status: 'succeeded', ...counts });
  expect(host.made).toEqual(['clean', 'report']);
  expect(await materialize()).toMatchObject({ ran: 0, reused: 2 });
  host.observed = { source: 'second' };
  // The same data comes out of `clean`, so `report` is planned, and then not made.
  expect(await materialize()).toMatchObject({ ran: 1, reused: 1 });
  expect(host.made).toEqual(['clean', 'report', 'clean']);
  expect(await materialize({ force: true, select: 'report' })).toMatchObject({ ran: 1 });
});

test('a blocking check that fails blocks what is downstream: blocked, not failed', async () => {
  await serve(...CHAIN);
  host.failing.add('clean fits');
  const error = await failureOf();
  expect(error).toMatchObject({ code: 'MATERIALIZATION_FAILED', fields: { ran: 1, failed: 0, blocked: 1 } });
  expect(error.message).toContain('report is blocked: check fits of clean failed');
  const [report] = await rig.catalog.latest(['report']);
  expect(report?.attempt).toMatchObject({ kind: 'blocked', reasons: ['check fits of clean failed'] });
  host.failing.clear();
  expect(await materialize()).toMatchObject({ ran: 2 });
});

test('what is failed or blocked is told to whom it concerns, once; an address that refuses changes nothing', async () => {
  const receiver = await startReceiver<AssetAlert>();
  await serveWith({ alertWebhook: receiver.address }, CHAIN);
  host.failing.add('clean fits');
  await failureOf();
  expect(receiver.heard).toEqual([
    {
      event: 'assets_not_made',
      run_id: expect.stringContaining('run-'),
      workflow_id: expect.stringMatching(/^materialize\/run-/),
      failed: 0,
      blocked: 1,
      failed_checks: ['clean fits'],
      errors: [],
      blocked_because: ['report is blocked: check fits of clean failed'],
    },
  ]);
  receiver.status = 500;
  expect(await failureOf()).toMatchObject({ code: 'MATERIALIZATION_FAILED' });
  expect(receiver.heard.length).toBeGreaterThan(1);
  receiver.close();
});

test('an asset that fails is tried as often as it says; the rest goes on, and a new run makes only what is left', async () => {
  await serve(
    { key: 'flaky', retry: { attempts: 3, initialSeconds: 0.05, backoff: 1 } },
    { key: 'broken', retry: { attempts: 2, initialSeconds: 0.05, backoff: 1 } },
    { key: 'after', deps: ['broken'] },
  );
  const tries: string[] = [];
  host.onStep = async (id) => {
    tries.push(id);
    const isDone = id === 'flaky' ? tries.filter((tried) => tried === id).length === 3 : id !== 'broken';
    if (!isDone) throw failure('ASSETS_NOT_MADE', { assets: [id], detail: 'no luck' });
  };
  const error = await failureOf();
  expect(error.fields).toMatchObject({ ran: 1, failed: 1, blocked: 1 });
  expect(error.message).toMatch(/broken.*no luck.*; after is blocked: .*broken/);
  expect(tries.filter((id) => id === 'flaky')).toHaveLength(3);
  expect(tries.filter((id) => id === 'broken')).toHaveLength(2);
  host.onStep = async () => {};
  expect(await materialize()).toMatchObject({ ran: 2, reused: 1 });
  expect(host.made).toEqual(['flaky', 'broken', 'after']);
});

test('an error of the asset’s own code is tried as often as the asset says, too', async () => {
  await serve({ key: 'broken', retry: { attempts: 2, initialSeconds: 0.05, backoff: 1 } });
  let tries = 0;
  host.onStep = async () => {
    tries += 1;
    throw new Error('no luck');
  };
  expect((await failureOf()).fields['errors']).toEqual(['broken: no luck']);
  expect(tries).toBe(2);
});

const activitiesOf = async (run: { fetchHistory: () => Promise<{ events?: unknown[] | null }> }) =>
  ((await run.fetchHistory()).events ?? []).flatMap((event) => {
    const scheduled = (
      event as { activityTaskScheduledEventAttributes?: { activityType?: { name?: string } } }
    ).activityTaskScheduledEventAttributes;
    return scheduled?.activityType?.name === undefined ? [] : [scheduled.activityType.name];
  });

describe('assets known to be light', () => {
  const keys = Array.from({ length: 12 }, (_, n) => `a${n}`);
  beforeEach(async () => {
    await serve(
      ...keys.map((key, n) => ({
        key,
        deps: n < 3 ? [] : [`a${n - 3}`],
        retry: { attempts: 3, initialSeconds: 0.05, backoff: 1 },
        checks: [{ name: 'fits' }],
      })),
    );
    await rig.catalog.append(
      keys.map((asset) => ({
        ...materialization(`known ${asset}`, { asset, seconds: 0 }),
        batch_seconds: 0,
      })),
    );
  });

  test('share an activity, and are recorded one by one', async () => {
    const run = await begin({ force: true, parallelism: 1 });
    expect(await run.result()).toMatchObject({ ran: 12, reused: 0 });
    // On a slow machine more than one, for what is left after two seconds.
    expect(new Set(await activitiesOf(run))).toEqual(new Set(['planMaterialization', 'materializeBatches']));
  });

  test('are tried as often as they say; what does not read the one that fails is made', async () => {
    const tries: string[] = [];
    host.onStep = async (id) => {
      tries.push(id);
      const isFlaky = id === 'a3' && tries.filter((tried) => tried === id).length < 3;
      if (isFlaky || id === 'a4') throw failure('ASSETS_NOT_MADE', { assets: [id], detail: 'no luck' });
    };
    const { fields } = await failureOf({ force: true });
    expect(fields).toMatchObject({ ran: 9, failed: 1, blocked: 2 });
    const count = (key: string) => tries.filter((id) => id === key).length;
    expect([count('a3'), count('a4'), count('a7'), count('a11')]).toEqual([3, 3, 0, 1]);
  });

  test('are blocked by a check that fails in the same activity', async () => {
    host.failing.add('a3 fits');
    expect((await failureOf({ force: true })).fields).toMatchObject({ ran: 10, failed: 0, blocked: 2 });
  });

  test('stop when they are cancelled: what was not begun has not failed', async () => {
    host.onStep = async (id, signal) => {
      if (id !== 'a4') return;
      await sleep(60_000, undefined, { signal }).catch(() => {});
      signal.throwIfAborted();
    };
    const run = await begin({ force: true, parallelism: 1 });
    while ((await rig.catalog.latest(['a4']))[0]?.attempt === null) await sleep(20);
    await run.cancel();
    await expect(run.result()).rejects.toThrow(/cancel/i);
    const attempts = new Map((await rig.catalog.latest()).map(({ asset, attempt }) => [asset, attempt]));
    expect(attempts.get('a4')).toMatchObject({ kind: 'failed', code: 'CANCELLED' });
    expect([attempts.get('a3'), attempts.get('a11')]).toEqual([null, null]);
  });
});

test('a backfill over a range of years takes a configuration and goes year by year', async () => {
  await serve({ key: 'state', partitions: years(2025, 2029), deps: [dep('state', previous())] });
  await materialize({ partitions: '2025..2027', config: { currency: 'EUR' } });
  expect(host.made).toEqual(['state[2025]', 'state[2026]', 'state[2027]']);
  expect(host.configs[0]).toEqual({ currency: 'EUR' });
});

test('one of a pool at a time; what waits says for whom', async () => {
  await serve({ key: 'a', pool: 'duckdb' }, { key: 'b', pool: 'duckdb' }, { key: 'c' });
  let release = (): void => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  host.onStep = async (id) => {
    if (id === 'a') await held;
  };
  const handle = await begin();
  while (!host.made.includes('c')) await sleep(20);
  const progress = await handle.query<{ readonly waiting: string[] }>('progress');
  expect(progress.waiting).toEqual(['b waits for pool duckdb (held by a)']);
  release();
  await handle.result();
  expect(host.made).toEqual(['c', 'a', 'b']);
});

test('one of a pool at a time whatever the run; a run that is cancelled gives it back', async () => {
  await serve({ key: 'a', pool: 'duckdb' }, { key: 'b', pool: 'duckdb' });
  host.onStep = async (id, signal) => {
    if (id !== 'a') return;
    await sleep(60_000, undefined, { signal }).catch(() => {});
    signal.throwIfAborted();
  };
  const holding = await begin({ select: 'a' });
  while ((await rig.catalog.latest(['a'])).length === 0) await sleep(20);
  const waiting = await begin({ select: 'b' });
  const waits = async () =>
    (await waiting.query<{ readonly waiting: string[] }>('progress').catch(() => ({ waiting: [] }))).waiting;
  while ((await waits()).length === 0) await sleep(50);
  const run = holding.workflowId.replace('materialize/', '');
  expect(await waits()).toEqual([`b waits for pool duckdb (held by a of run ${run})`]);
  expect(host.made).toEqual([]);
  await holding.cancel();
  expect(await waiting.result()).toMatchObject({ ran: 1 });
  await expect(holding.result()).rejects.toThrow(/cancel/i);
});

test('a cancelled run stops its work and says so; the next one makes the rest', async () => {
  await serve({ key: 'quick' }, { key: 'slow', deps: ['quick'] });
  let [isBegun, isStopped] = [false, false];
  host.onStep = async (id, signal) => {
    if (id !== 'slow') return;
    isBegun = true;
    await sleep(60_000, undefined, { signal }).catch(() => (isStopped = true));
    signal.throwIfAborted();
  };
  const handle = await begin();
  while (!isBegun) await sleep(20);
  await handle.cancel();
  await expect(handle.result()).rejects.toThrow(/cancel/i);
  expect((await handle.describe()).status.name).toBe('CANCELLED');
  expect(isStopped).toBe(true);
  const [slow] = await rig.catalog.latest(['slow']);
  expect(slow?.attempt).toMatchObject({ kind: 'failed', code: 'CANCELLED' });
  host.onStep = async () => {};
  expect(await materialize()).toMatchObject({ ran: 1, reused: 1 });
});

test('before its history grows too long a run goes on in a new execution, and makes everything once', async () => {
  const keys = Array.from({ length: 25 }, (_, n) => `a${n}`);
  await serve(...keys.map((key, n) => ({ key, deps: n < 5 ? [] : [`a${n - 5}`] })));
  const handle = await begin({}, { history_limit: 60 });
  expect(await handle.result()).toMatchObject({ ran: 25, reused: 0, failed: 0, blocked: 0 });
  expect(host.made.toSorted()).toEqual(keys.toSorted());
  const first = server.environment.client.workflow.getHandle(handle.workflowId, handle.firstExecutionRunId);
  expect((await first.describe()).status.name).toBe('CONTINUED_AS_NEW');
});

test.each<[string, MaterializationRequestInput, string]>([
  ['a selection with a mistake', { select: 'clean and' }, 'SELECTION_INVALID'],
  ['a selection of nothing', { select: 'nothing' }, 'NOTHING_SELECTED'],
  ['partitions that nobody has', { partitions: '1999' }, 'PARTITIONS_INVALID'],
  ['no parallelism', { parallelism: 0 }, 'REQUEST_INVALID'],
])('refuses %s at once', async (_, request, code) => {
  await serve(...CHAIN);
  expect((await failureOf(request)).code).toBe(code);
  expect(await rig.catalog.latest()).toEqual([]);
});
