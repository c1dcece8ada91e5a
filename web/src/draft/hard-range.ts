/** Changes of a draft outside of the hard range: kept as they were typed, named, and never saved or simulated. Pure. */
import { PARAMETERS } from '../../../src/levers/catalogue.terms.js';
import { leverText } from '../ui/lever-value.js';
import { PARAMETER_WORDS } from '../ui/words.js';
import type { Cell } from './draft.js';

export const isOutsideHard = ({ parameter_name, value }: Cell & { readonly value: number }): boolean => {
  const [low, high] = PARAMETERS[parameter_name].hardRange;
  return value < low || value > high;
};

/** Such as `COLA, level 1, 2025`. */
export const cellWords = ({ parameter_name, job_level, fiscal_year }: Cell): string =>
  `${PARAMETER_WORDS[parameter_name]}, level ${job_level}, ${fiscal_year}`;

/** An error of the API in the words of the page: `changes.3.value` is the cell of that change. */
export function draftErrorText(
  { field, value, rule }: { readonly field: string; readonly value: string; readonly rule: string },
  changes: readonly (Cell & { readonly value: number })[],
): string {
  if (field === 'years') return rule;
  const change = changes[Number(/^changes\.(\d+)\./.exec(field)?.[1] ?? Number.NaN)];
  if (change === undefined) return `${field} = ${value}: ${rule}`;
  if (!isOutsideHard(change)) return `${cellWords(change)}: ${leverText(change.value)} ${rule}`;
  const [low, high] = PARAMETERS[change.parameter_name].hardRange;
  return `${cellWords(change)}: ${leverText(change.value)} must be from ${leverText(low)} to ${leverText(high)}`;
}
