/** What every page stands in: scenario, plan years and random seed, kept in the URL so that any view is a link. */

export interface PageContext {
  /** Absent: the company that the server was started for. */
  readonly company?: string;
  readonly scenario?: string;
  /** `2025-2029`; absent: the settings' years. */
  readonly years?: string;
  /** Absent: the settings' seed. */
  readonly seed?: number;
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;
const YEARS = /^(\d{4})-(\d{4})$/;
const LARGEST_SEED = 2_147_483_647;

/** What cannot be read is left out: a link that was cut short still opens. */
export function readContext(search: Readonly<Record<string, unknown>>): PageContext {
  const scenario = text(search['scenario'], NAME);
  return chosen({
    company: text(search['company'], NAME),
    scenario: scenario === 'default' ? undefined : scenario,
    years: text(search['years'], YEARS),
    seed: wholeNumber(search['seed'], 0, LARGEST_SEED),
  });
}

export const text = (value: unknown, pattern: RegExp): string | undefined =>
  typeof value === 'string' && pattern.test(value) ? value : undefined;

export function wholeNumber(value: unknown, low: number, high: number): number | undefined {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) && number >= low && number <= high
    ? number
    : undefined;
}

export function decimal(value: unknown, low: number, high: number): number | undefined {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && number >= low && number <= high ? number : undefined;
}

export const oneOf = <T extends string>(value: unknown, choices: readonly T[]): T | undefined =>
  choices.find((choice) => choice === value);

/** Words with commas between, each one of `choices`. */
export function someOf<T extends string>(value: unknown, choices: readonly T[]): T[] | undefined {
  if (typeof value !== 'string') return undefined;
  const words = value.split(',');
  const known = choices.filter((choice) => words.includes(choice));
  return known.length === 0 ? undefined : known;
}

/**
 * What a link says, each key either as it was read or undefined: a key left out would keep what the link said, however
 * wrong.
 */
export const chosen = <T extends object>(search: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } =>
  search;
