/** Knobs: the variables of the solver, each one or more lever rows that move by the same number of ordinary steps. */
import { levelGroupOf, roundLever } from '../../levers/catalogue.terms.js';
import { isHeld, type TunableLever } from '../problem.js';

export interface ManyKnob {
  /** Indexes into the problem's levers. */
  readonly rows: readonly number[];
  /** How far it may be turned from today's values, in steps; 0 lies between. */
  readonly low: number;
  readonly high: number;
}

/** Between today's value and both bounds: a row outside of its bounds may come nearer, never go further. */
const roomOf = ({ value, low, high, step }: TunableLever): [number, number] => [
  (Math.min(value, low) - value) / step,
  (Math.max(value, high) - value) / step,
];

/**
 * One knob for each row that may move; a lever that is one decision for all levels of a year has its rows turn
 * together, as far as the one with the least room.
 */
export function manyKnobs(levers: readonly TunableLever[]): ManyKnob[] {
  const groups = new Map<string, number[]>();
  levers.forEach((lever, row) => {
    if (isHeld(lever)) return;
    const name = `${lever.parameter_name} ${lever.fiscal_year} ${levelGroupOf(lever)}`;
    groups.set(name, [...(groups.get(name) ?? []), row]);
  });
  return [...groups.values()]
    .map((rows) => {
      const rooms = rows.map((row) => roomOf(levers[row]!));
      return {
        rows,
        low: Math.max(...rooms.map(([low]) => low)),
        high: Math.min(...rooms.map(([, high]) => high)),
      };
    })
    .filter(({ low, high }) => high - low > 1e-9);
}

/** Lever values, held to six decimals and inside the bounds, for knobs turned by `turns` steps. */
export function valuesAt(
  levers: readonly TunableLever[],
  knobs: readonly ManyKnob[],
  turns: readonly number[],
): number[] {
  const values = levers.map(({ value }) => value);
  knobs.forEach(({ rows }, index) => {
    for (const row of rows) {
      const lever = levers[row]!;
      // Adding 0: a tiny negative value rounds to −0, which JSON cannot hold.
      const rounded = roundLever(lever.value + turns[index]! * lever.step) + 0;
      values[row] = Math.min(
        Math.max(rounded, Math.min(lever.value, lever.low)),
        Math.max(lever.value, lever.high),
      );
    }
  });
  return values;
}

/** How far the knobs are turned at these values, in steps. */
export const turnsOf = (
  levers: readonly TunableLever[],
  knobs: readonly ManyKnob[],
  values: readonly number[],
): number[] =>
  knobs.map(
    ({ rows }) =>
      rows.reduce((sum, row) => sum + (values[row]! - levers[row]!.value) / levers[row]!.step, 0) /
      rows.length,
  );

/** Derivatives by lever row as derivatives by knob, per step. */
export const byKnob = (
  levers: readonly TunableLever[],
  knobs: readonly ManyKnob[],
  effects: readonly number[],
): number[] => knobs.map(({ rows }) => rows.reduce((sum, row) => sum + effects[row]! * levers[row]!.step, 0));
