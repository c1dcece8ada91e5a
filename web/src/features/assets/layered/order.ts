/** The order of slots within their columns, with few crossings: each moves to the mean of what it is joined to. Pure. */
import type { Slots } from './slots.js';

const SWEEPS = 40;
/** Sweeps without fewer crossings, after which no more are tried. */
const PATIENCE = 8;

/** The columns in the best order of all sweeps. */
export function ordered({ columns, left, right }: Slots): readonly (readonly number[])[] {
  const place = new Float64Array(left.length);
  const put = (column: readonly number[]): void => column.forEach((slot, index) => (place[slot] = index));
  const current = columns.map((column) => [...column]);
  current.forEach(put);
  let best: { crossings: number; columns: number[][] } = { crossings: Infinity, columns: current };
  for (let [sweep, since] = [0, 0]; sweep < SWEEPS && since < PATIENCE; sweep += 1, since += 1) {
    const rightward = sweep % 2 === 0;
    for (const column of rightward ? current : current.toReversed()) {
      const mean = meansOf(column, rightward ? left : right, place);
      // Equals change places every other time, which leaves an order that is stuck.
      const tie = sweep % 4 < 2 ? 1 : -1;
      column.sort(
        (a, b) => (mean.get(a) ?? 0) - (mean.get(b) ?? 0) || tie * ((place[a] ?? 0) - (place[b] ?? 0)),
      );
      put(column);
    }
    const crossings = current.reduce((sum, column) => sum + crossingsRightOf(column, right, place), 0);
    if (crossings < best.crossings) {
      best = { crossings, columns: current.map((column) => [...column]) };
      since = 0;
    }
  }
  return best.columns;
}

type Neighbours = readonly (readonly number[])[];

/** Where what a slot is joined to stands on average; a slot that is joined to nothing stays. */
function meansOf(column: readonly number[], joined: Neighbours, place: Float64Array): Map<number, number> {
  return new Map(
    column.map((slot) => {
      const to = joined[slot] ?? [];
      const sum = to.reduce((total, other) => total + (place[other] ?? 0), 0);
      return [slot, to.length === 0 ? (place[slot] ?? 0) : sum / to.length];
    }),
  );
}

/** Crossings between a column and the next: pairs of edges whose ends stand in opposite order. */
export function crossingsRightOf(column: readonly number[], right: Neighbours, place: Float64Array): number {
  const ends = column.flatMap((slot) =>
    (right[slot] ?? []).map((end) => place[end] ?? 0).toSorted(ascending),
  );
  // A Fenwick tree: how many of the ends so far stand at or above a place.
  const tree = new Uint32Array(ends.reduce((most, end) => Math.max(most, end), 0) + 2);
  let crossings = 0;
  for (const [seen, end] of ends.entries()) {
    let above = 0;
    for (let index = end + 1; index > 0; index -= index & -index) above += tree[index] ?? 0;
    crossings += seen - above;
    for (let index = end + 1; index < tree.length; index += index & -index)
      tree[index] = (tree[index] ?? 0) + 1;
  }
  return crossings;
}

const ascending = (a: number, b: number): number => a - b;
