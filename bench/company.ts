/** Generated companies for the benchmarks, each in a temporary home that disappears afterwards. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import type { ActivityDependencies } from '../src/ports.js';
import { generateCensus } from '../src/census/generate.js';
import { importCensus } from '../src/census/import.js';
import { loadConfig, type Config } from '../src/config.js';
import { createDependencies } from '../src/dependencies.js';
import { LeverStore } from '../src/levers/store.js';
import type { SimulationSpec } from '../src/simulation/simulator.js';

export interface BenchCompany {
  readonly config: Config;
  readonly logger: pino.Logger;
  readonly levers: LeverStore;
  readonly spec: SimulationSpec;
  readonly census: string;
}

export async function withCompany<Result>(
  { employees, seed = 42 }: { readonly employees: number; readonly seed?: number },
  work: (company: BenchCompany) => Promise<Result>,
): Promise<Result> {
  const home = await mkdtemp(path.join(os.tmpdir(), 'meritloop-bench-'));
  try {
    const config = loadConfig({ home, logLevel: 'warn' });
    const levers = new LeverStore({ home, seedsDir: path.join(config.projectRoot, 'seeds') });
    const census = path.join(home, 'census.parquet');
    await generateCensus({ employees, seed, out: census, baselineDate: '2024-12-31' });
    const imported = await importCensus({ file: census, home, baselineDate: '2024-12-31' });
    const spec: SimulationSpec = {
      census: imported.sha256,
      levers: await levers.current('default'),
      scenario: 'default',
      years: { first: 2025, last: 2029 },
      seed: 42,
      engine: 'plan',
    };
    return await work({ config, logger: pino({ level: 'warn' }, pino.destination(2)), levers, spec, census });
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** What a worker works with, closed afterwards. */
export async function withDependencies<Result>(
  { config, logger }: Pick<BenchCompany, 'config' | 'logger'>,
  work: (dependencies: ActivityDependencies) => Promise<Result>,
): Promise<Result> {
  const dependencies = createDependencies(config, logger);
  try {
    return await work(dependencies);
  } finally {
    await dependencies.catalog.close();
    await dependencies.simulator.close();
  }
}
