/** The levers: the tunable parameters, their hard ranges, optimiser bounds and file columns. */
import { z } from 'zod';

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

export const JOB_LEVELS = [1, 2, 3, 4, 5] as const;

/** A parameter's event, hard range (outside: error), optimiser bounds, and weight in the conservative path. */
export interface ParameterDefinition {
  readonly eventType: 'RAISE' | 'PROMOTION' | 'HIRE';
  /** Decimal rate, or a multiplier for hire pay. Inclusive at both ends. */
  readonly hardRange: readonly [number, number];
  /** Where the optimiser may go by default. Inclusive at both ends. */
  readonly bounds: readonly [number, number];
  /** Size of one ordinary step: 0.01 for rates, 0.10 for the hire pay multiplier. */
  readonly step: number;
}

/** Ranges and bounds of domain.md 2.5; the order is the order of a scenario's rows in the file. */
export const PARAMETERS = {
  merit_base: { eventType: 'RAISE', hardRange: [0, 0.5], bounds: [0.01, 0.1], step: 0.01 },
  cola_rate: { eventType: 'RAISE', hardRange: [0, 0.1], bounds: [0, 0.08], step: 0.01 },
  promotion_probability: {
    eventType: 'PROMOTION',
    hardRange: [0, 1],
    bounds: [0.01, 0.2],
    step: 0.01,
  },
  promotion_raise: { eventType: 'PROMOTION', hardRange: [0, 1], bounds: [0.05, 0.25], step: 0.01 },
  new_hire_salary_adjustment: {
    eventType: 'HIRE',
    hardRange: [0.5, 3],
    bounds: [1, 1.4],
    step: 0.1,
  },
} as const satisfies Record<string, ParameterDefinition>;

export const PARAMETER_NAMES = Object.keys(PARAMETERS) as [ParameterName, ...ParameterName[]];
export type ParameterName = keyof typeof PARAMETERS;

export const parameterName = z.enum(PARAMETER_NAMES);
export const eventType = z.enum(['RAISE', 'PROMOTION', 'HIRE']);

/** One row of a lever set: the value of one parameter for a scenario, fiscal year and job level. */
export const leverRow = z.object({
  scenario_id: z.string().min(1),
  fiscal_year: z.int().min(2020).max(2060),
  job_level: z.int().min(1).max(5),
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

/** A lever held to six decimals, so that it survives a file unchanged (domain.md 3). */
export const roundLever = (value: number): number => Number(value.toFixed(6));
