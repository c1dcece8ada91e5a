/** What a finished simulation says: `simulate --json` and `summary.json`. */
import { z } from 'zod';
import { STATUSES } from '../runs/request.contract.js';

export const decomposition = z.object({
  raises: z.number(),
  promotions: z.number(),
  hires: z.number(),
  leavers: z.number(),
});

/** One simulated year. Pay in USD a year; growth and its parts in percent and pp, not rounded. */
export const simulatedYear = z.object({
  year: z.int(),
  opening: z.int(),
  hires: z.int(),
  experienced_terminations: z.int(),
  new_hire_terminations: z.int(),
  promotions: z.int(),
  raises: z.int(),
  closing: z.int(),
  by_status: z.record(z.enum(STATUSES), z.int()),
  mean_pay: z.number(),
  median_pay: z.number(),
  payroll: z.number(),
  prorated_mean_pay: z.number(),
  /** Cash paid in the year beside pay, USD; absent where no lever of the catalogue pays any. */
  cash_paid: z.number().optional(),
  /** Mean pay in the preceding year and in this one of those active at the end of both; percent growth. */
  matched_cohort_growth: z.number().nullable(),
  /** Annual pay summed by detailed status, so that growth of any population follows without rows. */
  pay_by_status: z.record(z.enum(STATUSES), z.number()),
  growth: z.number(),
  decomposition,
});
export type SimulatedYear = z.infer<typeof simulatedYear>;

export const ENGINE_NAMES = ['plan', 'dbt'] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];

export const simulationSummary = z.object({
  simulation_id: z.string(),
  engine: z.enum(ENGINE_NAMES),
  /** True when a stored simulation with this fingerprint answered. */
  reused: z.boolean(),
  employees: z.int(),
  baseline: z.object({
    headcount: z.int(),
    mean_pay: z.number(),
    median_pay: z.number(),
    payroll: z.number(),
    prorated_mean_pay: z.number(),
  }),
  years: z.array(simulatedYear),
  mean_growth: z.number(),
  seconds: z.number(),
});
export type SimulationSummary = z.infer<typeof simulationSummary>;
