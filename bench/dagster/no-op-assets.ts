/** A graph of assets that do nothing: what is left is the cost of the orchestration. */
import type { AssetHost } from '../../src/assets/host.js';
import { defineAsset, type AssetSpec } from '../../src/assets/graph/asset.js';
import type { AssetCatalog } from '../../src/assets/graph/catalog-port.js';
import { createGraph } from '../../src/assets/graph/graph.js';
import type { Partitions } from '../../src/assets/graph/partitions.js';

export interface NoOpAsset {
  readonly key: string;
  readonly deps: readonly string[];
}

/** Each reads two of the thirty before it, spread by a fixed rule; the same graph for both. */
export const noOpAssets = (count: number): NoOpAsset[] =>
  Array.from({ length: count }, (_, index) => {
    const window = Math.min(index, 30);
    const reads = window === 0 ? [] : [1 + ((index * 7) % window), 1 + ((index * 13) % window)];
    return { key: `a${index}`, deps: [...new Set(reads.map((back) => `a${index - back}`))] };
  });

/** Chains side by side. */
export const noOpChains = (count: number, length: number): NoOpAsset[] =>
  Array.from({ length: count }, (_, index) => ({
    key: `a${index}`,
    deps: index % length === 0 ? [] : [`a${index - 1}`],
  }));

export const specsOf = (assets: readonly NoOpAsset[], partitions: Partitions | null = null): AssetSpec[] =>
  assets.map(({ key, deps }) => defineAsset({ key, deps, partitions }));

export const noOpHost = (assets: readonly NoOpAsset[], catalog: AssetCatalog): AssetHost => ({
  catalog,
  describe: async () => ({
    graph: createGraph(specsOf(assets)),
    world: { observed: {}, foreseen: {}, dynamic: {} },
  }),
  compute: Object.fromEntries(
    assets.map(({ key }) => [
      key,
      async ({ steps, record }) =>
        record(steps.map(({ id }) => ({ step: id, dataVersion: '1', seconds: 0, metadata: {}, checks: [] }))),
    ]),
  ),
  workflowCall: () => {
    throw new TypeError('no asset here is a workflow');
  },
});
