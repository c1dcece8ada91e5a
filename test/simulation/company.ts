/** A company in a temporary home, ready to be simulated; what the tests of the simulation start from. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { generateCensus } from '../../src/census/generate.js';
import { importCensus } from '../../src/census/import.js';
import { loadConfig, type Config } from '../../src/config.js';
import type { LeverRow } from '../../src/levers/lever.contract.js';
import { LeverStore } from '../../src/levers/store.js';
import { createSimulator } from '../../src/simulation/create-simulator.js';
import type { SimulatorTuning } from '../../src/simulation/engine/simulator-tuning.js';
import type { SimulationProgress, SimulationSpec, Simulator } from '../../src/simulation/simulator.js';

export interface Company {
  readonly config: Config;
  readonly levers: LeverStore;
  readonly spec: SimulationSpec;
  simulator(tuning?: SimulatorTuning): Simulator;
  /** Stores the current levers as changed by `change`; returns the spec that uses them. */
  withLevers(change: (row: LeverRow) => LeverRow, base?: SimulationSpec): Promise<SimulationSpec>;
  /** Imports another census into the same home. */
  withCensus(file: string): Promise<SimulationSpec>;
  remove(): Promise<void>;
}

/** @param employees people in the generated census, some of whom have left. */
export async function createCompany({ employees = 1000, seed = 7 } = {}): Promise<Company> {
  const home = await mkdtemp(path.join(os.tmpdir(), 'meritloop-simulation-'));
  const config = loadConfig({ home, logLevel: 'silent' });
  const seedsDir = path.join(config.projectRoot, 'seeds');
  const levers = new LeverStore({ home, seedsDir });
  const file = path.join(home, 'census.parquet');
  await generateCensus({ employees, seed, out: file, baselineDate: '2024-12-31' });
  const simulators: Simulator[] = [];

  const specOf = async (census: string): Promise<SimulationSpec> => ({
    census: (await importCensus({ file: census, home, baselineDate: '2024-12-31' })).sha256,
    levers: await levers.current('default'),
    scenario: 'default',
    years: { first: 2025, last: 2029 },
    seed: 42,
    engine: 'plan',
  });
  const spec = await specOf(file);

  return {
    config,
    levers,
    spec,
    simulator(tuning = {}) {
      const simulator = createSimulator(config, pino({ level: 'silent' }), tuning);
      simulators.push(simulator);
      return simulator;
    },
    async withLevers(change, base = spec) {
      const rows = await levers.load(base.levers);
      return { ...base, levers: await levers.save(rows.map(change)) };
    },
    withCensus: specOf,
    async remove() {
      await Promise.all(simulators.map((simulator) => simulator.close()));
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** Sets one parameter in every year and level, or in the years given. */
export const setLever =
  (parameter: LeverRow['parameter_name'], value: number, years?: readonly number[]) =>
  (row: LeverRow): LeverRow =>
    row.parameter_name === parameter && (years?.includes(row.fiscal_year) ?? true)
      ? { ...row, parameter_value: value }
      : row;

/** Simulates and lists what ran: `model year`. */
export async function simulateAndTrace(
  simulator: Simulator,
  spec: SimulationSpec,
  keep: 'summary' | 'tables',
) {
  const ran: string[] = [];
  const onProgress = ({ model, year }: SimulationProgress) => {
    ran.push(`${model} ${year}`);
  };
  const { summary, notes } = await simulator.simulate(spec, { keep, onProgress });
  return { summary, notes, ran };
}
