/** The client as another service uses it, on an embedded server of its own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client, Connection } from '@temporalio/client';
import {
  connectMeritloop,
  createClient,
  MeritloopError,
  type MeritloopClient,
} from '../../src/client/meritloop.js';
import { loadConfig } from '../../src/config.js';
import { connectClient } from '../../src/temporal/connection.js';
import { serverStatus } from '../../src/temporal/embedded-server.js';

let home: string;
let client: MeritloopClient;

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'meritloop-client-'));
  client = await connectMeritloop({ config: loadConfig({ home }, {}) });
});

afterAll(async () => {
  await client.close();
  await rm(home, { recursive: true, force: true });
});

test('a schedule is created, shown, paused, resumed and deleted', async () => {
  await client.schedule.create('weekly', { cron: '0 6 * * 1', request: { target: 3 }, note: 'Mondays' });
  expect(await client.schedule.show('weekly')).toMatchObject({
    name: 'weekly',
    paused: false,
    note: 'Mondays',
  });
  await client.schedule.pause('weekly', 'holidays');
  expect(await client.schedule.show('weekly')).toMatchObject({ paused: true, note: 'holidays' });
  await client.schedule.resume('weekly');
  expect((await client.schedule.show('weekly')).next.length).toBeGreaterThan(0);
  await client.schedule.delete('weekly');
  await expect(client.schedule.show('weekly')).rejects.toMatchObject({ code: 'SCHEDULE_UNKNOWN' });
});

test('a schedule lets a run pass while the one before is open, and makes up for an hour at most', async () => {
  await client.schedule.create('nightly', { cron: '0 2 * * *', timezone: 'Europe/Vienna' });
  const config = loadConfig({ home }, {});
  const temporal = await connectClient(config, (await serverStatus(config)).address ?? '');
  const { policies, action, spec } = await temporal.schedule.getHandle('nightly').describe();
  await temporal.connection.close();
  expect(policies).toMatchObject({ overlap: 'SKIP', catchupWindow: 3_600_000 });
  expect(action).toMatchObject({
    workflowType: 'compensationOptimizationLoop',
    workflowId: 'compensation-optimization/default/nightly',
    taskQueue: 'meritloop',
  });
  expect(spec.timezone).toBe('Europe/Vienna');
  await client.schedule.trigger('nightly');
  await client.schedule.delete('nightly');
});

test.each([
  ['a name that is no name', 'two words', { cron: '0 6 * * 1' }, 'name'],
  ['a cron expression that is none', 'never', { cron: 'whenever' }, 'cron'],
  ['a request out of range', 'wide', { cron: '0 6 * * 1', request: { tolerance: 50 } }, 'tolerance'],
])('%s is refused', async (_, name, schedule, field) => {
  await expect(client.schedule.create(name, schedule)).rejects.toMatchObject({
    code: 'REQUEST_INVALID',
    fields: { field },
  });
});

test('a name stands for one schedule', async () => {
  await client.schedule.create('once', { cron: '0 6 * * 1' });
  await expect(client.schedule.create('once', { cron: '0 7 * * 1' })).rejects.toMatchObject({
    code: 'SCHEDULE_EXISTS',
  });
  await client.schedule.delete('once');
});

test('a run that nobody started is unknown, as a MeritloopError with a hint', async () => {
  const error: unknown = await client.getRun('nothing').catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(MeritloopError);
  expect(error).toMatchObject({
    code: 'RUN_UNKNOWN',
    fields: { run: 'nothing' },
    hint: expect.stringContaining('runs list'),
  });
});

/** Nobody listens there. */
const LOST = '127.0.0.1:1';

const lost = (): MeritloopClient => {
  // Without the interceptor that tries a lost server again for some 15 s.
  const connection = Connection.lazy({ address: LOST, interceptors: [] });
  const away = { address: LOST, uiAddress: undefined };
  return createClient(new Client({ connection }), loadConfig({ home }, {}), away, () => connection.close());
};

test.each([
  ['listing', (client: MeritloopClient) => client.listRuns()],
  ['finding', (client: MeritloopClient) => client.getRun('lost')],
  ['summing up', (client: MeritloopClient) => client.summarize('lost')],
  ['scheduling', (client: MeritloopClient) => client.schedule.create('lost', { cron: '0 6 * * 1' })],
])('%s while the server is away ends as SERVER_UNREACHABLE that names it', async (_, call) => {
  const away = lost();
  await expect(call(away)).rejects.toMatchObject({
    code: 'SERVER_UNREACHABLE',
    exitCode: 6,
    fields: { address: LOST },
  });
  await away.close();
});

test('a started run has a link to its page', async () => {
  const run = await client.startOptimization({}, { id: 'linked' });
  expect(run.url).toMatch(
    /^http:\/\/127\.0\.0\.1:\d+\/namespaces\/default\/workflows\/compensation-optimization%2Fdefault%2Flinked\//,
  );
  await run.cancel();
});
