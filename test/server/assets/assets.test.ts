/** The asset graph over the API: plan, checks and history of a selection, as the catalog has them. */
import { createCatalog } from '../../../src/assets/catalog/catalog.js';
import type { AssetEvent, MaterializationRecord } from '../../../src/assets/graph/catalog-port.js';
import { createLogger } from '../../../src/shared/log.js';
import { bodyOf, problemIn, startApi, type ApiRig } from '../rig.js';

const ASSET = 'fct_workforce_snapshot';
const INPUT = 'fct_yearly_events';

const made = (asset: string, version: string, inputs: MaterializationRecord['inputs']): AssetEvent => ({
  id: `${asset}-${version}`,
  asset,
  partition: '2026',
  run: `run-${version}`,
  recorded_at: '2026-01-01T00:00:00Z',
  kind: 'materialization',
  fingerprint: `fingerprint-${version}`,
  code_version: 'code',
  config_version: '',
  data_version: version,
  inputs,
  seconds: 1.5,
  metadata: { rows: { kind: 'integer', value: 7 } },
});

const CHECK: AssetEvent = {
  id: 'check',
  asset: ASSET,
  partition: '2026',
  run: 'run-b',
  recorded_at: '2026-01-01T00:00:01Z',
  kind: 'check',
  check: 'headcount_adds_up',
  passed: false,
  severity: 'error',
  blocking: true,
  data_version: 'b',
  seconds: 0.1,
  metadata: {},
};

let rig: ApiRig;
beforeAll(async () => {
  rig = await startApi();
  const catalog = createCatalog(rig.config, createLogger(rig.config));
  await catalog.append([
    made(INPUT, 'a', []),
    made(ASSET, 'b', [{ asset: INPUT, partition: '2026', data_version: 'a' }]),
    CHECK,
    made(INPUT, 'c', []),
  ]);
  await catalog.close();
});
afterAll(() => rig.close());

const assets = () => rig.client.api.assets;

test('history comes newest first, page by page', async () => {
  const select = `${INPUT} or ${ASSET}`;
  const first = await bodyOf(assets().history.$get({ query: { select, limit: '3' } }));
  expect(first.events.map(({ kind, asset, check }) => [kind, asset, check])).toEqual([
    ['materialization', INPUT, null],
    ['check', ASSET, 'headcount_adds_up'],
    ['materialization', ASSET, null],
  ]);
  expect(first.events[2]).toMatchObject({
    seconds: 1.5,
    fingerprint: 'fingerprint-b',
    metadata: { rows: { kind: 'integer', value: 7 } },
  });
  const before = String(first.next_before);
  const rest = await bodyOf(assets().history.$get({ query: { select, before, limit: '3' } }));
  expect(rest.events.map(({ data_version }) => data_version)).toEqual(['a']);
  expect(rest.next_before).toBeNull();
});

test('checks are those of the selection', async () => {
  const { checks } = await bodyOf(assets().checks.$get({ query: { select: ASSET } }));
  expect(checks.map(({ check, passed, blocking }) => [check, passed, blocking])).toEqual([
    ['headcount_adds_up', false, true],
  ]);
  expect((await bodyOf(assets().checks.$get({ query: { select: INPUT } }))).checks).toEqual([]);
});

test('an asset tells what it was made from, and what changed since', async () => {
  const { assets: shown } = await bodyOf(assets().$get({ query: { select: ASSET } }));
  const step = shown.find(({ key }) => key === ASSET)?.steps.find(({ partition }) => partition === '2026');
  expect(step).toMatchObject({
    fingerprint: 'fingerprint-b',
    run: 'run-b',
    inputs: [{ asset: INPUT, partition: '2026', data_version: 'a', changed: true }],
  });
});

test('a plan says what each partition would do, and starts nothing', async () => {
  const query = { select: ASSET, partitions: '2025..2026', force: 'true' } as const;
  const { steps } = await bodyOf(assets().plan.$get({ query }));
  expect(steps.map(({ key, partition }) => [key, partition])).toEqual([
    [ASSET, '2025'],
    [ASSET, '2026'],
  ]);
  expect(steps.every(({ reasons }) => reasons.length > 0)).toBe(true);
});

test.each([['plan?select=no_such_asset'], ['history?select=group:'], ['plan?partitions=..']])(
  '%s is refused',
  async (address) => {
    const problem = await problemIn(rig.ask(`/api/assets/${address}`));
    expect(problem['status']).toBe(422);
  },
);

test('a materialisation that nobody started is neither shown, followed nor cancelled', async () => {
  const at = { param: { id: 'nobody' } };
  const run = rig.client.api.materializations[':id'];
  for (const answer of [run.$get(at), run.events.$get({ ...at, header: {} }), run.cancel.$post(at)])
    expect(await problemIn(answer)).toMatchObject({ status: 404, code: 'RUN_UNKNOWN' });
});
