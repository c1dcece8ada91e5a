/** Responses of the two bridges: from the opening to the closing headcount, and to the closing mean pay. */
import { z } from 'zod';
import { decomposition } from '../../simulation/simulation.contract.js';

const figure = z.string().describe('Key of the figure in `/api/definitions`.');

export const headcountBridge = z
  .object({
    simulation_id: z.string(),
    years: z.array(
      z.object({
        year: z.int(),
        opening: z.int(),
        hires: z.int(),
        experienced_terminations: z.int(),
        new_hire_terminations: z.int(),
        closing: z.int(),
        difference: z.int().describe('opening + hires − terminations − closing: 0 when it reconciles.'),
        promotions: z.int(),
        raises: z.int(),
      }),
    ),
    reconciles: z.boolean(),
    figure,
  })
  .meta({ id: 'HeadcountBridge' });

export const payBridge = z
  .object({
    simulation_id: z.string(),
    years: z.array(
      z.object({
        year: z.int(),
        opening_mean_pay: z
          .number()
          .nullable()
          .describe('Mean pay at the end of the year before, USD a year.'),
        closing_mean_pay: z.number().nullable().describe('USD a year.'),
        growth: z.number().nullable().describe('Percent.'),
        parts: decomposition
          .nullable()
          .describe('In pp; they add up to growth. Null where one of them is the pay of few people.'),
        parts_pay: decomposition.nullable().describe('The same in USD a year of mean pay.'),
        difference: z
          .number()
          .nullable()
          .describe('growth − sum of the parts, pp: 0 but for rounding of doubles.'),
      }),
    ),
    reconciles: z.boolean(),
    figure,
  })
  .meta({ id: 'PayBridge' });
