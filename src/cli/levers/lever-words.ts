/** The words of `levers set`: `merit_base=.035`, and lists such as `2025-2027,2029`. */
import { PARAMETER_NAMES, PARAMETERS, roundLever, type ParameterName } from '../../levers/lever.contract.js';
import { refusedOption, requiredText } from '../option-values.js';

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)$/;
const SPAN = /^(\d{1,4})(?:-(\d{1,4}))?$/;

/** @throws MeritloopError REQUEST_INVALID naming parameter, value and rule */
export function readAssignments(words: readonly string[]): Map<ParameterName, number> {
  const values = new Map<ParameterName, number>();
  for (const word of words) {
    const [name = '', ...rest] = word.split('=');
    const text = rest.join('=').trim();
    const parameter = PARAMETER_NAMES.find((known) => known === name.trim());
    if (rest.length === 0) throw refusedOption('<assignment>', word, 'must look like merit_base=.035');
    if (parameter === undefined)
      throw refusedOption('<assignment>', word, `must set one of ${PARAMETER_NAMES.join(', ')}`);
    if (!NUMBER.test(text)) throw refusedOption(parameter, text, 'must be a number, such as .035 for 3.5 %');
    if (values.has(parameter)) throw refusedOption(parameter, text, 'must be set once only');
    const value = roundLever(Number(text)) + 0;
    const [low, high] = PARAMETERS[parameter].hardRange;
    if (value < low || value > high)
      throw refusedOption(parameter, text, `must be from ${low} to ${high}, a decimal`);
    values.set(parameter, value);
  }
  return values;
}

/** What `--years` and `--level` choose; a missing option chooses nothing. @throws MeritloopError REQUEST_INVALID */
export const yearsAndLevels = (
  { years, level }: Readonly<Record<string, unknown>>,
  topLevel: number,
): { readonly years?: number[]; readonly levels?: number[] } => ({
  ...(years === undefined
    ? {}
    : { years: readNumbers('--years', requiredText('--years', years), 2020, 2060) }),
  ...(level === undefined
    ? {}
    : { levels: readNumbers('--level', requiredText('--level', level), 1, topLevel) }),
});

/** `2025-2027,2029` as numbers, each once, rising. @throws MeritloopError REQUEST_INVALID */
function readNumbers(option: string, text: string, lowest: number, highest: number): number[] {
  const numbers = text.split(',').flatMap((part) => {
    const [, first, last = first] = SPAN.exec(part.trim()) ?? [];
    const [low, high] = [Number(first), Number(last)];
    if (!(low >= lowest && high <= highest && low <= high))
      throw refusedOption(
        option,
        text,
        `must be numbers from ${lowest} to ${highest}, as ${lowest}-${lowest + 2} or ${lowest},${lowest + 2}`,
      );
    return Array.from({ length: high - low + 1 }, (_, index) => low + index);
  });
  return [...new Set(numbers)].toSorted((left, right) => left - right);
}
