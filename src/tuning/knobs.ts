/** Knobs: the groups of lever rows that a strategy moves as one, with what a full turn of each would do. */
import { levelGroupOf, roundLever } from '../levers/catalogue.terms.js';
import { isHeld, type TunableLever, type TuningProblem } from './problem.js';

export type Side = 'low' | 'high';
/** A side for each lever, in the problem's order. */
export type Sides = readonly Side[];

/** The side of a row, where all rows have the same or each its own. */
export const sideOf = (side: Side | Sides, row: number): Side =>
  typeof side === 'string' ? side : side[row]!;

/** One or more rows that move by the same share of their own room to the corner. */
export interface Knob {
  readonly parameter: TunableLever['parameter_name'];
  /** Indexes into the problem's levers. */
  readonly rows: readonly number[];
  /** Growth gained in the target's direction when all rows go to the corner, pp. */
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
export function valueAt(lever: TunableLever, side: Side, share: number): number {
  const corner = cornerValue(lever, side);
  if (share >= 1 || corner === lever.value) return corner;
  if (share <= 0) return lever.value;
  // Adding 0: a tiny negative value rounds to −0, which JSON cannot hold.
  const rounded = roundLever(lever.value + share * (corner - lever.value)) + 0;
  return Math.min(Math.max(rounded, Math.min(lever.value, corner)), Math.max(lever.value, corner));
}

/**
 * A lever that is one decision for all levels of a year has its rows turn together: equal rows stay equal, and rows
 * that differ today close in on the common corner by equal shares of their own room. In final-year mode a
 * lever is shifted in all years at once, because moving one year alone lowers the growth of the next.
 */
function knobName(lever: TunableLever, allYears: boolean): string {
  const year = allYears ? 'all' : lever.fiscal_year;
  return `${lever.parameter_name} ${year} ${levelGroupOf(lever)}`;
}

/** The knobs of the rows that have room to move; `direction` is 1 to raise growth, −1 to lower it. */
export function knobsOf(problem: TuningProblem, side: Side | Sides, direction: 1 | -1): Knob[] {
  const rowsByName = new Map<string, number[]>();
  problem.levers.forEach((lever, row) => {
    if (cornerValue(lever, sideOf(side, row)) === lever.value) return;
    // With sides of their own, the years no longer shift together.
    const name = knobName(lever, problem.target_mode === 'final-year' && typeof side === 'string');
    rowsByName.set(name, [...(rowsByName.get(name) ?? []), row]);
  });
  return [...rowsByName.values()].map((rows) => {
    const levers = rows.map((row) => problem.levers[row]!);
    const sum = (of: (lever: TunableLever, room: number) => number): number =>
      levers.reduce(
        (total, lever, index) =>
          total + of(lever, cornerValue(lever, sideOf(side, rows[index]!)) - lever.value),
        0,
      );
    return {
      parameter: levers[0]!.parameter_name,
      rows,
      effect: direction * sum((lever, room) => lever.sensitivity * room),
      cost: sum((lever, room) => (room / lever.step) ** 2),
    };
  });
}

/** Stands in for unmeasured effects: each row's effect is taken as its room in ordinary steps. */
export const weighedByRoom = (problem: TuningProblem, side: Side | Sides, knobs: readonly Knob[]): Knob[] =>
  knobs.map((knob) => ({
    ...knob,
    effect: knob.rows.reduce((total, row) => {
      const lever = problem.levers[row]!;
      return total + Math.abs(cornerValue(lever, sideOf(side, row)) - lever.value) / lever.step;
    }, 0),
  }));
