/** Draws a graph with the status of each asset: as text, as Mermaid, as SVG. Pure: the same graph gives the same drawing. */
import { mermaidText, xmlText } from '../../shared/contract/escaped.terms.js';
import type { AssetGraph } from './graph.js';
import { readsEarlierOnly } from './mapping.js';
import type { Status } from './status.js';

export interface Drawing {
  readonly graph: AssetGraph;
  /** Keys to draw, and the edges between them. */
  readonly keys: readonly string[];
  readonly statusOf: (key: string) => readonly Status[];
}

interface Edge {
  readonly from: string;
  readonly to: string;
  /** It leads from an earlier partition: drawn, but no part of the order. */
  readonly earlier: boolean;
}

function edgesOf({ graph, keys }: Drawing): Edge[] {
  const drawn = new Set(keys);
  return keys.flatMap((to) =>
    (graph.assets.get(to)?.deps ?? [])
      .filter(({ key }) => drawn.has(key) && key !== to)
      .map(({ key, mapping }) => ({ from: key, to, earlier: readsEarlierOnly(mapping) })),
  );
}

/** Keys by layer: each stands right of all that it reads. Without recursion: a chain of thousands must not exhaust the stack. */
function layersOf({ keys }: Drawing, edges: readonly Edge[]): string[][] {
  const readers = new Map<string, string[]>(keys.map((key) => [key, []]));
  const open = new Map<string, number>(keys.map((key) => [key, 0]));
  for (const { from, to, earlier } of edges) {
    if (earlier) continue;
    readers.get(from)?.push(to);
    open.set(to, (open.get(to) ?? 0) + 1);
  }
  const depths = new Map<string, number>(keys.map((key) => [key, 0]));
  const ready = keys.filter((key) => open.get(key) === 0);
  for (let next = ready.pop(); next !== undefined; next = ready.pop()) {
    const depth = 1 + (depths.get(next) ?? 0);
    for (const reader of readers.get(next) ?? []) {
      depths.set(reader, Math.max(depth, depths.get(reader) ?? 0));
      const left = (open.get(reader) ?? 0) - 1;
      open.set(reader, left);
      if (left === 0) ready.push(reader);
    }
  }
  const layers: string[][] = [];
  for (const key of keys) (layers[depths.get(key) ?? 0] ??= []).push(key);
  return layers;
}

/** One line for each asset, by layer, with what it reads. */
export function drawText(drawing: Drawing): string {
  const edges = edgesOf(drawing);
  const readBy = new Map<string, Edge[]>(drawing.keys.map((key) => [key, []]));
  for (const edge of edges) readBy.get(edge.to)?.push(edge);
  return layersOf(drawing, edges)
    .flatMap((keys, layer) =>
      keys.map((key) => {
        const reads = (readBy.get(key) ?? []).map(({ from, earlier }) =>
          earlier ? `${from} (earlier)` : from,
        );
        return `${'  '.repeat(layer)}${key} [${drawing.statusOf(key).join(', ')}]${reads.length === 0 ? '' : ` <- ${reads.join(', ')}`}`;
      }),
    )
    .join('\n');
}

const COLOURS: Readonly<Record<string, string>> = {
  failed: '#f5b5b0',
  blocked: '#f3d7a6',
  degraded: '#f7c9c5',
  missing: '#e4e4e7',
  warning: '#f6eab0',
  healthy: '#c7ead0',
};
const colourOf = (statuses: readonly Status[]): string => COLOURS[statuses[0] ?? 'missing'] ?? '#ffffff';

/** A flowchart; groups are subgraphs. */
export function drawMermaid(drawing: Drawing): string {
  const ids = new Map(drawing.keys.map((key, index) => [key, `n${index}`]));
  const groups = new Map<string, string[]>();
  for (const key of drawing.keys) {
    const group = drawing.graph.assets.get(key)?.group ?? 'default';
    groups.set(group, [...(groups.get(group) ?? []), key]);
  }
  return [
    'flowchart LR',
    ...[...groups].flatMap(([group, keys], index) => [
      `  subgraph g${index} ["${mermaidText(group)}"]`,
      ...keys.map(
        (key) => `    ${ids.get(key)}["${mermaidText(key)}<br/>${drawing.statusOf(key).join(', ')}"]`,
      ),
      '  end',
    ]),
    ...edgesOf(drawing).map(
      ({ from, to, earlier }) => `  ${ids.get(from)} ${earlier ? '-.->' : '-->'} ${ids.get(to)}`,
    ),
    ...drawing.keys.map((key) => `  style ${ids.get(key)} fill:${colourOf(drawing.statusOf(key))}`),
  ].join('\n');
}

const BOX = { width: 230, height: 40, gapX: 70, gapY: 14, margin: 20 };

/** A picture of its own, without scripts or fonts from elsewhere. */
export function drawSvg(drawing: Drawing): string {
  const edges = edgesOf(drawing);
  const layers = layersOf(drawing, edges);
  const { width, height, gapX, gapY, margin } = BOX;
  const places = new Map(
    layers.flatMap((keys, column) =>
      keys.map(
        (key, row) =>
          [key, { x: margin + column * (width + gapX), y: margin + row * (height + gapY) }] as const,
      ),
    ),
  );
  const placeOf = (key: string) => places.get(key) ?? { x: 0, y: 0 };
  const rows = Math.max(0, ...layers.map((keys) => keys.length));
  const size = [
    2 * margin + layers.length * (width + gapX) - gapX,
    2 * margin + rows * (height + gapY) - gapY,
  ];
  const lines = edges.map(({ from, to, earlier }) => {
    const [start, end] = [placeOf(from), placeOf(to)];
    const [x1, y1, x2, y2] = [start.x + width, start.y + height / 2, end.x, end.y + height / 2];
    const dash = earlier ? ' stroke-dasharray="4 3"' : '';
    return `<path d="M${x1} ${y1} C${x1 + gapX / 2} ${y1} ${x2 - gapX / 2} ${y2} ${x2} ${y2}" fill="none" stroke="#8b8b94"${dash}/>`;
  });
  const boxes = drawing.keys.map((key) => {
    const { x, y } = placeOf(key);
    const statuses = drawing.statusOf(key);
    const group = drawing.graph.assets.get(key)?.group ?? '';
    return `<g><title>${xmlText(`${key}: ${statuses.join(', ')}`)}</title><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="5" fill="${colourOf(statuses)}" stroke="#55555c"/><text x="${x + 8}" y="${y + 17}">${xmlText(key)}</text><text x="${x + 8}" y="${y + 32}" fill="#55555c" font-size="10">${xmlText(`${group} · ${statuses.join(', ')}`)}</text></g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size[0]}" height="${size[1]}" viewBox="0 0 ${size[0]} ${size[1]}" font-family="sans-serif" font-size="12" role="img" aria-label="Asset graph">\n${[...lines, ...boxes].join('\n')}\n</svg>`;
}
