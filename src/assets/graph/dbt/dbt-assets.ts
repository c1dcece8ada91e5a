/** Assets from a dbt project: each model, seed and snapshot becomes an asset, each data test a check of it. */
import {
  defineAsset,
  type AssetSpec,
  type CheckSpec,
  type ComputationRef,
  type Dependency,
} from '../asset.js';
import type { Hash } from '../fingerprint.js';
import { same, type Mapping } from '../mapping.js';
import type { Partitions } from '../partitions.js';
import { dbtCodeVersion } from './code-version.js';
import type { DbtColumn, DbtManifest, DbtNode, DbtSource } from './manifest.js';
import { own } from '../../../shared/own.terms.js';

export interface DbtAssetOptions {
  readonly hash: Hash;
  /** What builds the project. Default: one computation `dbt`, all partitions together. */
  readonly computation?: Pick<ComputationRef, 'name'> & Partial<ComputationRef>;
  /** Default: the name. */
  readonly keyOf?: (node: DbtNode) => string;
  /** Default: dbt's group, else the folders that the file stands in, else `seeds` or `snapshots`. */
  readonly groupOf?: (node: DbtNode) => string;
  readonly partitionsOf?: (node: DbtNode) => Partitions | null;
  /** The input that a source stands for. Default: an external asset named `source.table`. */
  readonly sourceOf?: (source: DbtSource, reader: DbtNode) => Dependency | undefined;
  readonly mappingOf?: (reader: DbtNode, input: DbtNode) => Mapping;
  readonly versioning?: AssetSpec['versioning'];
  readonly pool?: string | null;
  readonly automation?: AssetSpec['automation'];
}

const DATA: ReadonlySet<string> = new Set(['model', 'seed', 'snapshot']);

/** External assets for sources that no option maps come with it. Ephemeral models are seen through: they hold no data. */
export function dbtAssets(manifest: DbtManifest, options: DbtAssetOptions): AssetSpec[] {
  const all = Object.values(manifest.nodes).filter(({ config }) => config.enabled !== false);
  const nodes = all.filter(
    ({ resource_type, config }) => DATA.has(resource_type) && config.materialized !== 'ephemeral',
  );
  const checks = checksByNode(manifest, all, new Set(nodes.map(({ unique_id }) => unique_id)));
  const external = new Map<string, AssetSpec>();
  const { hash, keyOf = ({ name }) => name, groupOf = defaultGroup } = options;
  const specs = nodes.map((node) =>
    defineAsset({
      key: keyOf(node),
      description: node.description ?? '',
      group: groupOf(node),
      kinds: [
        'dbt',
        node.resource_type,
        ...(node.config.materialized ? [node.config.materialized] : []),
      ].filter((kind, index, kinds) => kinds.indexOf(kind) === index),
      owners: ownersOf(node, manifest),
      tags: Object.fromEntries((node.tags ?? []).map((tag) => [tag, ''])),
      columns: columnsOf(node.columns),
      deps: inputsOf(node, manifest).flatMap((id) =>
        dependency(id, node, manifest, options, external, keyOf),
      ),
      partitions: options.partitionsOf?.(node) ?? null,
      checks: checks.get(node.unique_id) ?? [],
      computation: { partitions: 'together', name: 'dbt', ...options.computation },
      codeVersion: dbtCodeVersion(node, manifest, hash),
      versioning: options.versioning ?? 'fingerprint',
      pool: options.pool ?? null,
      automation: options.automation ?? null,
    }),
  );
  return [...external.values(), ...specs];
}

function dependency(
  id: string,
  reader: DbtNode,
  manifest: DbtManifest,
  { sourceOf, mappingOf }: DbtAssetOptions,
  external: Map<string, AssetSpec>,
  keyOf: (node: DbtNode) => string,
): Dependency[] {
  const source = own(manifest.sources, id);
  if (source !== undefined) {
    const mapped = sourceOf?.(source, reader);
    if (mapped !== undefined) return [mapped];
    const spec = sourceAsset(source);
    external.set(spec.key, spec);
    return [{ key: spec.key, mapping: same }];
  }
  const input = own(manifest.nodes, id);
  if (input === undefined || !DATA.has(input.resource_type)) return [];
  return [{ key: keyOf(input), mapping: mappingOf?.(reader, input) ?? same }];
}

export const sourceAsset = ({
  source_name,
  name,
  description = '',
  columns,
  tags = [],
}: DbtSource): AssetSpec =>
  defineAsset({
    key: `${source_name}.${name}`,
    description,
    group: `sources/${source_name}`,
    kinds: ['dbt', 'source'],
    columns: columnsOf(columns),
    tags: Object.fromEntries(tags.map((tag) => [tag, ''])),
    external: true,
  });

/** What a node reads, with ephemeral models replaced by what they read. */
function inputsOf(node: DbtNode, { nodes }: DbtManifest): string[] {
  const found = (node.depends_on?.nodes ?? []).flatMap((id) => {
    const input = own(nodes, id);
    return input?.config.materialized === 'ephemeral' ? inputsOf(input, { nodes, sources: {} }) : [id];
  });
  return [...new Set(found)];
}

/** A test belongs to the model that it is written at, else to the last one that it reads: only then can it run. */
function checksByNode(
  manifest: DbtManifest,
  nodes: readonly DbtNode[],
  assets: ReadonlySet<string>,
): Map<string, CheckSpec[]> {
  const depths = new Map<string, number>();
  const depth = (id: string): number => {
    const known = depths.get(id);
    if (known !== undefined) return known;
    const inputs = own(manifest.nodes, id)?.depends_on?.nodes ?? [];
    const found = 1 + Math.max(0, ...inputs.map(depth));
    depths.set(id, found);
    return found;
  };
  const checks = new Map<string, CheckSpec[]>();
  for (const test of nodes.filter(({ resource_type }) => resource_type === 'test')) {
    const read = inputsOf(test, manifest).filter((id) => assets.has(id));
    const { attached_node: attached } = test;
    const last = read.toSorted((a, b) => depth(b) - depth(a) || (a < b ? -1 : 1))[0];
    const owner = attached != null && assets.has(attached) ? attached : last;
    if (owner === undefined) continue;
    const severity = test.config.severity?.toLowerCase() === 'warn' ? 'warn' : 'error';
    const check: CheckSpec = {
      name: test.name,
      description: test.description ?? '',
      severity,
      blocking: severity === 'error',
    };
    checks.set(owner, [...(checks.get(owner) ?? []), check]);
  }
  return checks;
}

function defaultGroup(node: DbtNode): string {
  if (node.group != null) return node.group;
  if (node.resource_type !== 'model') return `${node.resource_type}s`;
  const folders = node.fqn.slice(1, -1);
  return folders.length === 0 ? 'default' : folders.join('/');
}

function ownersOf(node: DbtNode, { groups = {} }: DbtManifest): string[] {
  const { owner: own } = node.config.meta ?? {};
  const group = Object.values(groups).find(({ name }) => name === node.group);
  return [own, group?.owner?.email, group?.owner?.name]
    .filter((owner): owner is string => typeof owner === 'string' && owner !== '')
    .slice(0, 1);
}

const columnsOf = (columns: Readonly<Record<string, DbtColumn>> = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(columns).map(([name, { description = '' }]) => [name, description]));
