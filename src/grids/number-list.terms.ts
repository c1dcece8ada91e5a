/** Lists of numbers as people write them: `1.5,2.0`, `1.5..3.0:0.5`, or both with commas between. Free of zod. */

const NUMBER = String.raw`[-+]?(?:\d+\.?\d*|\.\d+)`;
const ENTRY = new RegExp(`^(${NUMBER})(?:\\.\\.(${NUMBER})(?::(${NUMBER}))?)?$`);
/** Six decimals, as levers have: a range is counted in these, so that 1.5..1.8:0.1 ends with 1.8. */
const UNITS = 1_000_000;
/** Enough to tell that a list is too long, without making all of it. */
const LONGEST = 10_000;

/**
 * The numbers in their order; a range goes up from its first to its last number by its step (default 1), its last
 * number included where a step ends there. Null where the text is no such list.
 */
export function parseNumberList(text: string): number[] | null {
  const numbers: number[] = [];
  for (const entry of text.split(',')) {
    const [, first, last, step = '1'] = ENTRY.exec(entry.trim()) ?? [];
    if (first === undefined) return null;
    if (last === undefined) numbers.push(Number(first) + 0);
    else {
      const range = numbersOf(units(first), units(last), units(step));
      if (range === null) return null;
      numbers.push(...range);
    }
  }
  return numbers;
}

const units = (text: string): number => Math.round(Number(text) * UNITS);

function numbersOf(first: number, last: number, step: number): number[] | null {
  if (step <= 0 || last < first) return null;
  const length = Math.min(LONGEST, Math.floor((last - first) / step) + 1);
  return Array.from({ length }, (_, index) => (first + index * step) / UNITS);
}
