/** Our side of the comparison: the same graphs and the same dbt project, by this working copy. */
import { createHash } from 'node:crypto';
import type { MaterializationRequestInput } from '../../src/assets/materialization.contract.js';
import { createGraph } from '../../src/assets/graph/graph.js';
import { years } from '../../src/assets/graph/partitions.js';
import { planAssets } from '../../src/assets/graph/plan.js';
import { compilePlan } from '../../src/simulation/model/compile-plan.js';
import { withCompany } from '../company.js';
import { median } from '../measure.js';
import { withWorker, type Measurement } from '../worker.js';
import { noOpAssets, noOpHost, specsOf } from './no-op-assets.js';

const PLANNED = 5;

export interface FirstAndAgain {
  readonly first: Measurement;
  readonly again: Measurement;
}

export interface NoOpsHere extends FirstAndAgain {
  /** Made once more whatever is recorded. */
  readonly forced: Measurement;
}

/** Before the first run a single asset is made: Dagster's processes are warm before the clock starts, too. */
export const noOpsHere = (count: number, parallelism: number): Promise<NoOpsHere> =>
  withCompany({ employees: 10 }, (company) =>
    withWorker(
      company,
      (catalog) => noOpHost(noOpAssets(count), catalog),
      async ({ client, measured }) => {
        const make = (request: MaterializationRequestInput) =>
          measured(async () => (await (await client.materialize({ parallelism, ...request })).result()).ran);
        await make({ select: 'a0' });
        return {
          first: await make({ select: 'not a0' }),
          forced: await make({ force: true }),
          again: await make({}),
        };
      },
    ),
  );

/** The sample company's five years, every model and test; the models are compiled beforehand, as Dagster's manifest is. */
export const dbtProjectHere = (): Promise<FirstAndAgain> =>
  withCompany({ employees: 10 }, async (company) => {
    await compilePlan(company.config);
    return withWorker(company, undefined, async ({ client, measured }) => {
      const make = () =>
        measured(async () => (await (await client.materialize({ select: 'kind:dbt' })).result()).ran);
      return { first: await make(), again: await make() };
    });
  });

/** A thousand assets of ten years each, nothing recorded. */
export function planHere(assets: number): Measurement {
  const specs = specsOf(noOpAssets(assets), years(2025, 2034));
  const hash = (text: string) => createHash('sha256').update(text).digest('hex');
  const world = { latest: [], observed: {}, foreseen: {}, dynamic: {} };
  const rounds = Array.from({ length: PLANNED }, () => {
    const [startedAt, before] = [performance.now(), process.cpuUsage()];
    const keys = specs.map(({ key }) => key);
    const { steps } = planAssets(createGraph(specs), world, { keys, config: {} }, hash);
    const { user, system } = process.cpuUsage(before);
    return {
      seconds: (performance.now() - startedAt) / 1000,
      cpu: (user + system) / 1e6,
      made: steps.length,
    };
  });
  const of = (what: keyof Measurement) => median(rounds.map((round) => round[what]));
  return { seconds: of('seconds'), cpu: of('cpu'), made: of('made') };
}
