/** Times a converged run through Temporal, and counts iterations over a grid of targets, strategies and companies. */
import type { OptimizationResult } from '../src/runs/optimization.contract.js';
import { STRATEGIES } from '../src/runs/request.contract.js';
import { connectMeritloop, type MeritloopClient } from '../src/client/meritloop.js';
import { startWorker } from '../src/cli/processes/in-process-worker.js';
import { withCompany, type BenchCompany } from './company.js';
import { median, printTable, repeat, seconds, timed } from './measure.js';

async function withService<Result>(
  company: BenchCompany,
  work: (client: MeritloopClient) => Promise<Result>,
): Promise<Result> {
  const client = await connectMeritloop({ config: company.config, logger: company.logger });
  const worker = await startWorker(company.config, company.logger);
  try {
    return await work(client);
  } finally {
    await worker.close();
    await client.close();
  }
}

/** A run from start to result, server and worker warm; another seed each time, so that nothing is found stored. */
export async function benchRun(employees: number): Promise<void> {
  await withCompany({ employees }, (company) =>
    withService(company, async (client) => {
      const run = (seed: number) =>
        timed(async () => (await client.startOptimization({ census: company.census, seed })).result());
      await run(1);
      const runs = await repeat(5, (index) => run(index + 2));
      printTable(
        `A run to 2.0 % through Temporal, ${employees.toLocaleString('en')} people, server and worker warm`,
        ['median', 'slowest', 'status', 'simulations'],
        [
          [
            seconds(median(runs.map((row) => row.seconds))),
            seconds(Math.max(...runs.map((row) => row.seconds))),
            [...new Set(runs.map(({ result }) => result.status))].join(', '),
            String(median(runs.map(({ result }) => result.simulations_run))),
          ],
        ],
      );
    }),
  );
}

const COMPANIES = [
  { name: 'sample (5,000)', employees: 5000, seed: 42 },
  { name: 'generated (1,200)', employees: 1200, seed: 7 },
  { name: 'generated (20,000)', employees: 20_000, seed: 11 },
];

/** Ten targets spread over the attainable range, ends included, and one outside at each side. */
export async function benchConvergence(): Promise<void> {
  const rows: string[][] = [];
  for (const { name, ...size } of COMPANIES) {
    await withCompany(size, (company) =>
      withService(company, async (client) => {
        const tune = async (
          target: number,
          strategy: (typeof STRATEGIES)[number],
        ): Promise<OptimizationResult> =>
          (await client.startOptimization({ census: company.census, target, strategy })).result();
        const {
          attainable_growth: [low, high],
        } = await tune(2, 'balanced');
        for (const strategy of STRATEGIES) {
          const inside = await repeat(10, (index) => tune(low + ((high - low) * index) / 9, strategy));
          const outside = [await tune(low - 0.5, strategy), await tune(high + 0.5, strategy)];
          const used = inside.map(({ iterations_used }) => iterations_used);
          rows.push([
            name,
            strategy,
            `${low.toFixed(2)} % to ${high.toFixed(2)} %`,
            `${inside.filter(({ status }) => status === 'converged').length} of ${inside.length}`,
            String(median(used)),
            String(Math.max(...used)),
            `${outside.filter(({ status }) => status === 'infeasible').length} of ${outside.length}`,
            seconds(median(inside.map((result) => result.seconds))),
          ]);
        }
      }),
    );
  }
  printTable(
    'Ten targets across the attainable range, ± 0.1 pp',
    [
      'company',
      'strategy',
      'attainable',
      'converged',
      'median iterations',
      'most',
      'outside: infeasible',
      'median time',
    ],
    rows,
  );
}
