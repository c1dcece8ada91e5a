/** How far down each slot stands: near what it is joined to, in the order of its column, nothing on another. Pure. */
import type { Slots } from './slots.js';

export interface Spacing {
  /** Height of a node, px. An empty slot has none. */
  readonly height: number;
  /** Between two slots of a column, px. */
  readonly gap: number;
}

const PASSES = 12;
/** An empty slot's: long edges shall be straight. */
const LANE_WEIGHT = 4;

/** The middle of each slot, px; the upper edge of the highest node is 0. */
export function middlesOf(
  columns: Slots['columns'],
  { left, right, nodes }: Slots,
  spacing: Spacing,
): Float64Array {
  const middle = new Float64Array(left.length);
  const apart = (above: number, below: number): number => {
    const halves = Number(above < nodes) + Number(below < nodes);
    return (spacing.height * halves) / 2 + spacing.gap;
  };
  for (const column of columns) {
    const offsets = offsetsOf(column, apart);
    column.forEach((slot, index) => (middle[slot] = (offsets[index] ?? 0) - (offsets.at(-1) ?? 0) / 2));
  }
  for (let pass = 0; pass < PASSES; pass += 1) {
    for (const column of pass % 2 === 0 ? columns : columns.toReversed()) {
      const offsets = offsetsOf(column, apart);
      const wanted = column.map((slot, index) => {
        const joined = [...(left[slot] ?? []), ...(right[slot] ?? [])];
        const sum = joined.reduce((total, other) => total + (middle[other] ?? 0), 0);
        const mean = joined.length === 0 ? (middle[slot] ?? 0) : sum / joined.length;
        return { value: mean - (offsets[index] ?? 0), weight: weightOf(slot, joined.length) };
      });
      nondecreasing(wanted).forEach(
        (value, index) => (middle[column[index] ?? 0] = value + (offsets[index] ?? 0)),
      );
    }
  }
  const top = middle.subarray(0, nodes).reduce((least, each) => Math.min(least, each), Infinity);
  return middle.map((each) => each - top + spacing.height / 2);

  function weightOf(slot: number, joined: number): number {
    return joined === 0 ? 0.01 : slot < nodes ? 1 : LANE_WEIGHT;
  }
}

/** How far each slot is from the first of its column, when they stand as near as they may. */
function offsetsOf(column: readonly number[], apart: (above: number, below: number) => number): number[] {
  let offset = 0;
  return column.map((slot, index) => (offset += index === 0 ? 0 : apart(column[index - 1] ?? 0, slot)));
}

export interface Wanted {
  readonly value: number;
  readonly weight: number;
}

/**
 * The nearest values, by weighted squares, of which none is below the one before: neighbours that stand the wrong way
 * round share their mean (pool adjacent violators: Ayer, Brunk, Ewing, Reid and Silverman 1955).
 */
export function nondecreasing(wanted: readonly Wanted[]): number[] {
  const pools: { value: number; weight: number; size: number }[] = [];
  for (const { value, weight } of wanted) {
    let pool = { value, weight, size: 1 };
    for (let above = pools.at(-1); above !== undefined && above.value > pool.value; above = pools.at(-1)) {
      pools.pop();
      const both = above.weight + pool.weight;
      pool = {
        value: (above.value * above.weight + pool.value * pool.weight) / both,
        weight: both,
        size: above.size + pool.size,
      };
    }
    pools.push(pool);
  }
  return pools.flatMap(({ value, size }) => Array.from({ length: size }, () => value));
}
