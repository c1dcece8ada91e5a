/** The outcome of a simulation that was in the store. */
import type { SimulationSummary } from '../simulation.contract.js';
import type { SimulationOutcome } from '../simulator.js';

/** Its seconds are those of finding it: the simulation's own stay in its folder. */
export const found = (
  stored: SimulationSummary,
  startedAt: number,
  notes: readonly string[],
): SimulationOutcome => ({
  summary: { ...stored, reused: true, seconds: (performance.now() - startedAt) / 1000 },
  notes: [...notes],
});
