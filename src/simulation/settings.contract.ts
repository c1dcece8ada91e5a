/** The workforce settings: plan years, seed and rates of a simulation (docs/model/settings.md). */
import { z } from 'zod';

/** A decimal of at most six places, so that it is exact as a whole number of millionths. */
const sixDecimals = (low: number, high: number) =>
  z
    .number()
    .min(low)
    .max(high)
    .refine((rate) => Number(rate.toFixed(6)) === rate, 'must have at most six decimals');

const year = z.int().min(2020).max(2060);

export const workforceSettings = z
  .strictObject({
    start_year: year,
    end_year: year,
    random_seed: z.int().min(0).max(2_147_483_647),
    /** Headcount growth a year, a decimal. */
    headcount_growth: sixDecimals(-0.5, 0.5),
    /** Share of the opening actives who leave in a year, a decimal. */
    total_termination_rate: sixDecimals(0, 0.95),
    /** Share of a year's hires who leave in that year, a decimal. */
    new_hire_termination_rate: sixDecimals(0, 0.95),
  })
  .refine((settings) => settings.end_year >= settings.start_year, {
    path: ['end_year'],
    message: 'must not be before start_year',
  });
export type WorkforceSettings = z.infer<typeof workforceSettings>;

/** A rate as the whole number of millionths that quotas are counted in: 0.31 is 310000. */
export const millionths = (rate: number): number => Math.round(rate * 1_000_000);

/** The day before the first plan year, ISO: the date of the census. */
export const baselineDate = (startYear: number): string => `${startYear - 1}-12-31`;
