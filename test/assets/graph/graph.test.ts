import { defineAsset, dep, type AssetDefinition } from '../../../src/assets/graph/asset.js';
import { assetOf, createGraph } from '../../../src/assets/graph/graph.js';
import { all, previous, range, same, type Mapping } from '../../../src/assets/graph/mapping.js';
import {
  dynamicPartitions,
  parsePartitionChoice,
  product,
  staticPartitions,
  years,
  type Partitions,
} from '../../../src/assets/graph/partitions.js';
import { expandSteps } from '../../../src/assets/graph/steps.js';

const graphOf = (...definitions: readonly AssetDefinition[]) => createGraph(definitions.map(defineAsset));
const plan = years(2025, 2027);

test.each<[string, AssetDefinition[], string]>([
  ['two of one key', [{ key: 'a' }, { key: 'a' }], 'a is defined twice'],
  ['an unknown input', [{ key: 'a', deps: ['b'] }], 'a reads b, which is not defined'],
  ['a key with a space', [{ key: 'a b' }], 'a b is no key'],
  [
    'a circle',
    [
      { key: 'a', deps: ['c'] },
      { key: 'b', deps: ['a'] },
      { key: 'c', deps: ['b'] },
    ],
    'in a circle: a <- c <- b <- a',
  ],
  ['an asset that reads itself', [{ key: 'a', deps: ['a'] }], 'in a circle: a <- a'],
  [
    'partitions that the input lacks',
    [
      { key: 'a', partitions: plan },
      { key: 'b', partitions: years(2025, 2028), deps: ['a'] },
    ],
    'b reads the same partition of a, which has none for 2028',
  ],
  [
    'previous of an asset in one piece',
    [{ key: 'a' }, { key: 'b', partitions: plan, deps: [dep('a', previous())] }],
    'b reads a by offset, which has no meaning',
  ],
  ['two checks of one name', [{ key: 'a', checks: [{ name: 'x' }, { name: 'x' }] }], 'a has two checks x'],
  ['no partition at all', [{ key: 'a', partitions: years(2027, 2025) }], 'a has no partition'],
  [
    'a partition like a range',
    [{ key: 'a', partitions: staticPartitions(['x..y']) }],
    'a has a partition x..y',
  ],
  [
    'an external asset with inputs',
    [{ key: 'a' }, { key: 'b', external: true, deps: ['a'] }],
    'b is external',
  ],
])('refused: %s', (_, definitions, problem) => {
  expect(() => graphOf(...definitions)).toThrow(expect.objectContaining({ code: 'GRAPH_INVALID' }));
  expect(() => graphOf(...definitions)).toThrow(problem);
});

test('a circle that leads through an earlier partition is none', () => {
  const graph = graphOf(
    { key: 'opening', partitions: plan, deps: [dep('closing', previous())] },
    { key: 'closing', partitions: plan, deps: ['opening'] },
  );
  expect(expandSteps(graph, { keys: ['closing', 'opening'], dynamic: {} }).map(({ id }) => id)).toEqual([
    'opening[2025]',
    'closing[2025]',
    'opening[2026]',
    'closing[2026]',
    'opening[2027]',
    'closing[2027]',
  ]);
});

test('a circle of partitions is named', () => {
  const graph = graphOf(
    { key: 'a', partitions: plan, deps: [dep('b', previous())] },
    { key: 'b', partitions: plan, deps: [dep('a', all)] },
  );
  expect(() => expandSteps(graph, { keys: ['a', 'b'], dynamic: {} })).toThrow(
    'a[2026] <- b[2025] <- a[2026]',
  );
});

test('a chain of twenty thousand assets is ordered', () => {
  const definitions = Array.from({ length: 20_000 }, (_, n) => ({
    key: `a${n}`,
    deps: n === 0 ? [] : [`a${n - 1}`],
  }));
  const graph = graphOf(...definitions.toReversed());
  expect(expandSteps(graph, { keys: [...graph.assets.keys()], dynamic: {} }).at(-1)?.id).toBe('a19999');
});

test('an unknown key is refused with those near it', () => {
  expect(() => assetOf(graphOf({ key: 'orders' }, { key: 'people' }), 'ordres')).toThrow(
    expect.objectContaining({
      code: 'ASSET_UNKNOWN',
      fields: expect.objectContaining({ asset: 'ordres', known: ['orders', 'people'] }),
    }),
  );
});

const regions = staticPartitions(['north', 'south']);
const both = product({ year: years(2025, 2026), region: regions });

test.each<[string, Mapping, Partitions | null, Partitions | null, string, string]>([
  ['the same year', same, plan, plan, '2026', '2026'],
  ['every year', all, plan, plan, '2026', '2025 2026 2027'],
  ['the year before', previous(), plan, plan, '2026', '2025'],
  ['before the first', previous(), plan, plan, '2025', ''],
  ['two years back until now', range(-2, 0), plan, plan, '2027', '2025 2026 2027'],
  ['of years by position', previous(), years(2026, 2029), plan, '2028', '2027'],
  ['static, by position', range(-1, 1), regions, regions, 'north', 'north south'],
  ['one piece', same, plan, null, '2026', 'null'],
  ['everything for one piece', same, null, plan, '', '2025 2026 2027'],
  ['a product’s dimension', same, both, regions, '2026|south', 'south'],
  ['all of a dimension', same, regions, both, 'south', '2025|south 2026|south'],
  ['between products', same, both, both, '2026|south', '2026|south'],
  ['along a dimension', previous('year'), both, both, '2026|south', '2025|south'],
])('mapping: %s', (_, mapping, reader, input, partition, expected) => {
  const graph = graphOf(
    { key: 'input', partitions: input },
    { key: 'reader', partitions: reader, deps: [dep('input', mapping)] },
  );
  const step = expandSteps(graph, { keys: ['reader'], dynamic: {} }).find(
    (found) => (found.partition ?? '') === partition,
  );
  expect(step?.inputs.map((found) => String(found.partition)).join(' ')).toBe(expected);
});

test.each<[string, string]>([
  ['2026', '2026'],
  ['2025..2026', '2025 2026'],
  ['2026..', '2026 2027'],
  ['..2025', '2025'],
  ['2025,2027', '2025 2027'],
  ['2020..2025', '2025'],
])('partitions %s', (text, keys) => {
  const graph = graphOf({ key: 'a', partitions: plan }, { key: 'whole' });
  const steps = expandSteps(graph, {
    keys: ['a', 'whole'],
    partitions: parsePartitionChoice(text),
    dynamic: {},
  });
  expect(steps.map(({ partition }) => partition ?? 'whole').join(' ')).toBe(`${keys} whole`);
});

test('partitions of products and of names', () => {
  const graph = graphOf({ key: 'a', partitions: both }, { key: 'b', partitions: dynamicPartitions('shops') });
  const chosen = (text: string) =>
    expandSteps(graph, {
      keys: ['a', 'b'],
      partitions: parsePartitionChoice(text),
      dynamic: { shops: ['vienna', 'graz', 'linz'] },
    }).map(({ partition }) => partition);
  expect(chosen('2026|north')).toEqual(['2026|north']);
  expect(chosen('2025..|south')).toEqual(['2025|south', '2026|south']);
  expect(chosen('graz..linz')).toEqual(['graz', 'linz']);
});

test.each(['2025..2026..2027', '', ',', '1999'])('partitions %p are refused', (text) => {
  const graph = graphOf({ key: 'a', partitions: plan });
  expect(() =>
    expandSteps(graph, { keys: ['a'], partitions: parsePartitionChoice(text), dynamic: {} }),
  ).toThrow(expect.objectContaining({ code: 'PARTITIONS_INVALID' }));
});
