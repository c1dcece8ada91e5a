/** The graph: assets and the edges between them, refused whole where it is not sound. */
import { failure } from '../../shared/errors/errors.js';
import type { AssetSpec, Dependency } from './asset.js';
import { partitionLookup, readsEarlierOnly } from './mapping.js';
import { partitionKeys } from './partitions.js';

export interface AssetGraph {
  /** By key, in the order of definition. */
  readonly assets: ReadonlyMap<string, AssetSpec>;
  /** Keys that an asset reads; never itself. */
  readonly upstream: (key: string) => readonly string[];
  /** Keys that read an asset; never itself. */
  readonly downstream: (key: string) => readonly string[];
}

/** Keys stand in selections, reasons and step names without quotes. */
const KEY = /^[A-Za-z0-9_][A-Za-z0-9_./-]*$/;

/** @throws MeritloopError GRAPH_INVALID with every problem: duplicate keys, unknown inputs, partitions that do not fit, circles */
export function createGraph(specs: readonly AssetSpec[]): AssetGraph {
  const assets = new Map(specs.map((spec) => [spec.key, spec]));
  const problems = [
    ...duplicates(specs),
    ...specs.flatMap((spec) => assetProblems(spec)),
    ...specs.flatMap((spec) => spec.deps.flatMap((edge) => edgeProblems(spec, edge, assets))),
  ];
  if (problems.length === 0) problems.push(...circles(assets));
  if (problems.length > 0) throw failure('GRAPH_INVALID', { problems });
  const upstream = new Map<string, string[]>();
  const downstream = new Map<string, string[]>(specs.map(({ key }) => [key, []]));
  for (const { key, deps } of specs) {
    const keys = [...new Set(deps.map((edge) => edge.key))].filter((other) => other !== key);
    upstream.set(key, keys);
    for (const other of keys) downstream.get(other)?.push(key);
  }
  return {
    assets,
    upstream: (key) => upstream.get(key) ?? [],
    downstream: (key) => downstream.get(key) ?? [],
  };
}

/** @throws MeritloopError ASSET_UNKNOWN */
export function assetOf(graph: Pick<AssetGraph, 'assets'>, key: string): AssetSpec {
  const spec = graph.assets.get(key);
  if (spec === undefined)
    throw failure('ASSET_UNKNOWN', { asset: key, known: nearest(key, graph.assets.keys()) });
  return spec;
}

/** The few keys that share the most pairs of letters with it. */
export function nearest(key: string, keys: Iterable<string>): string[] {
  const pairs = (text: string) =>
    new Set(Array.from(text.slice(1), (letter, index) => `${text[index]}${letter}`));
  const wanted = pairs(key);
  const shared = (other: string) =>
    [...pairs(other)].filter((pair) => wanted.has(pair)).length / (other.length + 1);
  return [...keys].toSorted((a, b) => shared(b) - shared(a)).slice(0, 5);
}

function duplicates(specs: readonly AssetSpec[]): string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const { key } of specs) (seen.has(key) ? twice : seen).add(key);
  return [...twice].map((key) => `${key} is defined twice`);
}

function assetProblems({ key, checks, partitions, external, deps }: AssetSpec): string[] {
  const names = checks.map(({ name }) => name);
  return [
    ...(KEY.test(key) ? [] : [`${key} is no key: letters, digits and _ . / - only`]),
    ...names
      .filter((name, index) => names.indexOf(name) !== index)
      .map((name) => `${key} has two checks ${name}`),
    ...(partitions !== null && partitions.kind !== 'dynamic' && partitionKeys(partitions, {}).length === 0
      ? hasDynamicPart(partitions)
        ? []
        : [`${key} has no partition`]
      : []),
    ...badKeys(partitions).map(
      (partition) => `${key} has a partition ${partition}, which must not hold | , or ..`,
    ),
    ...(external && deps.length > 0 ? [`${key} is external, so it reads nothing`] : []),
  ];
}

const badKeys = (partitions: AssetSpec['partitions']): string[] =>
  partitions?.kind === 'static'
    ? partitions.keys.filter((partition) => partition === '' || /[|,]|\.\./.test(partition))
    : Object.values(partitions?.kind === 'product' ? partitions.dimensions : {}).flatMap(badKeys);

const hasDynamicPart = (partitions: NonNullable<AssetSpec['partitions']>): boolean =>
  partitions.kind === 'product'
    ? Object.values(partitions.dimensions).some(({ kind }) => kind === 'dynamic')
    : partitions.kind === 'dynamic';

function edgeProblems(
  spec: AssetSpec,
  { key, mapping }: Dependency,
  assets: ReadonlyMap<string, AssetSpec>,
): string[] {
  const input = assets.get(key);
  if (input === undefined) return [`${spec.key} reads ${key}, which is not defined`];
  const lookup = partitionLookup(mapping, spec.partitions, input.partitions, {});
  if (lookup === undefined)
    return [`${spec.key} reads ${key} by ${mapping.kind}, which has no meaning between their partitions`];
  const { partitions } = spec;
  if (mapping.kind !== 'same' || partitions === null || input.partitions === null) return [];
  if (hasDynamicPart(partitions) || hasDynamicPart(input.partitions)) return [];
  const missing = partitionKeys(partitions, {}).filter((partition) => lookup(partition).length === 0);
  return missing.length === 0
    ? []
    : [
        `${spec.key} reads the same partition of ${key}, which has none for ${missing.slice(0, 3).join(', ')}`,
      ];
}

/** Circles of edges that do not lead to an earlier partition, each named once. */
function circles(assets: ReadonlyMap<string, AssetSpec>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const path: string[] = [];
  const onPath = new Set<string>();
  const edgesOf = (key: string) =>
    (assets.get(key)?.deps ?? []).filter(({ mapping }) => !readsEarlierOnly(mapping)).map((edge) => edge.key);
  for (const root of assets.keys()) {
    if (done.has(root)) continue;
    // By hand instead of recursion: a chain of ten thousand assets must not exhaust the stack.
    const stack: { readonly key: string; readonly edges: string[] }[] = [{ key: root, edges: edgesOf(root) }];
    path.push(root);
    onPath.add(root);
    while (stack.length > 0) {
      const next = stack.at(-1)?.edges.pop();
      if (next === undefined) {
        const { key } = stack.pop() ?? { key: '' };
        path.pop();
        onPath.delete(key);
        done.add(key);
      } else if (onPath.has(next)) {
        const circle = [...path.slice(path.indexOf(next)), next];
        found.push(`assets read each other in a circle: ${circle.join(' <- ')}`);
      } else if (!done.has(next)) {
        stack.push({ key: next, edges: edgesOf(next) });
        path.push(next);
        onPath.add(next);
      }
    }
  }
  return found;
}
