/** A host of made-up assets whose computations count what they make, in this process or in a file. */
import { appendFile } from 'node:fs/promises';
import type { AssetHost, Compute } from '../../src/assets/host.js';
import type { AssetSpec } from '../../src/assets/graph/asset.js';
import type { AssetCatalog } from '../../src/assets/graph/catalog-port.js';
import { createGraph } from '../../src/assets/graph/graph.js';
import type { JsonObject } from '../../src/assets/graph/fingerprint.js';

export interface CountableHost extends AssetHost {
  /** Steps made, in order; a step made twice stands twice. */
  readonly made: string[];
  /** Called before each step; it may wait or throw. */
  onStep: (id: string, signal: AbortSignal) => Promise<void>;
  /** Data versions of external assets. */
  observed: Record<string, string>;
  /** Checks that fail, as `asset check`. */
  readonly failing: Set<string>;
  readonly configs: JsonObject[];
}

/** @param log file to which every step made is added, so that several processes can count together */
export function countableHost(
  specs: readonly AssetSpec[],
  catalog: AssetCatalog,
  log?: string,
): CountableHost {
  const graph = createGraph(specs);
  const compute: Compute = async ({ plan, steps, signal, onProgress, record }) => {
    host.configs.push(plan.config);
    for (const { id, key } of steps) {
      onProgress(id);
      await host.onStep(id, signal);
      host.made.push(id);
      if (log !== undefined) await appendFile(log, `${id}\n`);
      const checks = graph.assets.get(key)?.checks ?? [];
      await record([
        {
          step: id,
          dataVersion: `data of ${id}`,
          seconds: 0,
          metadata: {},
          checks: checks.map(({ name }) => ({
            name,
            passed: !host.failing.has(`${key} ${name}`),
            seconds: 0,
            metadata: {},
          })),
        },
      ]);
    }
  };
  const host: CountableHost = {
    made: [],
    onStep: async () => {},
    observed: Object.fromEntries(specs.filter(({ external }) => external).map(({ key }) => [key, 'first'])),
    failing: new Set(),
    configs: [],
    describe: async () => ({ graph, world: { observed: host.observed, foreseen: {}, dynamic: {} } }),
    compute: Object.fromEntries(specs.map(({ computation }) => [computation.name, compute])),
    workflowCall: (_, plan) => ({
      type: 'materializeAssets',
      id: `materialize/${plan.run}-inner`,
      args: [{ select: 'nothing' }],
    }),
    catalog,
  };
  return host;
}
