/** Knobs: the groups of lever rows that a strategy moves as one, with what a full turn of each would do. */
import { levelGroupOf, roundLever } from '../levers/catalogue.terms.js';
import { isHeld, type TunableLever, type TuningProblem } from './problem.js';

export type Side = 'low' | 'high';
/** A side for each lever, in the problem's order. */
export type Sides = readonly Side[];

/** One or more rows that move by the same share of their own room to the corner. */
export interface Knob {
  readonly parameter: TunableLever['parameter_name'];
  /** Indexes into the problem's levers. */
  readonly rows: readonly number[];
  /** Growth gained in the target's direction when all rows go to their ends, pp. */
  readonly effect: number;
  /** Σ (room / step)²: the weighted square change of going to the corner. */
  readonly cost: number;
}

/** Where a row ends on a side: its bound there, or today's value when that is held or further out already. */
export function cornerValue(lever: TunableLever, side: Side): number {
  if (isHeld(lever)) return lever.value;
  return side === 'low' ? Math.min(lever.value, lever.low) : Math.max(lever.value, lever.high);
}

/**
 * A row's value after `share` (0 to 1) of its room to the corner, held to six decimals.
 * Rounding never takes it past today's value or the corner.
 */
export const valueAt = (lever: TunableLever, side: Side, share: number): number =>
  valueTowards(lever, cornerValue(lever, side), share);

/** As {@link valueAt}, to any end of the row's own. */
export function valueTowards({ value }: TunableLever, end: number, share: number): number {
  if (share >= 1 || end === value) return end;
  if (share <= 0) return value;
  // Adding 0: a tiny negative value rounds to −0, which JSON cannot hold.
  const rounded = roundLever(value + share * (end - value)) + 0;
  return Math.min(Math.max(rounded, Math.min(value, end)), Math.max(value, end));
}

/** Where every row ends on a side, in the problem's order. */
export const cornerValues = (problem: TuningProblem, side: Side): number[] =>
  problem.levers.map((lever) => cornerValue(lever, side));

/**
 * A lever that is one decision for all levels of a year has its rows turn together: equal rows stay equal, and rows
 * that differ today close in on the common corner by equal shares of their own room. In final-year mode a
 * lever is shifted in all years at once, because moving one year alone lowers the growth of the next.
 */
function knobName(lever: TunableLever, allYears: boolean): string {
  const year = allYears ? 'all' : lever.fiscal_year;
  return `${lever.parameter_name} ${year} ${levelGroupOf(lever)}`;
}

/** Where every row goes; `isSided`: all to the same side of their bounds, so that final-year mode shifts the years as one. */
export interface Ends {
  readonly values: readonly number[];
  readonly isSided: boolean;
}

/** The knobs of the rows that move to other ends; `direction` is 1 to raise growth, −1 to lower it. */
export function knobsOf(problem: TuningProblem, { values: ends, isSided }: Ends, direction: 1 | -1): Knob[] {
  const rowsByName = new Map<string, number[]>();
  problem.levers.forEach((lever, row) => {
    if (ends[row] === lever.value) return;
    const name = knobName(lever, problem.target_mode === 'final-year' && isSided);
    rowsByName.set(name, [...(rowsByName.get(name) ?? []), row]);
  });
  return [...rowsByName.values()].map((rows) => {
    const sum = (of: (lever: TunableLever, room: number) => number): number =>
      rows.reduce((total, row) => {
        const lever = problem.levers[row]!;
        return total + of(lever, ends[row]! - lever.value);
      }, 0);
    return {
      parameter: problem.levers[rows[0]!]!.parameter_name,
      rows,
      effect: direction * sum((lever, room) => lever.sensitivity * room),
      cost: sum((lever, room) => (room / lever.step) ** 2),
    };
  });
}

/** Stands in for unmeasured effects: each row's effect is taken as its room in ordinary steps. */
export const weighedByRoom = (
  problem: TuningProblem,
  { values: ends }: Ends,
  knobs: readonly Knob[],
): Knob[] =>
  knobs.map((knob) => ({
    ...knob,
    effect: knob.rows.reduce((total, row) => {
      const lever = problem.levers[row]!;
      return total + Math.abs(ends[row]! - lever.value) / lever.step;
    }, 0),
  }));
