/** A graph to lay out: drawn by a seed, in layers, as large as asked. */
import type { LayoutRequest } from '../../web/src/features/assets/layout.js';

const GROUPS = 12;
const MODULUS = 2_147_483_647;
const FACTOR = 48_271;

/** @param reads edges in all; each asset reads only ones before it */
export function drawnAssets(count: number, reads: number, seed: number): LayoutRequest {
  let state = seed + 1;
  const draw = (below: number): number => {
    state = (state * FACTOR) % MODULUS;
    return state % below;
  };
  const deps = Array.from({ length: count }, (): Set<string> => new Set());
  for (let edge = 0; edge < reads;) {
    const asset = 1 + draw(count - 1);
    // Mostly what came shortly before, as models do.
    const from = Math.max(0, asset - 1 - draw(40));
    const before = deps[asset]?.size ?? 0;
    deps[asset]?.add(`asset_${from}`);
    edge += (deps[asset]?.size ?? 0) - before || (draw(10) === 0 ? 1 : 0);
  }
  const groups = Array.from({ length: GROUPS }, (_, group) => `group_${group}`);
  const assets = deps.map((read, index) => ({
    key: `asset_${index}`,
    group: groups[Math.floor((index * GROUPS) / count)] ?? '',
    deps: [...read],
    earlier_deps: [],
  }));
  return { assets, open: groups };
}
