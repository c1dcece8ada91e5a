/** What a person says about a census file where the file itself does not: kept as the company's mapping for next month. */
import { z } from 'zod';
import { CENSUS_FIELDS } from './headings.terms.js';

export const DATE_ORDERS = ['ymd', 'dmy', 'mdy', 'serial'] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];

/** How often the stated pay is paid in a year; hourly pay goes by the hours of a full-time week. */
export const PAY_UNITS = [
  'annual',
  'monthly',
  'semimonthly',
  'biweekly',
  'weekly',
  'daily',
  'hourly',
  'thousands',
  'cents',
] as const;
export type PayUnit = (typeof PAY_UNITS)[number];

const heading = z.string().min(1).max(200);

export const censusAnswers = z.strictObject({
  /** Heading of the file for a column that is read; null: the file has none. */
  map: z.partialRecord(z.enum(CENSUS_FIELDS), heading.nullable()).optional(),
  /** Physical lines, or rows of a sheet, above the header. */
  skip: z.int().min(0).max(1000).optional(),
  sheet: z.string().min(1).max(100).optional(),
  dates: z.enum(DATE_ORDERS).optional(),
  decimal: z.enum(['point', 'comma']).optional(),
  /** One for every row, or one for each word of the file's column for it. */
  pay_unit: z.union([z.enum(PAY_UNITS), z.record(z.string().min(1).max(100), z.enum(PAY_UNITS))]).optional(),
  /** Whether the pay of part-timers is what they are paid, or what full time would be. */
  pay_of_part_timers: z.enum(['actual', 'full-time']).optional(),
  /** Hours of a full-time week. */
  hours: z.number().min(1).max(80).optional(),
  /** ISO 4217: what the plan is in. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be three capital letters, such as USD')
    .optional(),
  /** What one unit of each currency is worth in the plan's. */
  rates: z.record(z.string().regex(/^[A-Z]{3}$/), z.number().positive()).optional(),
  as_of: z.iso.date().optional(),
  /** Names of the levels as the file writes them, from the lowest. */
  levels: z.array(z.string().min(1).max(100)).min(1).max(40).optional(),
  /** Headings of the columns to break results down by. */
  segments: z.array(heading).max(8).optional(),
});
export type CensusAnswers = z.infer<typeof censusAnswers>;

/** What somebody who reads the file must know. `lines` are the first concerned, of `count` in all. */
export interface IntakeNotice {
  readonly code: string;
  readonly count: number;
  readonly lines: readonly number[];
  readonly message: string;
}

/** What only a person can say. */
export interface IntakeQuestion {
  readonly code: string;
  readonly message: string;
  /** What may be answered, the proposal first; empty where it is free. */
  readonly options: readonly string[];
  /** The option that answers it, ready to paste with the proposal. */
  readonly option: string;
}
