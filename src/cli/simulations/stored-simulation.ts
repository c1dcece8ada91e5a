/** Finds a stored simulation by its id, the start of its id, or as the latest, without loading an engine. */
import type { Config } from '../../config.js';
import type { SimulationSummary } from '../../simulation/simulation.contract.js';
import { failure } from '../../shared/errors/errors.js';
import { SimulationStore } from '../../simulation/store/simulation-store.js';

export interface StoredSimulation {
  readonly summary: SimulationSummary;
  readonly folder: string;
}

/**
 * @param id whole or its start; undefined for the simulation that was stored last.
 * @throws MeritloopError SIMULATION_UNKNOWN, also for a start that fits several.
 */
export async function findSimulation(
  { home }: Pick<Config, 'home'>,
  id: string | undefined,
): Promise<StoredSimulation> {
  const store = new SimulationStore(home);
  const ids = await store.list();
  const found = id === undefined ? ids[0] : (only(ids.filter((stored) => stored.startsWith(id))) ?? id);
  if (found === undefined) throw failure('SIMULATION_UNKNOWN', { simulation: `in ${home}` });
  const summary = await store.load(found);
  return { summary, folder: store.folder(found, ids.includes(found) ? 'tables' : 'summary') };
}

const only = (ids: readonly string[]): string | undefined => (ids.length === 1 ? ids[0] : undefined);
