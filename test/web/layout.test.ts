/** The layout of the asset graph: inputs to the left of what reads them, folded groups, no box on another. */
import fc from 'fast-check';
import { groupNode, layOut, type LayoutAsset } from '../../web/src/features/assets/layout.js';

const CHAIN: readonly LayoutAsset[] = [
  { key: 'seed', group: 'inputs', deps: [] },
  { key: 'staging', group: 'inputs', deps: ['seed'] },
  { key: 'flow', group: 'flow', deps: ['staging'] },
  { key: 'pay', group: 'pay', deps: ['flow', 'elsewhere'] },
];

test('folded groups are one box each, with the edges between them', () => {
  const { nodes, edges } = layOut({ assets: CHAIN, open: [] });
  expect(nodes.map(({ id, count }) => [id, count])).toEqual([
    ['group:inputs', 2],
    ['group:flow', 1],
    ['group:pay', 1],
  ]);
  expect(edges).toEqual([
    { from: 'group:inputs', to: 'group:flow' },
    { from: 'group:flow', to: 'group:pay' },
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
