import type { AssetEvent } from '../../../src/assets/graph/catalog-port.js';
import { createMemoryCatalog } from './memory-catalog.js';

const head = { asset: 'orders', partition: '2025', run: 'r1', recorded_at: '2025-01-01T00:00:00.000Z' };
const planned: AssetEvent = { ...head, id: 'a', kind: 'planned', reasons: ['run: never made'] };
const made: AssetEvent = {
  ...head,
  id: 'b',
  kind: 'materialization',
  fingerprint: 'f',
  code_version: 'c',
  config_version: '',
  data_version: 'd',
  inputs: [],
  seconds: 0.1,
  metadata: { rows: { kind: 'integer', value: 3 } },
};

test('a materialisation ends the attempt, and a repeated event changes nothing', async () => {
  const catalog = createMemoryCatalog();
  expect(await catalog.append([planned])).toBe(1);
  expect((await catalog.latest(['orders']))[0]?.attempt).toEqual(planned);
  expect(await catalog.append([made, planned, made])).toBe(1);
  expect(await catalog.latest()).toEqual([
    {
      asset: 'orders',
      partition: '2025',
      materialization: made,
      observation: null,
      checks: [],
      attempt: null,
    },
  ]);
  const history = await catalog.history({ asset: 'orders', limit: 10 });
  expect(history.map(({ event }) => event.kind)).toEqual(['materialization', 'planned']);
});
