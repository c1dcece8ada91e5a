/** The effect of each lever around known levels of pay, from one simulation for each lever and level. */
import type { PayLevels } from './pay-levels.js';
import type { Turn } from './turns.js';

/** A simulated set of levers: the amount of each turn, and the levels of pay that it gave. */
export interface Anchor {
  readonly amounts: readonly number[];
  readonly levels: PayLevels;
}

export interface Around {
  /** By turn: change of each year's level per unit; null where it was not simulated yet. */
  readonly effects: readonly (readonly number[] | null)[];
  /** Amounts to simulate next; null when every effect is known. */
  readonly missing: readonly number[] | null;
}

/**
 * A lever of a later year is taken to work as that of the first year does, as many years later: pay that it brings stays.
 * So one simulation tells of all years of a lever and level: its first free year goes to the end that is further away. Where
 * a year's level lies lower than today's levers have it, the same pay is a larger part of it.
 * @param today levels of pay with today's levers
 * @param levelsOf levels of pay at amounts; null where they were not simulated
 */
export function measureAround(
  turns: readonly Turn[],
  { amounts, levels }: Anchor,
  today: PayLevels,
  levelsOf: (amounts: readonly number[]) => PayLevels | null,
): Around {
  const responses = new Map<string, number[]>();
  let missing: number[] | null = null;
  for (const kind of new Set(turns.map((turn) => turn.kind))) {
    const index = firstOf(turns, kind);
    const { year, low, high } = turns[index]!;
    const here = amounts[index]!;
    // Where two ends are equally far but for rounding, the high one is taken.
    const to = high - here >= (here - low) * (1 - 1e-9) ? high : low;
    const moved = amounts.with(index, to);
    const found = levelsOf(moved);
    if (found === null) missing ??= moved;
    else
      responses.set(
        kind,
        found
          .slice(year)
          .map(
            (level, later) =>
              ((level - levels[year + later]!) / (to - here)) *
              Math.exp(levels[year + later]! - today[year + later]!),
          ),
      );
  }
  const effects = turns.map(({ kind, year }) => {
    const response = responses.get(kind);
    return response === undefined
      ? null
      : levels.map((level, own) => (own < year ? 0 : response[own - year]! / Math.exp(level - today[own]!)));
  });
  return { effects, missing };
}

/** Index of the earliest turn of a kind. */
const firstOf = (turns: readonly Turn[], kind: string): number =>
  turns.reduce(
    (best, turn, index) =>
      turn.kind === kind && (best === -1 || turn.year < turns[best]!.year) ? index : best,
    -1,
  );
