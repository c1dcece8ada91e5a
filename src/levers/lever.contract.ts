/** The levers: one row of a lever set and its file columns. */
import { z } from 'zod';
import { PARAMETER_NAMES, type ParameterName } from './catalogue.terms.js';

export * from './catalogue.terms.js';

/** Columns of `comp_levers.csv` and of a run's `levers.csv`, in file order. */
export const LEVER_COLUMNS = [
  'scenario_id',
  'fiscal_year',
  'job_level',
  'event_type',
  'parameter_name',
  'parameter_value',
  'is_locked',
  'created_at',
  'created_by',
] as const;

/** Most job levels that a company may have; they are numbered from 1, the lowest. */
export const MOST_LEVELS = 40;
export const jobLevel = z.int().min(1).max(MOST_LEVELS);

export const parameterName = z.enum(PARAMETER_NAMES);
export const eventType = z.enum(['RAISE', 'PROMOTION', 'HIRE']);

/** One row of a lever set: the value of one parameter for a scenario, fiscal year and job level. */
export const leverRow = z.object({
  scenario_id: z.string().min(1),
  fiscal_year: z.int().min(2020).max(2060),
  job_level: jobLevel,
  event_type: eventType,
  parameter_name: parameterName,
  /** Decimal rate (0.02 = 2 %) or multiplier, held to six decimals. */
  parameter_value: z.number(),
  is_locked: z.boolean(),
  created_at: z.string(),
  created_by: z.string(),
});
export type LeverRow = z.infer<typeof leverRow>;

/** A lever's place in a simulation after scenario inheritance has been resolved. */
export interface LeverKey {
  readonly fiscal_year: number;
  readonly job_level: number;
  readonly parameter_name: ParameterName;
}
