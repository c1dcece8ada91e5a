/** Levers outside of their tested range: within the bounds tuning was measured from end to end, beyond them it was not. Pure. */
import { PARAMETERS, type ParameterName } from '../../../src/levers/catalogue.terms.js';
import { groupSteps } from '../ui/lever-steps.js';
import { leverText } from '../ui/lever-value.js';
import { PARAMETER_WORDS } from '../ui/words.js';
import type { Cell } from './draft.js';

/** Decimal rate, or the multiplier of hire pay. */
export type LeverValue = Cell & { readonly value: number };

/** Such as `Merit, level 4–5, 2025–2027: 12 %, tested from 1 % to 10 %`. */
export function outsideTested(values: readonly LeverValue[]): string[] {
  const outside = values.filter(({ parameter_name, value }) => {
    const [low, high] = PARAMETERS[parameter_name].bounds;
    return value < low || value > high;
  });
  const steps = outside.map(({ value, ...cell }) => ({ ...cell, before: null, after: value }));
  return groupSteps(steps).map(({ step, years, levels }) => {
    const name = step.parameter_name as ParameterName;
    const [low, high] = PARAMETERS[name].bounds;
    return `${PARAMETER_WORDS[name]}, level ${levels}, ${years}: ${leverText(step.after)}, tested from ${leverText(low)} to ${leverText(high)}`;
  });
}
