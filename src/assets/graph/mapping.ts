/** Mappings: which partitions of an input one partition of its reader reads. */
import { joinKey, partitionKeys, splitKey, type DynamicKeys, type Partitions } from './partitions.js';

/** `same`: the partition of the same key, along the dimensions that both have. */
export interface Same {
  readonly kind: 'same';
}
export interface All {
  readonly kind: 'all';
}
/** Those from `from` to `to` places away in the input's order; negative is earlier. */
export interface Offset {
  readonly kind: 'offset';
  readonly from: number;
  readonly to: number;
  /** The dimension of a product along which one moves; the others stay. */
  readonly dimension?: string;
}
export type Mapping = Same | All | Offset;

export const same: Same = { kind: 'same' };
export const all: All = { kind: 'all' };
/** The partition before: simulated year N reads year N - 1. The first one reads none. */
export const previous = (dimension?: string): Offset => range(-1, -1, dimension);
export const range = (from: number, to: number, dimension?: string): Offset => ({
  kind: 'offset',
  from,
  to,
  ...(dimension === undefined ? {} : { dimension }),
});

/** True where every partition read is an earlier one: such an edge closes no circle. */
export const readsEarlierOnly = (mapping: Mapping): boolean => mapping.kind === 'offset' && mapping.to < 0;

/** For one edge of the graph: from a partition of the reader to the partitions of the input. */
export type PartitionLookup = (partition: string | null) => readonly (string | null)[];

const WHOLE: readonly null[] = [null];
const NONE: readonly string[] = [];

interface Side {
  readonly partitions: Partitions;
  readonly keys: readonly string[];
}

/** @returns undefined where the mapping has no meaning between these partitions. */
export function partitionLookup(
  mapping: Mapping,
  reader: Partitions | null,
  input: Partitions | null,
  dynamic: DynamicKeys,
): PartitionLookup | undefined {
  if (input === null) return mapping.kind === 'offset' ? undefined : () => WHOLE;
  const keys = partitionKeys(input, dynamic);
  if (mapping.kind === 'all' || (reader === null && mapping.kind === 'same')) return () => keys;
  if (reader === null) return undefined;
  const from: Side = { partitions: reader, keys: partitionKeys(reader, dynamic) };
  const to: Side = { partitions: input, keys };
  return mapping.kind === 'same' ? sameLookup(from, to) : offsetLookup(mapping, from, to);
}

const equal = (left: Partitions, right: Partitions): boolean =>
  JSON.stringify(left) === JSON.stringify(right);

function sameLookup(reader: Side, input: Side): PartitionLookup | undefined {
  if (reader.partitions.kind !== 'product' && input.partitions.kind !== 'product') {
    const known = new Map(input.keys.map((key) => [key, [key] as const]));
    return (partition) => known.get(partition ?? '') ?? NONE;
  }
  const shared = sharedDimensions(reader.partitions, input.partitions);
  if (shared.length === 0) return undefined;
  const share = (key: string, side: 0 | 1) => joinKey(shared.map((pair) => splitKey(key)[pair[side]] ?? ''));
  const found = new Map<string, string[]>();
  for (const key of input.keys) {
    const shown = share(key, 1);
    found.set(shown, [...(found.get(shown) ?? []), key]);
  }
  return (partition) => found.get(share(partition ?? '', 0)) ?? NONE;
}

/** Positions of the dimensions that both have: by name between products, by definition otherwise. */
function sharedDimensions(reader: Partitions, input: Partitions): [number, number][] {
  const dimensionsOf = (partitions: Partitions): [string | null, Partitions][] =>
    partitions.kind === 'product' ? Object.entries(partitions.dimensions) : [[null, partitions]];
  const inputs = dimensionsOf(input);
  return dimensionsOf(reader).flatMap(([name, own], at): [number, number][] => {
    const found = inputs.findIndex(([other, theirs]) =>
      name !== null && other !== null ? name === other : equal(own, theirs),
    );
    return found < 0 ? [] : [[at, found]];
  });
}

function offsetLookup(mapping: Offset, reader: Side, input: Side): PartitionLookup | undefined {
  const { from, to, dimension } = mapping;
  if (input.partitions.kind !== 'product') {
    if (reader.partitions.kind === 'product' || dimension !== undefined) return undefined;
    return (partition) => around(partition ?? '', input, from, to);
  }
  const names = Object.keys(input.partitions.dimensions);
  const at = names.indexOf(dimension ?? '');
  if (at < 0 || !equal(reader.partitions, input.partitions)) return undefined;
  const known = new Set(input.keys);
  const order = [...new Set(input.keys.map((key) => splitKey(key)[at] ?? ''))];
  return (partition) => {
    const parts = splitKey(partition ?? '');
    const own = order.indexOf(parts[at] ?? '');
    return order
      .slice(Math.max(0, own + from), Math.max(0, own + to + 1))
      .map((part) => joinKey(parts.with(at, part)))
      .filter((key) => known.has(key));
  };
}

function around(partition: string, input: Side, from: number, to: number): readonly string[] {
  const at =
    input.partitions.kind === 'years'
      ? Number(partition) - input.partitions.first
      : input.keys.indexOf(partition);
  if (input.partitions.kind !== 'years' && at < 0) return NONE;
  return input.keys.slice(Math.max(0, at + from), Math.max(0, at + to + 1));
}
