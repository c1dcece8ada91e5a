/** Conditions that start runs: due for a state, once, and with a reason. */
import { createHash } from 'node:crypto';
import { defineAsset } from '../../../src/assets/graph/asset.js';
import { decideAutomation, type Asked } from '../../../src/assets/graph/automation.js';
import type { LatestState } from '../../../src/assets/graph/catalog-port.js';
import { createGraph } from '../../../src/assets/graph/graph.js';
import { years } from '../../../src/assets/graph/partitions.js';
import { planAssets, type WorldState } from '../../../src/assets/graph/plan.js';

const hash = (text: string) => createHash('sha256').update(text).digest('hex');
const plan = years(2025, 2026);
const graph = createGraph([
  defineAsset({ key: 'census', external: true }),
  defineAsset({ key: 'pay', deps: ['census'], automation: { kind: 'eager' } }),
  defineAsset({ key: 'growth', deps: ['pay'], automation: { kind: 'eager' } }),
  defineAsset({ key: 'archive', deps: ['census'], partitions: plan, automation: { kind: 'on-missing' } }),
  defineAsset({ key: 'nightly', automation: { kind: 'on-cron', cron: '0 2 * * *' } }),
  defineAsset({ key: 'manual' }),
]);

/** All that the plan would make, recorded as made. */
function made(world: WorldState, keys: readonly string[]): WorldState {
  const { steps } = planAssets(graph, world, { keys, config: {} }, hash);
  const states = steps.map(({ id, key, partition, inputs }): LatestState => {
    const version = (of: string) =>
      world.observed[of] ?? world.latest.find(({ asset }) => asset === of)?.materialization?.data_version;
    return {
      asset: key,
      partition,
      observation: null,
      checks: [],
      attempt: null,
      materialization: {
        kind: 'materialization',
        id,
        asset: key,
        partition,
        run: 'r',
        recorded_at: '2026-01-01T00:00:00.000Z',
        fingerprint: '',
        code_version: '1',
        config_version: '',
        data_version: `${id} of ${inputs.map((input) => version(input.id)).join()}`,
        inputs: inputs.map((input) => ({
          asset: input.key,
          partition: input.partition,
          data_version: version(input.id) ?? '',
        })),
        seconds: 0,
        metadata: {},
      },
    };
  });
  return { ...world, latest: [...world.latest.filter(({ asset }) => !keys.includes(asset)), ...states] };
}

const withCensus = (version: string, world: Partial<WorldState> = {}): WorldState => ({
  latest: [],
  foreseen: {},
  dynamic: {},
  ...world,
  observed: { census: version },
});

const decide = (world: WorldState, asked: Asked = {}) =>
  new Map(
    decideAutomation(graph, world, { config: {}, asked }, hash).map((decision) => [decision.asset, decision]),
  );

test('an eager asset starts while never made, and what reads it comes along', () => {
  const decisions = decide(withCensus('1'));
  expect(decisions.get('pay')).toMatchObject({ action: 'start', reasons: ['pay: never made'] });
  expect(decisions.get('growth')).toMatchObject({ action: 'start' });
  expect([...decisions.keys()]).toEqual(['pay', 'growth', 'archive']);
});

test('the same state starts no second run, whatever became of the first; another state does', () => {
  const first = decide(withCensus('1')).get('pay');
  const asked = { pay: first?.fingerprint ?? '' };
  expect(decide(withCensus('1'), asked).get('pay')).toMatchObject({
    action: 'wait',
    reasons: ['a run was started for this state already'],
  });
  expect(decide(withCensus('2'), asked).get('pay')).toMatchObject({ action: 'start' });
});

test('an eager asset waits while nothing changed, and starts for a changed input; one made only if missing does not', () => {
  let world = withCensus('1');
  for (const key of ['pay', 'growth', 'archive']) world = made(world, [key]);
  for (const decision of decide(world).values())
    expect(decision).toMatchObject({ action: 'wait', partitions: [] });
  const changed = decide(withCensus('2', world));
  expect(changed.get('pay')).toMatchObject({ action: 'start' });
  expect(changed.get('pay')?.reasons.join()).toContain('census');
  expect(changed.get('archive')).toMatchObject({ action: 'wait' });
});

test('only the missing partitions are due on-missing', () => {
  const world = made(withCensus('1'), ['archive']);
  const without = { ...world, latest: world.latest.filter(({ partition }) => partition !== '2026') };
  expect(decide(without).get('archive')).toMatchObject({ action: 'start', partitions: ['2026'] });
});
