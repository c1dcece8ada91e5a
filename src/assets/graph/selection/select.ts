/** Evaluates a selection on a graph: which assets it means. */
import type { AssetSpec } from '../asset.js';
import type { AssetGraph } from '../graph.js';
import { parseSelection, type Selection } from './parse.js';
import { wrong } from './tokens.js';

export interface SelectionContext {
  /** Every status that an asset may have. */
  readonly statuses: readonly string[];
  readonly statusOf: (key: string) => readonly string[];
}

type Keys = ReadonlySet<string>;

/** Keys in the order of the graph. @throws MeritloopError SELECTION_INVALID naming the position */
export function selectAssets(graph: AssetGraph, selection: string, context?: SelectionContext): string[] {
  const evaluate = (node: Selection): Keys => {
    switch (node.kind) {
      case 'word':
        return ofWord(graph, node.text);
      case 'field':
        return ofField(graph, node, selection, context);
      case 'and':
        return both(evaluate(node.left), evaluate(node.right));
      case 'or':
        return either(evaluate(node.left), evaluate(node.right));
      case 'not':
        return others(graph, evaluate(node.of));
      case 'roots':
        return ends(evaluate(node.of), graph.upstream);
      case 'sinks':
        return ends(evaluate(node.of), graph.downstream);
      case 'layers': {
        const start = evaluate(node.of);
        return either(layers(start, node.up, graph.upstream), layers(start, node.down, graph.downstream));
      }
    }
  };
  const selected = evaluate(parseSelection(selection));
  return [...graph.assets.keys()].filter((key) => selected.has(key));
}

const both = (left: Keys, right: Keys): Keys => new Set([...left].filter((key) => right.has(key)));
const either = (left: Keys, right: Keys): Keys => new Set([...left, ...right]);
const others = ({ assets }: AssetGraph, keys: Keys): Keys =>
  new Set([...assets.keys()].filter((key) => !keys.has(key)));

/** Those of the selection that read (or are read by) nothing else in it. */
const ends = (selected: Keys, neighbours: (key: string) => readonly string[]): Keys =>
  new Set([...selected].filter((key) => !neighbours(key).some((other) => selected.has(other))));

function layers(start: Keys, count: number, neighbours: (key: string) => readonly string[]): Keys {
  const found = new Set(start);
  let edge = [...start];
  for (let layer = 0; layer < count && edge.length > 0; layer += 1) {
    const next = new Set(edge.flatMap((key) => neighbours(key)).filter((key) => !found.has(key)));
    for (const key of next) found.add(key);
    edge = [...next];
  }
  return found;
}

/** The old forms hold where the star stands at an end of a key that exists; else it is a wildcard. */
function ofWord(graph: AssetGraph, text: string): Keys {
  const bare = text.replace(/^\*|\*$/g, '');
  if (bare !== text && graph.assets.has(bare)) {
    const start = new Set([bare]);
    const all = Number.POSITIVE_INFINITY;
    const up = text.startsWith('*') ? layers(start, all, graph.upstream) : start;
    const down = text.endsWith('*') ? layers(start, all, graph.downstream) : start;
    return either(up, down);
  }
  return matching(graph, ({ key }) => [key], text);
}

function ofField(
  graph: AssetGraph,
  { field, value, tagValue, position }: Extract<Selection, { kind: 'field' }>,
  selection: string,
  context: SelectionContext | undefined,
): Keys {
  switch (field) {
    case 'key':
      return matching(graph, ({ key }) => [key], value);
    case 'group':
      return matching(graph, ({ group }) => withParents(group), value);
    case 'kind':
      return matching(graph, ({ kinds }) => kinds, value);
    case 'owner':
      return matching(graph, ({ owners }) => owners, value);
    case 'column':
      return matching(graph, ({ columns }) => Object.keys(columns), value);
    case 'tag': {
      const wanted = wildcard(tagValue ?? '*');
      const tags = (spec: AssetSpec) =>
        Object.entries(spec.tags).flatMap(([name, held]) => (wanted(held) ? [name] : []));
      return matching(graph, tags, value);
    }
    case 'status': {
      const known = context?.statuses ?? [];
      const status = value.toLowerCase();
      if (!known.includes(status))
        throw wrong(selection, position, `unknown status ${value} (known: ${known.join(', ')})`);
      return matching(graph, ({ key }) => context?.statusOf(key) ?? [], status);
    }
  }
}

const withParents = (group: string): string[] =>
  group.split('/').map((_, index, parts) => parts.slice(0, index + 1).join('/'));

function matching(graph: AssetGraph, values: (spec: AssetSpec) => readonly string[], pattern: string): Keys {
  const matches = wildcard(pattern);
  return new Set(
    [...graph.assets.values()].filter((spec) => values(spec).some(matches)).map(({ key }) => key),
  );
}

/** `*` stands for any text. By hand: a pattern of many stars must not take exponential time. */
export function wildcard(pattern: string): (text: string) => boolean {
  const parts = pattern.split('*');
  const [first = '', last = ''] = [parts[0], parts.at(-1)];
  if (parts.length === 1) return (text) => text === pattern;
  return (text) => {
    if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last))
      return false;
    let at = first.length;
    const end = text.length - last.length;
    return parts.slice(1, -1).every((part) => {
      const found = text.indexOf(part, at);
      if (found < 0 || found + part.length > end) return false;
      at = found + part.length;
      return true;
    });
  };
}
