/** A simulation's progress as live lines, and as one line per finished year for a plain log. */
import type { SimulationProgress } from '../../simulation/simulator.js';
import { bar, type ProgressState } from '../progress.js';

export function simulationProgressState(progress: SimulationProgress): ProgressState {
  const { year, years_done, years_total, years_reused, model } = progress;
  const reused = years_reused === 0 ? '' : `, ${years_reused} reused`;
  return {
    lines: [`years ${bar(years_done, years_total)}${reused}`, `at ${year}: ${model}`],
    news: `${years_done} of ${years_total} years simulated${reused}`,
  };
}
