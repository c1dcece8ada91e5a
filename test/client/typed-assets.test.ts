/** Assets started by key: the compiler refuses a configuration that the asset does not take, and so does the client. */
import type { AssetConfig, MeritloopClient } from '../../src/client/meritloop.js';
import { assetRequest } from '../../src/assets/typed-assets.client.js';

/** Never called: `npm run check` compiles it, and fails where a line marked as an error is none. */
const compiled = (client: MeritloopClient) => [
  client.materializeAsset('compensation_optimization_loop', { target: 3, strategy: 'balanced' }),
  client.materializeAsset('int_pay_year', { seed: 7 }, { partitions: '2027' }),
  client.materializeAsset('fct_yearly_events'),
  // @ts-expect-error a field that no optimisation has
  client.materializeAsset('compensation_optimization_loop', { targt: 3 }),
  // @ts-expect-error a field of another type
  client.materializeAsset('optimization_results_summary', { target: 'three' }),
  // @ts-expect-error a value that is none of the choices
  client.materializeAsset('compensation_optimization_loop', { strategy: 'bold' }),
  // @ts-expect-error a simulation has no target
  client.materializeAsset('int_pay_year', { target: 3 }),
];

test('the calls above are compiled', () => {
  expect(compiled).toHaveLength(1);
});

test('the request selects the asset by its key and carries the configuration as it was given', () => {
  expect(
    assetRequest('compensation_optimization_loop', { target: 3 }, { upstream: true, force: true }),
  ).toEqual({ select: '+"compensation_optimization_loop"', config: { target: 3 }, force: true });
  expect(assetRequest('int_pay_year', undefined, { partitions: '2027' })).toEqual({
    select: '"int_pay_year"',
    config: {},
    partitions: '2027',
  });
});

test.each([
  ['a key that is a selection', 'pay or *', {}, 'key'],
  ['an unknown field', 'compensation_optimization_loop', { targt: 3 }, 'targt'],
  ['a value out of range', 'compensation_optimization_loop', { tolerance: -1 }, 'tolerance'],
  ['an optimisation’s field', 'int_pay_year', { target: 3 }, 'target'],
])('%s is refused', (_, key, config, field) => {
  const given = JSON.parse(JSON.stringify(config)) as AssetConfig<string>;
  expect(() => assetRequest<string>(key, given, {})).toThrow(
    expect.objectContaining({ code: 'REQUEST_INVALID', fields: expect.objectContaining({ field }) }),
  );
});
