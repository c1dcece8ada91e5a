/** The API's answers about itself: liveness, readiness, who asks, and the settings that forms begin with. */
import { z } from 'zod';
import { PARAMETER_NAMES } from '../../levers/catalogue.terms.js';
import { ROLES } from '../../shared/contract/roles.terms.js';

export const role = z.enum(ROLES).describe('Each role may do what those before it may.');

export const health = z
  .object({
    status: z.literal('ok'),
    version: z.string(),
    uptime_seconds: z.number(),
  })
  .meta({ id: 'Health' });

const readinessCheck = z.object({
  name: z.enum(['home', 'dbt', 'server', 'worker']),
  ok: z.boolean(),
  detail: z.string().describe('What was found.'),
  hint: z.string().describe('What to do next; empty when all is well.'),
});

export const readiness = z
  .object({ ready: z.boolean(), checks: z.array(readinessCheck) })
  .meta({ id: 'Readiness' });
export type Readiness = z.infer<typeof readiness>;

export const session = z
  .object({
    user: z.string().describe('Stands in histories as who did it.'),
    role,
    authenticated_by: z.enum(['system', 'token']).describe('system: the API listens on loopback only.'),
    version: z.string(),
    temporal_ui: z
      .string()
      .nullable()
      .describe("Address of Temporal's web page; null where it is not known."),
  })
  .meta({ id: 'Session' });

export const parameterInfo = z
  .object({
    parameter_name: z.enum(PARAMETER_NAMES),
    event_type: z.enum(['RAISE', 'PROMOTION', 'HIRE']),
    label: z.string().describe('How people call it.'),
    unit: z.enum(['rate', 'multiplier']).describe('rate: a decimal, 0.02 = 2 %; multiplier: 1.16 = 116 %.'),
    hard_range: z.tuple([z.number(), z.number()]).describe('Outside of it a value is an error.'),
    bounds: z.tuple([z.number(), z.number()]).describe('How far the optimiser moves it.'),
    step: z.number().describe('One ordinary step.'),
    usual_average: z
      .object({ low: z.number().nullable(), high: z.number().nullable() })
      .describe('Outside of it the average over the levels is warned of.'),
    levels_equal: z.boolean().describe('True: the optimiser keeps it equal over the levels.'),
  })
  .meta({ id: 'ParameterInfo' });

export const settings = z
  .object({
    start_year: z.int(),
    end_year: z.int(),
    random_seed: z.int(),
    headcount_growth: z.number().describe('Headcount growth a year, a decimal.'),
    total_termination_rate: z.number().describe('Share of opening actives who leave in a year, a decimal.'),
    new_hire_termination_rate: z.number().describe("Share of a year's hires who leave in it, a decimal."),
    job_levels: z.array(
      z.object({
        level_id: z.int(),
        name: z.string(),
        min: z.number().describe('USD a year.'),
        max: z.number().describe('USD a year.'),
        hire_midpoint: z.number().describe('USD a year.'),
      }),
    ),
    parameters: z.array(parameterInfo),
  })
  .meta({ id: 'Settings' });

export const signIn = z
  .strictObject({ token: z.string().min(1).max(500).describe('A token of this server.') })
  .meta({ id: 'SignIn' });
