import { defineAsset } from '../../../src/assets/graph/asset.js';
import type {
  CheckEvaluation,
  LatestState,
  MaterializationRecord,
} from '../../../src/assets/graph/catalog-port.js';
import { drawMermaid, drawSvg, drawText } from '../../../src/assets/graph/draw.js';
import { createGraph } from '../../../src/assets/graph/graph.js';
import { statusesOf, statusesOfStep, type Status } from '../../../src/assets/graph/status.js';
import { World } from './world.js';

const spec = defineAsset({ key: 'a', freshness: { warnAfterHours: 24, failAfterHours: 48 } });
const head = { id: 'x', asset: 'a', partition: null, run: 'r', recorded_at: '2025-01-01T00:00:00Z' };
const materialization: MaterializationRecord = {
  ...head,
  kind: 'materialization',
  fingerprint: 'f',
  code_version: '1',
  config_version: '',
  data_version: 'd1',
  inputs: [],
  seconds: 1,
  metadata: {},
};
const made: LatestState = {
  asset: 'a',
  partition: null,
  materialization,
  observation: null,
  checks: [],
  attempt: null,
};
const check = (severity: 'warn' | 'error', data_version = 'd1'): CheckEvaluation => ({
  ...head,
  kind: 'check',
  check: 'fits',
  passed: false,
  severity,
  blocking: true,
  data_version,
  seconds: 0,
  metadata: {},
});

test.each<[string, LatestState | undefined, boolean, string, Status[]]>([
  ['made and unchanged', made, false, '2025-01-01T10:00:00Z', ['healthy']],
  ['never made', undefined, true, '2025-01-01T10:00:00Z', ['missing']],
  ['changed since', made, true, '2025-01-01T10:00:00Z', ['healthy', 'stale']],
  ['a warning', { ...made, checks: [check('warn')] }, false, '2025-01-01T10:00:00Z', ['warning']],
  ['a failed check', { ...made, checks: [check('error')] }, false, '2025-01-01T10:00:00Z', ['degraded']],
  [
    'a check of older data',
    { ...made, checks: [check('error', 'd0')] },
    false,
    '2025-01-01T10:00:00Z',
    ['healthy'],
  ],
  ['a day old', made, false, '2025-01-02T01:00:00Z', ['warning', 'late']],
  ['two days old', made, false, '2025-01-03T01:00:00Z', ['degraded', 'overdue']],
  ['of the future, after a clock jump', made, false, '2024-01-01T00:00:00Z', ['healthy']],
  [
    'at work',
    { ...made, attempt: { ...head, kind: 'planned', reasons: [] } },
    false,
    '2025-01-01T10:00:00Z',
    ['healthy', 'running'],
  ],
  [
    'failed',
    { ...made, attempt: { ...head, kind: 'failed', code: 'X', message: '', hint: '' } },
    true,
    '2025-01-01T10:00:00Z',
    ['failed', 'stale'],
  ],
])('status: %s', (_, state, isStale, now, statuses) => {
  expect(statusesOfStep(spec, state, isStale, new Date(now))).toEqual(statuses);
});

test('an asset is as healthy as its worst partition', async () => {
  const world = new World([
    defineAsset({ key: 'a', checks: [{ name: 'fits' }] }),
    defineAsset({ key: 'b', deps: ['a'] }),
  ]);
  world.failing.add('a fits');
  await world.materialize();
  const statuses = statusesOf(world.graph, await world.latest(), await world.plan(), new Date());
  expect(Object.fromEntries(statuses)).toEqual({ a: ['degraded', 'stale'], b: ['blocked'] });
});

test('drawings hold every asset, edge and status, and nothing that could break out', () => {
  const graph = createGraph([
    defineAsset({ key: 'raw', group: 'a "quoted" <group>' }),
    defineAsset({ key: 'clean', deps: ['raw'] }),
  ]);
  const drawing = { graph, keys: ['raw', 'clean'], statusOf: (): Status[] => ['healthy'] };
  expect(drawText(drawing)).toBe('raw [healthy]\n  clean [healthy] <- raw');
  expect(drawMermaid(drawing)).toContain('n0 --> n1');
  expect(drawSvg(drawing)).toContain('a &quot;quoted&quot; &lt;group&gt;');
});

test('twenty thousand assets are drawn', () => {
  const keys = Array.from({ length: 20_000 }, (_, n) => `a${n}`);
  const graph = createGraph(keys.map((key, n) => defineAsset({ key, deps: n === 0 ? [] : [`a${n - 1}`] })));
  const statusOf = (): Status[] => ['healthy'];
  // All in a chain: as deep as they are many.
  const chain = drawText({ graph, keys: keys.slice(0, 2000), statusOf });
  expect(chain.split('\n')).toHaveLength(2000);
  expect(drawSvg({ graph, keys, statusOf }).match(/<rect /g)).toHaveLength(20_000);
});
