/** Partitions: the pieces of an asset that are made, versioned and checked one by one. Their order is that of their keys. */
import { failure } from '../../shared/errors/errors.js';
import { own } from '../../shared/own.terms.js';

export interface Years {
  readonly kind: 'years';
  readonly first: number;
  readonly last: number;
}
export interface Static {
  readonly kind: 'static';
  readonly keys: readonly string[];
}
/** Keys come with the state: they may be added while the graph stands. */
export interface Dynamic {
  readonly kind: 'dynamic';
  readonly name: string;
}
export type OneDimension = Years | Static | Dynamic;
/** Every combination of the dimensions' keys, written `2025|north` in their order. */
export interface Product {
  readonly kind: 'product';
  readonly dimensions: Readonly<Record<string, OneDimension>>;
}
export type Partitions = OneDimension | Product;

export const years = (first: number, last: number): Years => ({ kind: 'years', first, last });
export const staticPartitions = (keys: readonly string[]): Static => ({ kind: 'static', keys });
export const dynamicPartitions = (name: string): Dynamic => ({ kind: 'dynamic', name });
export const product = (dimensions: Readonly<Record<string, OneDimension>>): Product => ({
  kind: 'product',
  dimensions,
});

/** Keys of dynamic partitions by their name. */
export type DynamicKeys = Readonly<Record<string, readonly string[]>>;

const SEPARATOR = '|';

export const joinKey = (parts: readonly string[]): string => parts.join(SEPARATOR);
export const splitKey = (key: string): string[] => key.split(SEPARATOR);

/** Every key, in order. */
export function partitionKeys(partitions: Partitions, dynamic: DynamicKeys): readonly string[] {
  switch (partitions.kind) {
    case 'years':
      return Array.from({ length: Math.max(0, partitions.last - partitions.first + 1) }, (_, index) =>
        String(partitions.first + index),
      );
    case 'static':
      return partitions.keys;
    case 'dynamic':
      return own(dynamic, partitions.name) ?? [];
    case 'product':
      return Object.values(partitions.dimensions).reduce<string[]>((keys, dimension, index) => {
        const own = partitionKeys(dimension, dynamic);
        return index === 0 ? [...own] : keys.flatMap((key) => own.map((part) => joinKey([key, part])));
      }, []);
  }
}

/** A choice of partitions as written: `2025..2029`, `2027..`, `a,b`, `2025..2026|north`. */
export interface PartitionChoice {
  readonly text: string;
  /** For each dimension, the alternatives; an empty end is open. */
  readonly dimensions: readonly (readonly { readonly from: string; readonly to: string }[])[];
}

/** @throws MeritloopError PARTITIONS_INVALID */
export function parsePartitionChoice(text: string): PartitionChoice {
  const dimensions = splitKey(text).map((part) =>
    part.split(',').map((alternative) => {
      const ends = alternative.trim().split('..');
      const [from = '', to = from] = ends;
      if (ends.length > 2 || (from === '' && to === ''))
        throw failure('PARTITIONS_INVALID', {
          partitions: text,
          problem: 'expected a key, a range such as 2025..2029, or a list of them separated by commas',
        });
      return { from, to };
    }),
  );
  return { text, dimensions };
}

const isInRange = (key: string, from: string, to: string, order: readonly string[]): boolean => {
  if (from === to) return key === from;
  const numeric = [key, from, to].every((text) => text === '' || /^\d+$/.test(text));
  if (numeric)
    return (from === '' || Number(key) >= Number(from)) && (to === '' || Number(key) <= Number(to));
  const start = from === '' ? 0 : order.indexOf(from);
  const end = to === '' ? order.length - 1 : order.indexOf(to);
  const at = order.indexOf(key);
  return start >= 0 && end >= 0 && at >= start && at <= end;
};

/** The keys of one asset that the choice names: none where it speaks of other partitions. */
export function chosenKeys(
  choice: PartitionChoice,
  partitions: Partitions,
  dynamic: DynamicKeys,
): readonly string[] {
  const keys = partitionKeys(partitions, dynamic);
  const orders =
    partitions.kind === 'product'
      ? Object.values(partitions.dimensions).map((dimension) => partitionKeys(dimension, dynamic))
      : [keys];
  if (choice.dimensions.length > orders.length) return [];
  return keys.filter((key) => {
    const parts = partitions.kind === 'product' ? splitKey(key) : [key];
    return choice.dimensions.every((alternatives, index) =>
      alternatives.some(({ from, to }) => isInRange(parts[index] ?? '', from, to, orders[index] ?? [])),
    );
  });
}
