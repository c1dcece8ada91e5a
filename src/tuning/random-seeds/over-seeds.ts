/** The growth that the tuner sees of one set of levers simulated with several random seeds. */
import type { TrialMeta } from '../one-target/state.js';
import { own } from '../../shared/own.terms.js';

/** Growth with one seed, percent. */
export interface MeasuredSeed extends Pick<TrialMeta, 'simulation_id' | 'growth_by_year'> {
  readonly seed: number;
  readonly growth: number;
}

const mean = (figures: readonly number[]): number =>
  figures.reduce((sum, figure) => sum + figure, 0) / figures.length;

/**
 * The arithmetic mean over the seeds, of the growth and of that of each year. Summed in the order given, so that equal
 * seeds give equal bits.
 */
export function meanOverSeeds(
  measured: readonly MeasuredSeed[],
): Pick<MeasuredSeed, 'growth' | 'growth_by_year'> {
  const years = Object.keys(measured[0]?.growth_by_year ?? {});
  return {
    growth: mean(measured.map(({ growth }) => growth)),
    growth_by_year: Object.fromEntries(
      years.map((year) => [year, mean(measured.map(({ growth_by_year }) => own(growth_by_year, year)!))]),
    ),
  };
}
