/** How far a run's growth depends on chance: tuned over several random seeds, judged on seeds that tuned nothing. */
import { z } from 'zod';

/** One figure over the evaluation seeds: a tenth of them lie below `p10`, half below `p50`, a tenth above `p90`. */
export const percentiles = z.object({ p10: z.number(), p50: z.number(), p90: z.number() });
export type Percentiles = z.infer<typeof percentiles>;

export const uncertainYear = z.object({
  year: z.int(),
  /** Percent, by the run's metric and statuses. */
  growth: percentiles,
  /** Annual pay of year-end actives, USD. */
  payroll: percentiles,
});

/** The kept levers simulated with one random seed. */
export const seedGrowth = z.object({
  seed: z.int(),
  role: z.enum(['tuning', 'evaluation']),
  /** What the target is compared with, percent; in every-year mode the mean over the years. */
  growth: z.number(),
  simulation_id: z.string(),
});
export type SeedGrowth = z.infer<typeof seedGrowth>;

export const uncertainty = z.object({
  /** The first is the request's seed; the run's growth is the mean over them. */
  tuning_seeds: z.array(z.int()),
  /** None of them was used for tuning; every percentile is over them. */
  evaluation_seeds: z.array(z.int()),
  /** What the target is compared with, percent; in every-year mode the mean over the years. */
  growth: percentiles,
  /** Share of the evaluation seeds, 0 to 1, that meet the target within the tolerance; each year in every-year mode. */
  probability_within_tolerance: z.number().min(0).max(1),
  years: z.array(uncertainYear),
  /** Every simulation of the kept levers, the tuning seeds first. */
  simulations: z.array(seedGrowth),
});
export type Uncertainty = z.infer<typeof uncertainty>;
