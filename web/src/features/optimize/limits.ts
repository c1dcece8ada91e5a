/** How far single levers may move, as the URL holds it and as the API takes it. Pure. */
import { PARAMETERS, PARAMETER_NAMES, type ParameterName } from '../../../../src/levers/catalogue.terms.js';
import type { RunStart } from '../../api/types.js';
import { decimal, oneOf, text } from '../../app/context.js';
import { boundsProblem } from '../../ui/bounds.js';

/** One limit; values in percent, as the page shows them. */
export interface Limit {
  readonly lever: ParameterName;
  /** `2025-2027`; absent: every plan year. */
  readonly years?: string | undefined;
  /** `1,2`; absent: every level. */
  readonly levels?: string | undefined;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
  readonly step?: number | undefined;
  readonly frozen?: 'yes' | undefined;
}

const YEARS = /^\d{4}-\d{4}$/;
const LEVELS = /^\d{1,2}(,\d{1,2}){0,39}$/;
const MOST = 50;
/** Percentage points. */
export const STEPS = [0.01, 100] as const;

/** The limits of a link; what cannot be read is left out. */
export function limitsOf(value: unknown): Limit[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const limits = value.slice(0, MOST).flatMap((entry: unknown) => {
    const given = (typeof entry === 'object' ? entry : null) as Readonly<Record<string, unknown>> | null;
    const lever = oneOf(given?.['lever'], PARAMETER_NAMES);
    if (given === null || lever === undefined) return [];
    const [low, high] = rangeOf(lever);
    return [
      {
        lever,
        years: text(given['years'], YEARS),
        levels: text(given['levels'], LEVELS),
        low: decimal(given['low'], low, high),
        high: decimal(given['high'], low, high),
        step: decimal(given['step'], ...STEPS),
        frozen: oneOf(given['frozen'], ['yes'] as const),
      },
    ];
  });
  return limits.length === 0 ? undefined : limits;
}

/** What the parameter may be at all, percent. */
export const rangeOf = (lever: ParameterName): readonly [number, number] => {
  const [low, high] = PARAMETERS[lever].hardRange;
  return [low * 100, high * 100];
};

/** Where the optimiser may go unless a limit says otherwise, percent. */
export const boundsOf = (lever: ParameterName): readonly [number, number] => {
  const [low, high] = PARAMETERS[lever].bounds;
  return [Number((low * 100).toFixed(4)), Number((high * 100).toFixed(4))];
};

/** The rule that a limit breaks; undefined for a good one. */
export function faultOf({ lever, low, high, step, frozen }: Limit): string | undefined {
  if (frozen === 'yes') return undefined;
  const fields = [
    ['from', low, rangeOf(lever)],
    ['to', high, rangeOf(lever)],
    ['step', step, STEPS],
  ] as const;
  for (const [name, value, range] of fields) {
    const problem = boundsProblem(value ?? '', range);
    if (problem !== undefined) return `${name} must be ${problem}`;
  }
  const [least, most] = boundsOf(lever);
  return (low ?? least) > (high ?? most) ? `from ${low ?? least} is above to ${high ?? most}` : undefined;
}

const fraction = (percent: number): number => Number((percent / 100).toFixed(6));

export const limitsAsked = (limits: readonly Limit[]): NonNullable<RunStart['limits']> =>
  limits.map(({ lever, years, levels, low, high, step, frozen }) => ({
    parameter_name: lever,
    ...(years === undefined ? {} : { years }),
    ...(levels === undefined ? {} : { job_levels: levels.split(',').map(Number) as (1 | 2 | 3 | 4 | 5)[] }),
    ...(frozen === 'yes'
      ? { frozen: true }
      : {
          ...(low === undefined ? {} : { low: fraction(low) }),
          ...(high === undefined ? {} : { high: fraction(high) }),
          ...(step === undefined ? {} : { step: fraction(step) }),
        }),
  }));

const percentOf = (value: number): number => Number((value * 100).toFixed(4));

/** The way back: as the form shows them. */
export const limitsShown = (limits: NonNullable<RunStart['limits']>): Limit[] =>
  limits.map(({ parameter_name, years, job_levels, low, high, step, frozen }) => ({
    lever: parameter_name,
    ...(years === undefined ? {} : { years }),
    ...(job_levels === undefined ? {} : { levels: job_levels.join(',') }),
    ...(low === undefined ? {} : { low: percentOf(low) }),
    ...(high === undefined ? {} : { high: percentOf(high) }),
    ...(step === undefined ? {} : { step: percentOf(step) }),
    ...(frozen === true ? { frozen: 'yes' as const } : {}),
  }));
