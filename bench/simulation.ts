/** Times a five-year simulation, a trial that moves pay alone, the checks, and loading a stored result. */
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { LeverRow } from '../src/levers/lever.contract.js';
import { compilePlan } from '../src/simulation/model/compile-plan.js';
import { createSimulator } from '../src/simulation/create-simulator.js';
import { runBareSql } from './bare-sql.js';
import { withCompany, type BenchCompany } from './company.js';
import { median, peakMemoryGb, printTable, repeat, seconds, timed, times } from './measure.js';

const forget = async ({ config }: BenchCompany) => {
  for (const folder of ['simulations', 'trials', 'checkpoints']) {
    await rm(path.join(config.home, folder), { recursive: true, force: true });
  }
};

/** One whole simulation by a new simulator; seconds without, and of, the checks. */
async function simulateOnce(company: BenchCompany, engine: 'plan' | 'dbt') {
  await forget(company);
  const simulator = createSimulator(company.config, company.logger);
  const { result, seconds: total } = await timed(() =>
    simulator.simulate({ ...company.spec, engine }, { keep: 'tables' }),
  );
  await simulator.close();
  const folder = path.join(company.config.home, 'simulations', result.summary.simulation_id);
  const provenance = JSON.parse(await readFile(path.join(folder, 'provenance.json'), 'utf8')) as {
    check_seconds: number;
  };
  return { total: total - provenance.check_seconds, checks: provenance.check_seconds };
}

const PAY = new Set(['merit_base', 'cola_rate', 'new_hire_salary_adjustment']);
const moved = (rows: readonly LeverRow[], step: number): LeverRow[] =>
  rows.map((row) =>
    PAY.has(row.parameter_name)
      ? { ...row, parameter_value: Number((row.parameter_value * (1 + step)).toFixed(6)) }
      : row,
  );

/** Trials after a baseline in the same simulator: only pay runs again. */
async function payTrials(company: BenchCompany, count: number): Promise<number[]> {
  const simulator = createSimulator(company.config, company.logger);
  await simulator.simulate(company.spec, { keep: 'summary' });
  const rows = await company.levers.load(company.spec.levers);
  const trials = await repeat(count, async (index) => {
    const levers = await company.levers.save(moved(rows, 0.01 * (index + 1)));
    return (await timed(() => simulator.simulate({ ...company.spec, levers }, { keep: 'summary' }))).seconds;
  });
  await simulator.close();
  return trials;
}

async function loading(company: BenchCompany): Promise<number[]> {
  const simulator = createSimulator(company.config, company.logger);
  const { summary } = await simulator.simulate(company.spec, { keep: 'tables' });
  const loads = await repeat(
    5,
    async () => (await timed(() => simulator.load(summary.simulation_id))).seconds,
  );
  await simulator.close();
  return loads;
}

/** @param sizes people in each company; dbt itself runs only where `withDbt` says. */
export async function benchSimulation(
  sizes: readonly number[],
  withDbt: (employees: number) => boolean,
): Promise<void> {
  const rows: string[][] = [];
  for (const employees of sizes) {
    await withCompany({ employees }, async (company) => {
      await compilePlan(company.config);
      const count = employees > 200_000 ? 1 : 5;
      // Bare SQL and engine in turn, so that a busy minute of the machine meets both.
      const pairs = await repeat(count, async () => ({
        bare: await runBareSql(company),
        ...(await simulateOnce(company, 'plan')),
      }));
      const whole = median(pairs.map(({ total }) => total));
      const bare = median(pairs.map((pair) => pair.bare));
      const trials = median(await payTrials(company, count === 1 ? 2 : 7));
      const loads = median(await loading(company));
      const dbt = withDbt(employees) ? (await simulateOnce(company, 'dbt')).total : undefined;
      rows.push([
        employees.toLocaleString('en'),
        seconds(whole),
        times(whole / bare),
        dbt === undefined ? '–' : `${seconds(dbt)} (${times(dbt / whole)})`,
        seconds(trials),
        seconds(median(pairs.map(({ checks }) => checks))),
        `${(loads * 1000).toFixed(1)} ms`,
        `${peakMemoryGb().toFixed(1)} GB`,
      ]);
    });
  }
  printTable(
    'One five-year simulation with both files',
    [
      'people',
      'plan engine',
      'to bare SQL',
      'dbt engine',
      'pay-only trial',
      'all checks, beside',
      'loading',
      'peak memory',
    ],
    rows,
  );
}
