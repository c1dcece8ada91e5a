import fc from 'fast-check';
import { defineAsset } from '../../../src/assets/graph/asset.js';
import { createGraph, type AssetGraph } from '../../../src/assets/graph/graph.js';
import { selectAssets, wildcard } from '../../../src/assets/graph/selection/select.js';
import { randomSpecs } from './random-graph.js';

/** raw_orders → stg_orders → orders → report; raw_customers → stg_customers → orders */
const shop = createGraph([
  defineAsset({ key: 'raw_orders', group: 'raw', kinds: ['csv'], owners: ['ann@shop.example'] }),
  defineAsset({ key: 'raw_customers', group: 'raw', kinds: ['csv'], tags: { pii: 'yes' } }),
  defineAsset({ key: 'stg_orders', group: 'staging', deps: ['raw_orders'], kinds: ['sql'] }),
  defineAsset({ key: 'stg_customers', group: 'staging', deps: ['raw_customers'], tags: { pii: 'no' } }),
  defineAsset({
    key: 'orders',
    group: 'marts/core',
    deps: ['stg_orders', 'stg_customers'],
    columns: { total: '' },
  }),
  defineAsset({ key: 'report', group: 'marts', deps: ['orders'] }),
]);
const context = {
  statuses: ['healthy', 'missing'],
  statusOf: (key: string) => (key === 'report' ? ['missing'] : ['healthy']),
};

test.each([
  ['orders', 'orders'],
  ['key:"orders"', 'orders'],
  ['"orders"', 'orders'],
  ['*', 'raw_orders raw_customers stg_orders stg_customers orders report'],
  ['stg_*', 'stg_orders stg_customers'],
  ['key:*_o*s', 'raw_orders stg_orders'],
  ['group:raw', 'raw_orders raw_customers'],
  ['group:marts', 'orders report'],
  ['group:"marts/core"', 'orders'],
  ['tag:pii', 'raw_customers stg_customers'],
  ['tag:pii=yes', 'raw_customers'],
  ['tag:"pii"="no"', 'stg_customers'],
  ['kind:csv', 'raw_orders raw_customers'],
  ['owner:"ann@shop.example"', 'raw_orders'],
  ['column:total', 'orders'],
  ['status:MISSING', 'report'],
  ['+orders', 'raw_orders raw_customers stg_orders stg_customers orders'],
  ['orders+', 'orders report'],
  ['1+orders', 'stg_orders stg_customers orders'],
  ['raw_orders+1', 'raw_orders stg_orders'],
  ['raw_orders+2', 'raw_orders stg_orders orders'],
  ['1+orders+1', 'stg_orders stg_customers orders report'],
  ['*orders', 'raw_orders raw_customers stg_orders stg_customers orders'],
  ['orders*', 'orders report'],
  ['++report', 'stg_orders stg_customers orders report'],
  ['raw_orders++', 'raw_orders stg_orders orders'],
  ['raw_orders+ and +orders', 'raw_orders stg_orders orders'],
  ['not group:raw', 'stg_orders stg_customers orders report'],
  ['group:raw or report and kind:csv', 'raw_orders raw_customers'],
  ['(group:raw or report) and not kind:csv', 'report'],
  ['orders, report', 'orders report'],
  ['roots(*)', 'raw_orders raw_customers'],
  ['roots(+report and not group:raw)', 'stg_orders stg_customers'],
  ['sinks(stg_orders+ and not report)', 'orders'],
  ['+(orders or stg_orders)', 'raw_orders raw_customers stg_orders stg_customers orders'],
  ['NOT (+orders)', 'report'],
  ['nothing', ''],
])('%s', (selection, keys) => {
  expect(selectAssets(shop, selection, context).join(' ')).toBe(keys);
});

test.each([
  ['', 1, 'expected an asset key or a filter'],
  ['orders and', 11, 'found the end'],
  ['orders report', 8, 'expected "and", "or" or the end, found "report"'],
  ['(orders', 8, 'expected ")"'],
  ['grup:raw', 1, 'unknown filter grup'],
  ['group:', 7, 'expected a value of group'],
  ['key:"orders', 5, 'not closed'],
  ['orders or status:lost', 18, 'unknown status lost (known: healthy, missing)'],
  ['and', 1, 'found "and"'],
  ['orders)', 7, 'found ")"'],
])('%p is refused at %i', (selection, position, problem) => {
  expect(() => selectAssets(shop, selection, context)).toThrow(
    expect.objectContaining({ code: 'SELECTION_INVALID', fields: expect.objectContaining({ position }) }),
  );
  expect(() => selectAssets(shop, selection, context)).toThrow(problem);
});

test.each([
  ['(', 202, 'nested more than 200 deep'],
  ['not ', 805, 'nested more than 200 deep'],
  ['a,', 8001, 'more than 4000 parts'],
])('nine thousand times "%s" is refused at %i', (part, position, problem) => {
  expect(() => selectAssets(shop, part.repeat(9000), context)).toThrow(
    expect.objectContaining({ fields: expect.objectContaining({ position, problem }) }),
  );
});

/** A selection as text beside what it means, taken from the definitions one asset at a time. */
interface Case {
  readonly text: string;
  readonly means: (graph: AssetGraph, key: string) => boolean;
}

const reads = (graph: AssetGraph, key: string, other: string): boolean =>
  graph.assets.get(key)?.deps.some((dep) => dep.key === other && other !== key) ?? false;
const keysOf = (graph: AssetGraph) => [...graph.assets.keys()];
/** True where `key` is at most `layers` edges above something that `of` means. */
const above = (graph: AssetGraph, key: string, layers: number, of: Case): boolean =>
  of.means(graph, key) ||
  (layers > 0 &&
    keysOf(graph).some((other) => reads(graph, other, key) && above(graph, other, layers - 1, of)));
const below = (graph: AssetGraph, key: string, layers: number, of: Case): boolean =>
  of.means(graph, key) ||
  (layers > 0 &&
    keysOf(graph).some((other) => reads(graph, key, other) && below(graph, other, layers - 1, of)));

const leaf: fc.Arbitrary<Case> = fc.oneof(
  fc.nat(8).map((n): Case => ({ text: `a${n}`, means: (_, key) => key === `a${n}` })),
  fc.constant<Case>({ text: '*', means: () => true }),
  fc.constant<Case>({
    text: 'group:sales',
    means: (graph, key) => graph.assets.get(key)?.group.startsWith('sales') ?? false,
  }),
  fc.constant<Case>({ text: 'kind:sql', means: (graph, key) => graph.assets.get(key)?.kinds[0] === 'sql' }),
  fc.constant<Case>({
    text: 'tag:heat=hot',
    means: (graph, key) => graph.assets.get(key)?.tags['heat'] === 'hot',
  }),
);
const { selection } = fc.letrec<{ selection: Case }>((tie) => ({
  selection: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.tuple(tie('selection'), tie('selection')).map(([left, right]): Case => ({
      text: `(${left.text}) and (${right.text})`,
      means: (graph, key) => left.means(graph, key) && right.means(graph, key),
    })),
    fc.tuple(tie('selection'), tie('selection')).map(([left, right]): Case => ({
      text: `(${left.text} or ${right.text})`,
      means: (graph, key) => left.means(graph, key) || right.means(graph, key),
    })),
    tie('selection').map((of): Case => ({
      text: `not (${of.text})`,
      means: (graph, key) => !of.means(graph, key),
    })),
    fc.tuple(tie('selection'), fc.integer({ min: 1, max: 9 })).map(([of, up]): Case => ({
      text: `${up === 9 ? '' : up}+(${of.text})`,
      means: (graph, key) => above(graph, key, up, of),
    })),
    fc.tuple(tie('selection'), fc.integer({ min: 1, max: 9 })).map(([of, down]): Case => ({
      text: `(${of.text})+${down === 9 ? '' : down}`,
      means: (graph, key) => below(graph, key, down, of),
    })),
    tie('selection').map((of): Case => ({
      text: `roots(${of.text})`,
      means: (graph, key) =>
        of.means(graph, key) &&
        !keysOf(graph).some((other) => reads(graph, key, other) && of.means(graph, other)),
    })),
    tie('selection').map((of): Case => ({
      text: `sinks(${of.text})`,
      means: (graph, key) =>
        of.means(graph, key) &&
        !keysOf(graph).some((other) => reads(graph, other, key) && of.means(graph, other)),
    })),
  ),
}));

test('every selection means what its parts mean, asset by asset', () => {
  fc.assert(
    fc.property(randomSpecs(false), selection, (specs, { text, means }) => {
      const graph = createGraph(specs);
      expect(selectAssets(graph, text)).toEqual(keysOf(graph).filter((key) => means(graph, key)));
    }),
    { numRuns: 300 },
  );
});

test('a wildcard matches as its regular expression does', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 7 });
  fc.assert(
    fc.property(text, text, (pattern, subject) => {
      const expression = new RegExp(`^${pattern.replaceAll('*', '[ab*]*')}$`);
      expect(wildcard(pattern)(subject)).toBe(expression.test(subject));
    }),
  );
});
