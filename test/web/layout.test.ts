/** The layout of the asset graph: inputs to the left of what reads them, folded groups, no box on another. */
import fc from 'fast-check';
import { groupNode, layOut, type LayoutAsset } from '../../web/src/features/assets/layout.js';
import { crossingsRightOf } from '../../web/src/features/assets/layered/order.js';
import { nondecreasing } from '../../web/src/features/assets/layered/heights.js';

const CHAIN: readonly LayoutAsset[] = [
  { key: 'seed', group: 'inputs', deps: [], earlier_deps: [] },
  { key: 'staging', group: 'inputs', deps: ['seed'], earlier_deps: [] },
  { key: 'flow', group: 'flow', deps: ['staging'], earlier_deps: [] },
  { key: 'pay', group: 'pay', deps: ['flow', 'elsewhere'], earlier_deps: [] },
];

test('folded groups are one box each, with the edges between them', () => {
  const { nodes, edges } = layOut({ assets: CHAIN, open: [] });
  expect(nodes.map(({ id, count }) => [id, count])).toEqual([
    ['group:inputs', 2],
    ['group:flow', 1],
    ['group:pay', 1],
  ]);
  expect(edges).toEqual([
    { from: 'group:inputs', to: 'group:flow', earlier: false },
    { from: 'group:flow', to: 'group:pay', earlier: false },
  ]);
});

test('an opened group shows its assets', () => {
  const { nodes } = layOut({ assets: CHAIN, open: ['inputs'] });
  expect(nodes.map(({ id }) => id)).toEqual(['seed', 'staging', groupNode('flow'), groupNode('pay')]);
});

/** Each asset reads only earlier ones. */
const graphs = fc
  .array(
    fc.record({ group: fc.constantFrom('a', 'b', 'c'), reads: fc.array(fc.nat(20), { maxLength: 3 }) }),
    {
      minLength: 1,
      maxLength: 20,
    },
  )
  .map((drawn) =>
    drawn.map(({ group, reads }, index) => ({
      key: `asset_${index}`,
      group,
      deps: [...new Set(reads.filter((read) => read < index).map((read) => `asset_${read}`))],
      earlier_deps: [],
    })),
  );

test('whatever is read stands to the left, and no box covers another', () => {
  fc.assert(
    fc.property(graphs, (assets) => {
      const { nodes, edges } = layOut({ assets, open: ['a', 'b', 'c'] });
      const at = new Map(nodes.map((node) => [node.id, node]));
      for (const { from, to } of edges) expect(at.get(from)?.x).toBeLessThan(at.get(to)?.x ?? 0);
      for (const [index, one] of nodes.entries()) {
        for (const other of nodes.slice(index + 1)) {
          const apart =
            Math.abs(one.x - other.x) >= one.width - 0.01 || Math.abs(one.y - other.y) >= one.height - 0.01;
          expect(apart).toBe(true);
        }
      }
    }),
    { numRuns: 40 },
  );
});

test('groups that read each other are drawn, each edge as it is', () => {
  const { nodes, edges } = layOut({
    assets: [
      { key: 'plan', group: 'flow', deps: [], earlier_deps: [] },
      { key: 'cost', group: 'pay', deps: ['plan'], earlier_deps: [] },
      { key: 'check', group: 'flow', deps: ['cost'], earlier_deps: [] },
    ],
    open: [],
  });
  expect(nodes.map(({ id, x }) => [id, x])).toEqual([
    ['group:flow', 0],
    ['group:pay', expect.any(Number)],
  ]);
  expect(edges).toEqual([
    { from: 'group:flow', to: 'group:pay', earlier: false },
    { from: 'group:pay', to: 'group:flow', earlier: false },
  ]);
});

test.each([
  ['no two cross', [[3], [4], [5]], 0],
  ['one pair', [[4], [3], [5]], 1],
  ['each crosses each', [[5], [4], [3]], 3],
  ['edges of one slot meet, they do not cross', [[3, 4, 5], [], [5]], 0],
])('crossings: %s', (_what, right, crossings) => {
  expect(crossingsRightOf([0, 1, 2], right, Float64Array.of(0, 1, 2, 0, 1, 2))).toBe(crossings);
});

test('slots that want the wrong order share their mean, and the others stay', () => {
  const wants = fc.array(
    fc.record({ value: fc.integer({ min: -50, max: 50 }), weight: fc.constantFrom(1, 4) }),
  );
  fc.assert(
    fc.property(wants, (wanted) => {
      const placed = nondecreasing(wanted);
      expect(placed).toEqual(placed.toSorted((a, b) => a - b));
      const balance = wanted.reduce(
        (sum, { value, weight }, index) => sum + weight * (value - (placed[index] ?? 0)),
        0,
      );
      expect(balance).toBeCloseTo(0, 6);
      const sorted = wanted.toSorted((a, b) => a.value - b.value);
      expect(nondecreasing(sorted)).toEqual(sorted.map(({ value }) => value));
    }),
  );
});

test('what reads the year before itself is no circle: the edge is marked, its reader stays to the left', () => {
  const { nodes, edges } = layOut({
    assets: [
      { key: 'closing', group: 'flow', deps: ['opening'], earlier_deps: [] },
      { key: 'opening', group: 'flow', deps: ['closing'], earlier_deps: ['closing'] },
    ],
    open: ['flow'],
  });
  const at = new Map(nodes.map(({ id, x }) => [id, x]));
  expect(at.get('opening')).toBeLessThan(at.get('closing') ?? 0);
  expect(edges).toEqual([
    { from: 'opening', to: 'closing', earlier: false },
    { from: 'closing', to: 'opening', earlier: true },
  ]);
});
