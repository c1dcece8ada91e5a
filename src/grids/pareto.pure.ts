/** The Pareto front: what nothing else beats in one respect without losing in the other. Pure. */

export interface Tradeoff {
  /** Only members of one group are compared. */
  readonly group: string | number;
  /** More is better. */
  readonly benefit: number;
  /** Less is better. */
  readonly cost: number;
}

/** At least as good in both respects and better in one. Equals do not dominate each other. */
export const dominates = (one: Tradeoff, other: Tradeoff): boolean =>
  one.group === other.group &&
  one.benefit >= other.benefit &&
  one.cost <= other.cost &&
  (one.benefit > other.benefit || one.cost < other.cost);

/** Those that no other of their group dominates, in the order in which they came. */
export function paretoFront<Item extends Tradeoff>(items: readonly Item[]): Item[] {
  const best = new Map<Tradeoff['group'], Tradeoff>();
  const front = new Set<Item>();
  // Every item meets those that cost less, and of equal cost those of more benefit, before itself.
  for (const item of items.toSorted((one, other) => one.cost - other.cost || other.benefit - one.benefit)) {
    const leader = best.get(item.group);
    const isEqual = leader?.benefit === item.benefit && leader.cost === item.cost;
    if (leader !== undefined && item.benefit <= leader.benefit && !isEqual) continue;
    front.add(item);
    best.set(item.group, item);
  }
  return items.filter((item) => front.has(item));
}
