/** Which column each node of a graph stands in: right of everything that it reads. Pure. */

/** Numbers of two nodes; the second reads the first. */
export type Edge = readonly [from: number, to: number];

export interface Columns {
  /** By node, from 0. */
  readonly columnOf: readonly number[];
  /** Every edge leads to the right; one that closes a circle is turned round. */
  readonly edges: readonly Edge[];
}

export function columnsOf(count: number, edges: readonly Edge[]): Columns {
  const sequence = sequenceOf(count, edges);
  const position = new Map(sequence.map((node, index) => [node, index]));
  const forward = edges.map(([from, to]): Edge =>
    (position.get(from) ?? 0) < (position.get(to) ?? 0) ? [from, to] : [to, from],
  );
  const { reads, readers } = neighbours(count, forward);
  const columnOf = Array.from({ length: count }, () => 0);
  const at = (node: number): number => columnOf[node] ?? 0;
  for (const node of sequence)
    for (const reader of readers[node] ?? []) columnOf[reader] = Math.max(at(reader), at(node) + 1);
  // Whatever has more arrows to its right than to its left moves right: they get shorter.
  for (const node of sequence.toReversed()) {
    const after = readers[node] ?? [];
    if (after.length > (reads[node]?.length ?? 0))
      columnOf[node] = after.reduce((least, reader) => Math.min(least, at(reader) - 1), Infinity);
  }
  const first = columnOf.reduce((least, column) => Math.min(least, column), Infinity);
  return { columnOf: columnOf.map((column) => column - first), edges: forward };
}

interface Neighbours {
  readonly reads: readonly number[][];
  readonly readers: readonly number[][];
}

function neighbours(count: number, edges: readonly Edge[]): Neighbours {
  const lists = (): number[][] => Array.from({ length: count }, () => []);
  const [reads, readers] = [lists(), lists()];
  for (const [from, to] of edges) {
    readers[from]?.push(to);
    reads[to]?.push(from);
  }
  return { reads, readers };
}

/**
 * Every node after what it reads, but for few edges of circles, as there are where groups are folded: who reads nothing comes first, who is not read comes last, and in a circle the one with the most
 * readers for what it reads goes on (Eades, Lin and Smyth 1993).
 */
function sequenceOf(count: number, edges: readonly Edge[]): number[] {
  const { reads, readers } = neighbours(count, edges);
  const left = new Set(reads.keys());
  const open = (others: readonly number[] = []): number => others.filter((other) => left.has(other)).length;
  const [front, back]: [number[], number[]] = [[], []];
  while (left.size > 0) {
    const size = left.size;
    for (const node of left) if (open(reads[node]) === 0) move(node, front);
    for (const node of [...left].toReversed()) if (open(readers[node]) === 0) move(node, back);
    if (left.size < size) continue;
    const surplus = [...left].map((node) => ({ node, by: open(readers[node]) - open(reads[node]) }));
    move(surplus.reduce((best, each) => (each.by > best.by ? each : best)).node, front);
  }
  return [...front, ...back.toReversed()];

  function move(node: number, to: number[]): void {
    left.delete(node);
    to.push(node);
  }
}
