/** Sets of levers that differ from the base in chosen values only: what an impact simulates. */
import {
  definitionOf,
  PARAMETERS,
  roundLever,
  type LeverKey,
  type LeverRow,
  type ParameterName,
} from '../levers/lever.contract.js';

/** The base: all rows of its set, and those that hold for the scenario once inheritance is resolved. */
export interface LeverBase {
  readonly scenario: string;
  readonly lever_set: string;
  readonly rows: readonly LeverRow[];
  readonly resolved: readonly LeverRow[];
}

export interface Variant {
  readonly rows: readonly LeverRow[];
  /** Millionths by which the moved rows moved, in all. */
  readonly moved: number;
  readonly moved_rows: number;
  /** Rows whose value the hard range held back. */
  readonly held_rows: number;
  /** Names what decides who is promoted, and so whether the people are simulated anew. */
  readonly flow: string;
}

export const placeOf = ({ fiscal_year, job_level, parameter_name }: LeverKey): string =>
  `${fiscal_year} ${job_level} ${parameter_name}`;

const millionths = (value: number): number => Math.round(value * 1e6);

/**
 * The base with other values where `valueOf` gives one. Such a row stands under the scenario's own name and keeps date
 * and lock, so that equal values are the same set whenever they are asked for.
 */
export function variantOf(base: LeverBase, valueOf: (row: LeverRow) => number | undefined): Variant {
  const changed = new Map<string, LeverRow>();
  let moved = 0;
  let held = 0;
  for (const row of base.resolved) {
    const wanted = valueOf(row);
    if (wanted === undefined) continue;
    const [low, high] = PARAMETERS[row.parameter_name].hardRange;
    // Adding 0: a tiny negative value rounds to −0.
    const value = roundLever(Math.min(Math.max(wanted, low), high)) + 0;
    if (value !== roundLever(wanted) + 0) held += 1;
    if (value === row.parameter_value) continue;
    moved += millionths(value) - millionths(row.parameter_value);
    changed.set(placeOf(row), {
      ...row,
      scenario_id: base.scenario,
      parameter_value: value,
      created_by: 'impact',
    });
  }
  const others = base.rows.filter((row) => row.scenario_id !== base.scenario || !changed.has(placeOf(row)));
  return {
    rows: changed.size === 0 ? base.rows : [...others, ...changed.values()],
    moved,
    moved_rows: changed.size,
    held_rows: held,
    flow: flowOf(base.resolved.map((row) => changed.get(placeOf(row)) ?? row)),
  };
}

export const flowOf = (resolved: readonly LeverRow[]): string =>
  resolved
    .filter(({ parameter_name }) => definitionOf(parameter_name).effect === 'promotion_chance')
    .map(({ parameter_value }) => parameter_value)
    .join(' ');

/** Moves the rows that `chosen` names by one step of their parameter. */
export const stepped =
  (
    parameter: ParameterName,
    direction: 1 | -1,
    chosen: (row: LeverRow) => boolean = () => true,
  ): ((row: LeverRow) => number | undefined) =>
  (row) =>
    row.parameter_name === parameter && chosen(row)
      ? row.parameter_value + direction * PARAMETERS[parameter].step
      : undefined;
