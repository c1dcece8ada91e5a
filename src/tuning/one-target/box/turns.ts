/** What can be turned inside the bounds: the rows of one lever, year and level (or of all its levels), each on its own. */
import { levelGroupOf } from '../../../levers/catalogue.terms.js';
import { cornerValue, valueAt } from '../../knobs.js';
import type { TuningProblem } from '../../problem.js';

export interface Turn {
  /** Index of its year among the plan years. */
  readonly year: number;
  /** Lever and level: turns that differ in nothing but the year. */
  readonly kind: string;
  /** Indexes into the problem's levers. */
  readonly rows: readonly number[];
  /** Mean value of the rows with all of them at their low corner, as today, and at their high corner. */
  readonly low: number;
  readonly today: number;
  readonly high: number;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** The turns that have room, in the order of the problem's rows; `years` are all plan years, ascending. */
export function turnsOf(problem: TuningProblem, years: readonly number[]): Turn[] {
  const turns = new Map<string, { year: number; kind: string; rows: number[] }>();
  problem.levers.forEach((lever, row) => {
    if (cornerValue(lever, 'low') === cornerValue(lever, 'high')) return;
    const kind = `${lever.parameter_name} ${levelGroupOf(lever)}`;
    const name = `${kind} ${lever.fiscal_year}`;
    const turn = turns.get(name) ?? { year: years.indexOf(lever.fiscal_year), kind, rows: [] };
    turn.rows.push(row);
    turns.set(name, turn);
  });
  return [...turns.values()].map((turn) => {
    const levers = turn.rows.map((row) => problem.levers[row]!);
    return {
      ...turn,
      low: mean(levers.map((lever) => cornerValue(lever, 'low'))),
      today: mean(levers.map(({ value }) => value)),
      high: mean(levers.map((lever) => cornerValue(lever, 'high'))),
    };
  });
}

/**
 * Values of all levers, in the problem's order, with every turn at an amount between its low and its high. The rows of a
 * turn make equal shares of their own room, so that equal rows stay equal.
 */
export function valuesAtAmounts(
  { levers }: TuningProblem,
  turns: readonly Turn[],
  amounts: readonly number[],
): number[] {
  const values = levers.map(({ value }) => value);
  turns.forEach(({ rows, low, today, high }, index) => {
    const amount = amounts[index]!;
    const side = amount < today ? 'low' : 'high';
    const room = side === 'low' ? today - low : high - today;
    const share = room === 0 ? 0 : Math.abs(amount - today) / room;
    for (const row of rows) values[row] = valueAt(levers[row]!, side, share);
  });
  return values;
}

/** The amount at which a turn stands in a set of values. */
export const amountIn = ({ rows }: Turn, values: readonly number[]): number =>
  mean(rows.map((row) => values[row]!));
