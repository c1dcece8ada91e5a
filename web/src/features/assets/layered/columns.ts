/** Which column each node of a graph stands in: right of everything that it reads. Pure. */

/** Numbers of two nodes; the second reads the first. */
export type Edge = readonly [from: number, to: number];

export interface Columns {
  /** By node, from 0. */
  readonly columnOf: readonly number[];
  /** Every edge leads to the right: what would close a circle, as folded groups can, is turned round. */
  readonly edges: readonly Edge[];
}

export function columnsOf(count: number, edges: readonly Edge[]): Columns {
  const { forward, inOrder } = withoutCircles(count, edges);
  const [reads, readers] = [neighbours(count), neighbours(count)];
  for (const [from, to] of forward) {
    readers[from]?.push(to);
    reads[to]?.push(from);
  }
  const columnOf = Array.from({ length: count }, () => 0);
  const at = (node: number): number => columnOf[node] ?? 0;
  for (const node of inOrder)
    for (const reader of readers[node] ?? []) columnOf[reader] = Math.max(at(reader), at(node) + 1);
  // Whatever has more arrows to its right than to its left moves right: they get shorter.
  for (const node of inOrder.toReversed()) {
    const after = readers[node] ?? [];
    if (after.length > (reads[node]?.length ?? 0))
      columnOf[node] = after.reduce((least, reader) => Math.min(least, at(reader) - 1), Infinity);
  }
  const first = columnOf.reduce((least, column) => Math.min(least, column), Infinity);
  return { columnOf: columnOf.map((column) => column - first), edges: forward };
}

const neighbours = (count: number): number[][] => Array.from({ length: count }, () => []);

interface Ordered {
  readonly forward: readonly Edge[];
  /** Every node after all that it reads. */
  readonly inOrder: readonly number[];
}

/** Walks depth first, without recursion: a chain may be long. */
function withoutCircles(count: number, edges: readonly Edge[]): Ordered {
  const readers = neighbours(count);
  for (const [from, to] of edges) readers[from]?.push(to);
  const [UNSEEN, OPEN, DONE] = [0, 1, 2];
  const state = Array.from({ length: count }, () => UNSEEN);
  const forward: Edge[] = [];
  const finished: number[] = [];
  for (let root = 0; root < count; root += 1) {
    const path = state[root] === UNSEEN ? [{ node: root, next: 0 }] : [];
    state[root] = path.length > 0 ? OPEN : (state[root] ?? DONE);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const reader = readers[top.node]?.[top.next];
      top.next += 1;
      if (reader === undefined) {
        state[top.node] = DONE;
        finished.push(top.node);
        path.pop();
        continue;
      }
      forward.push(state[reader] === OPEN ? [reader, top.node] : [top.node, reader]);
      if (state[reader] === UNSEEN) {
        state[reader] = OPEN;
        path.push({ node: reader, next: 0 });
      }
    }
  }
  return { forward, inOrder: finished.toReversed() };
}
