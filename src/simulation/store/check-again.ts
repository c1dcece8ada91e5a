/** Runs the invariants once more, on what a simulation has stored. */
import type { CheckedAgain } from '../simulator.js';
import type { LeverRow } from '../../levers/lever.contract.js';
import { failure } from '../../shared/errors/errors.js';
import { countAll } from '../engine/run-checks.js';
import type { PlanEngine } from '../engine/plan-engine.js';
import type { Plan } from '../model/plan.js';
import type { SimulationStore } from './simulation-store.js';
import { simulationIdOf, type TrialInputs } from './trial-inputs.js';

interface AtWork {
  /** Holds the years of these inputs: the stored tables are compared with them. */
  readonly engine: PlanEngine;
  readonly plan: Plan;
  readonly inputs: TrialInputs;
}

/** @throws MeritloopError SIMULATION_UNKNOWN where these inputs have no stored tables, STORED_FILE_DAMAGED */
export async function checkAgain(
  store: SimulationStore,
  levers: readonly LeverRow[],
  { engine, plan, inputs }: AtWork,
): Promise<CheckedAgain> {
  const ids = (['plan', 'dbt'] as const).map((name) => simulationIdOf(plan, inputs, levers, name));
  const stored = await Promise.all(ids.map((id) => store.find(id, 'tables')));
  const found = stored.find((summary) => summary !== undefined);
  if (found === undefined) throw failure('SIMULATION_UNKNOWN', { simulation: `${ids[0] ?? ''} with tables` });
  const { simulation_id } = found;
  const folder = store.folder(simulation_id, 'tables');
  await store.requireWhole(folder);
  try {
    await engine.holdMarts(folder);
    const severities = new Map(plan.checks.map(({ name, severity }) => [name, severity]));
    const counted = await countAll(plan.checks, engine.database);
    const checks = counted.map((result) => ({ ...result, severity: severities.get(result.name) ?? 'error' }));
    return { simulation_id, folder, checks };
  } finally {
    await engine.releaseMarts();
  }
}
