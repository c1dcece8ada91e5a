/** A graph in columns whose edges join neighbouring columns only: longer ones pass through empty slots. Pure. */
import type { Columns } from './columns.js';

export interface Slots {
  /** Numbers of the slots of each column, from top to bottom. Those below `nodes` are nodes, the others empty. */
  readonly columns: readonly (readonly number[])[];
  /** By slot: those in the column to the left that lead to it. */
  readonly left: readonly (readonly number[])[];
  readonly right: readonly (readonly number[])[];
  readonly nodes: number;
}

/** What is read by several is led to them through the same empty slots, one for each column. */
export function slotsOf({ columnOf, edges }: Columns): Slots {
  const columns: number[][] = [];
  const left: number[][] = [];
  const right: number[][] = [];
  const add = (column: number): number => {
    (columns[column] ??= []).push(left.length);
    right.push([]);
    return left.push([]) - 1;
  };
  for (const column of columnOf) add(column);
  const passed = new Map<string, number>();
  for (const [from, to] of edges) {
    let before = from;
    const [first, last] = [columnOf[from] ?? 0, columnOf[to] ?? 0];
    for (let column = first + 1; column < last; column += 1) {
      const known = passed.get(`${from} ${column}`);
      const slot = known ?? add(column);
      passed.set(`${from} ${column}`, slot);
      if (known === undefined) join(before, slot);
      before = slot;
    }
    join(before, to);
  }
  return { columns, left, right, nodes: columnOf.length };

  function join(from: number, to: number): void {
    right[from]?.push(to);
    left[to]?.push(from);
  }
}
