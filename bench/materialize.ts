/** What the graph itself costs: three hundred assets that do nothing, on the embedded server, eight at a time. */
import type { MaterializationRequestInput } from '../src/assets/materialization.contract.js';
import { withCompany } from './company.js';
import { noOpAssets, noOpChains, noOpHost, type NoOpAsset } from './dagster/no-op-assets.js';
import { printTable, seconds } from './measure.js';
import { withWorker } from './worker.js';

const ASSETS = 300;
const PARALLELISM = 8;

const GRAPHS: readonly (readonly [name: string, assets: readonly NoOpAsset[]])[] = [
  ['chains of ten', noOpChains(ASSETS, 10)],
  ['49 layers, two inputs each', noOpAssets(ASSETS)],
];
const RUNS: readonly (readonly [name: string, request: MaterializationRequestInput])[] = [
  ['first', {}],
  ['again, forced', { force: true }],
  ['again, forced', { force: true }],
  ['nothing to do', {}],
];

export async function benchMaterialize(): Promise<void> {
  const rows: string[][] = [];
  for (const [graph, assets] of GRAPHS)
    await withCompany({ employees: 10 }, (company) =>
      withWorker(
        company,
        (catalog) => noOpHost(assets, catalog),
        async ({ client, measured }) => {
          for (const [run, request] of RUNS) {
            const {
              seconds: wall,
              cpu,
              made,
            } = await measured(
              async () =>
                (await (await client.materialize({ parallelism: PARALLELISM, ...request })).result()).ran,
            );
            const per = (value: number) => (made === 0 ? '' : `${((value * 1000) / made).toFixed(1)} ms`);
            rows.push([graph, run, String(made), seconds(wall), per(wall), per(cpu)]);
          }
        },
      ),
    );
  printTable(
    `${ASSETS} assets that do nothing, ${PARALLELISM} at a time, embedded server (CPU: worker and server)`,
    ['graph', 'run', 'made', 'wall time', 'wall per asset', 'CPU per asset'],
    rows,
  );
}
