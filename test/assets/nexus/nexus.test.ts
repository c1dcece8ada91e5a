/** A workflow of another team asks for an asset through a Nexus endpoint of a real server. */
import { fileURLToPath } from 'node:url';
import { Worker } from '@temporalio/worker';
import { defineAsset } from '../../../src/assets/graph/asset.js';
import type { MaterializeAssetInput } from '../../../src/assets/nexus/service.js';
import { countableHost, type CountableHost } from '../countable-host.js';
import { startRig, startTestServer, type Rig, type TestServer } from '../../workflows/environment.js';
import type { askForAsset } from './caller-workflows.js';

const ENDPOINT = 'meritloop-endpoint';
const QUEUE = 'another-team';

let server: TestServer;
let rig: Rig;
let host: CountableHost;
let caller: Worker;
let stopped: Promise<void>;
let calls = 0;

beforeAll(async () => {
  server = await startTestServer();
  rig = await startRig(
    server,
    { nexus: true },
    (catalog) =>
      (host = countableHost([{ key: 'pay' }, { key: 'growth', deps: ['pay'] }].map(defineAsset), catalog)),
  );
  await server.environment.createNexusEndpoint(ENDPOINT, rig.config.taskQueue);
  caller = await Worker.create({
    connection: server.environment.nativeConnection,
    taskQueue: QUEUE,
    workflowsPath: fileURLToPath(new URL('./caller-workflows.ts', import.meta.url)),
  });
  stopped = caller.run();
});

afterAll(async () => {
  caller.shutdown();
  await stopped;
  await rig.close();
  await server.close();
});

const ask = (input: MaterializeAssetInput) =>
  server.environment.client.workflow.execute<typeof askForAsset>('askForAsset', {
    workflowId: `asks-${++calls}`,
    taskQueue: QUEUE,
    args: [ENDPOINT, input],
  });

test('an asset is made under the name asked for, and the answer says what was done', async () => {
  expect(await ask({ asset: 'pay', id: 'first' })).toMatchObject({
    run_id: 'first',
    status: 'succeeded',
    ran: 1,
  });
  expect(host.made).toEqual(['pay']);
  expect(await ask({ asset: 'pay', config: { target: 2.5 } })).toMatchObject({ ran: 0, reused: 1 });
  expect(host.configs).toEqual([{}]);
});

test.each([
  ['no key', { asset: 'pay or *' }, /REQUEST_INVALID.*asset/],
  ['an unknown field of the config', { asset: 'pay', config: { targt: 2 } }, /REQUEST_INVALID.*targt/],
  ['a value out of range', { asset: 'pay', config: { tolerance: -1 } }, /REQUEST_INVALID.*tolerance/],
])('%s is refused at once, and nothing is started', async (_what, input, message) => {
  const before = host.made.length;
  const texts: string[] = [];
  let error: unknown = await ask(input).catch((reason: unknown) => reason);
  while (error !== undefined && error !== null) {
    texts.push(String((error as Error).message));
    error = (error as Error).cause;
  }
  expect(texts.join(' < ')).toMatch(message);
  expect(host.made).toHaveLength(before);
});
