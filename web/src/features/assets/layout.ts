/** Where the boxes of the asset graph stand: left to right, groups folded into one box until they are opened. Pure. */
import { columnsOf } from './layered/columns.js';
import { middlesOf } from './layered/heights.js';
import { ordered } from './layered/order.js';
import { slotsOf } from './layered/slots.js';

export interface LayoutAsset {
  readonly key: string;
  readonly group: string;
  readonly deps: readonly string[];
  /** Those of `deps` of which only earlier partitions are read: they may stand to the right. */
  readonly earlier_deps: readonly string[];
}

export interface LayoutRequest {
  readonly assets: readonly LayoutAsset[];
  /** Groups that show their assets. */
  readonly open: readonly string[];
}

export interface PlacedNode {
  /** Key of an asset, or `group:<name>` of a folded group. */
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Assets in a folded group; 1 for an asset. */
  readonly count: number;
}

export interface PlacedEdge {
  readonly from: string;
  readonly to: string;
  /** Only earlier partitions are read. */
  readonly earlier: boolean;
}

export interface Layout {
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

const WIDTH = 210;
const HEIGHT = 54;
/** From one column to the next, px. */
const COLUMN = WIDTH + 56;
const SPACING = { height: HEIGHT, gap: 14 };

export const groupNode = (group: string): string => `group:${group}`;

export function layOut({ assets, open }: LayoutRequest): Layout {
  const shown = new Map<string, string>();
  const counts = new Map<string, number>();
  for (const { key, group } of assets) {
    const id = open.includes(group) ? key : groupNode(group);
    shown.set(key, id);
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  const edges = new Map<string, PlacedEdge>();
  for (const { key, deps, earlier_deps } of assets) {
    for (const dep of deps) {
      const [from, to] = [shown.get(dep), shown.get(key)];
      // An edge out of the selection has no other end here.
      if (from === undefined || to === undefined || from === to) continue;
      const id = `${from}\n${to}`;
      const earlier = earlier_deps.includes(dep) && (edges.get(id)?.earlier ?? true);
      edges.set(id, { from, to, earlier });
    }
  }
  const ids = [...counts.keys()];
  const numberOf = new Map(ids.map((id, index) => [id, index]));
  const columns = columnsOf(
    ids.length,
    [...edges.values()]
      .filter(({ earlier }) => !earlier)
      .map(({ from, to }) => [numberOf.get(from) ?? 0, numberOf.get(to) ?? 0]),
  );
  const slots = slotsOf(columns);
  const middles = middlesOf(ordered(slots), slots, SPACING);
  const nodes = [...counts].map(([id, count], index) => {
    const [x, y] = [(columns.columnOf[index] ?? 0) * COLUMN, (middles[index] ?? 0) - HEIGHT / 2];
    return { id, count, x, y, width: WIDTH, height: HEIGHT };
  });
  return { nodes, edges: [...edges.values()] };
}
