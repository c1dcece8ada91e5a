/** Lever rows for the conformance suite: today's values of the sample company, and random ones. */
import fc from 'fast-check';
import { PARAMETER_NAMES, PARAMETERS } from '../../../src/levers/catalogue.terms.js';
import type { ParameterName } from '../../../src/levers/catalogue.terms.js';
import { sampleLevers } from '../sample-company.js';
import { keyOf, type EffectiveLever } from './company.js';

/** Effects on the own year's growth: five times what a lever of one year does to the mean of five. */
export const effectiveLevers = (tune?: readonly ParameterName[]): EffectiveLever[] =>
  sampleLevers(tune).map((lever) => ({ ...lever, effect: 5 * lever.sensitivity }));

const millionth = (low: number, high: number) =>
  fc.integer({ min: Math.round(low * 1e6), max: Math.round(high * 1e6) }).map((value) => value / 1e6);

const lever = (most: number, wrong: number): fc.Arbitrary<EffectiveLever> =>
  fc
    .record({
      fiscal_year: fc.integer({ min: 2025, max: 2027 }),
      job_level: fc.integer({ min: 1, max: 5 }),
      parameter_name: fc.constantFrom(...PARAMETER_NAMES),
      place: millionth(-0.3, 1.3),
      locked: fc.boolean(),
      effect: fc.oneof(
        { weight: 6, arbitrary: fc.double({ min: 0.1, max: most, noNaN: true }) },
        { weight: 1, arbitrary: fc.constantFrom(0, wrong) },
      ),
    })
    .map(({ place, ...row }) => {
      const { bounds, step, eventType } = PARAMETERS[row.parameter_name];
      const [low, high] = bounds;
      const value = Math.round((low + place * (high - low)) * 1e6) / 1e6;
      return {
        scenario_id: 'default',
        event_type: eventType,
        value,
        low,
        high,
        step,
        sensitivity: 0,
        ...row,
      };
    });

/**
 * One to thirty rows of different keys. Values may lie outside the optimiser's bounds, and a few rows have no effect or
 * the wrong one.
 * @param most largest effect, pp per unit
 * @param wrong the effect of the rows that work the other way
 */
export const leversOf = (most: number, wrong: number): fc.Arbitrary<EffectiveLever[]> =>
  fc.uniqueArray(lever(most, wrong), { minLength: 1, maxLength: 30, selector: keyOf });

export const someLevers = leversOf(9, -0.6);
