/** The plan: what an engine runs, read from dbt's manifest, and what its models read of each other. Pure: JSON in, plan out. */
import { createHash } from 'node:crypto';
import { normaliseSql } from '../../assets/graph/dbt/code-version.js';

/** When a model runs: once a run, once a simulated year, or once over all years at the end. */
export type ModelScope = 'run' | 'year' | 'horizon';

export interface PlanModel {
  readonly name: string;
  /** Its source, from the project's root. */
  readonly file: string;
  readonly description: string;
  /** Descriptions of its columns by name, as documented. */
  readonly columns: Readonly<Record<string, string>>;
  readonly relation: string;
  readonly scope: ModelScope;
  readonly materialized: 'view' | 'table' | 'incremental';
  readonly sql: string;
  /** Hash of the SQL without comments and layout, so that neither makes anything run again. */
  readonly code: string;
  /** Names of the models and seeds read. */
  readonly refs: readonly string[];
  /** Sources read, as `source.table`. */
  readonly sources: readonly string[];
  /** True: its rows of a finished year are kept, so that a run goes on from there. */
  readonly checkpoint: boolean;
  /** Column by whose value its rows are fingerprinted, so that readers of one year see only that year's changes. */
  readonly contentBy: string | null;
  /** A mart that becomes a Parquet file, in the order of these columns. */
  readonly fileOrder: readonly string[] | null;
}

export interface PlanSeed {
  readonly name: string;
  readonly relation: string;
  /** File name inside the seeds folder. */
  readonly file: string;
  readonly columns: Readonly<Record<string, string>>;
  /** Hash of the file's content. */
  readonly content: string;
}

/** True where a model's rows differ from year to year. */
export const isOfYears = ({ scope, contentBy }: Pick<PlanModel, 'scope' | 'contentBy'>): boolean =>
  scope !== 'run' || contentBy !== null;

export interface PlanCheck {
  readonly name: string;
  /** Returns the violations. */
  readonly sql: string;
  readonly severity: 'error' | 'warn';
  readonly description: string;
  /** Names of the models and seeds read. */
  readonly reads: readonly string[];
  /** True: one scan of kept tables, so that every trial runs it. */
  readonly scan: boolean;
  /**
   * `recomputes`: works out what the tables must hold. `follows`: holds wherever all of those do, so that it runs only
   * where one does not. Null: neither.
   */
  readonly proof: CheckProof | null;
  /** Id of the invariant that it holds, such as `RE-1`; null of a rule of one model. */
  readonly invariant: string | null;
}

export type CheckProof = 'recomputes' | 'follows';

export interface Plan {
  /** Hash of every model's code and of the seeds: the dbt code's share of a simulation's fingerprint. */
  readonly fingerprint: string;
  /** Hash of the seed files that the models read. */
  readonly seedFingerprint: string;
  readonly createState: string;
  readonly seeds: readonly PlanSeed[];
  /** In dependency order. */
  readonly models: readonly PlanModel[];
  readonly checks: readonly PlanCheck[];
}

interface ManifestNode {
  readonly unique_id: string;
  readonly resource_type: string;
  readonly name: string;
  readonly relation_name: string | null;
  readonly path: string;
  readonly original_file_path: string;
  readonly columns?: Readonly<Record<string, { readonly description: string }>>;
  readonly compiled_code?: string;
  readonly checksum?: { readonly checksum: string };
  readonly description: string;
  readonly config: {
    readonly enabled: boolean;
    readonly materialized: string;
    readonly severity?: string;
    readonly column_types?: Record<string, string>;
    readonly meta?: {
      scope?: ModelScope;
      checkpoint?: boolean;
      content_by?: string;
      file_order?: string[];
      scan?: boolean;
      proof?: CheckProof;
      invariant?: string;
    };
  };
  readonly depends_on: { readonly nodes?: readonly string[] };
}

/** The parts of dbt's `manifest.json` (v12) that a plan is made of. */
export interface Manifest {
  readonly metadata: { readonly dbt_version: string };
  readonly nodes: Readonly<Record<string, ManifestNode>>;
}

export const hash = (...parts: readonly string[]): string => {
  const digest = createHash('sha256');
  for (const part of parts) digest.update(part).update('\0');
  return digest.digest('hex').slice(0, 32);
};

const lastPart = (uniqueId: string) => uniqueId.split('.').at(-1) ?? uniqueId;

function toModel(node: ManifestNode): PlanModel {
  const sql = node.compiled_code ?? '';
  const meta = node.config.meta ?? {};
  // dbt lists sources in another order each time, and the order of what a model reads is part of its fingerprint.
  const parents = (node.depends_on.nodes ?? []).toSorted();
  const materialized = node.config.materialized;
  if (materialized !== 'view' && materialized !== 'table' && materialized !== 'incremental') {
    throw new TypeError(`model ${node.name}: materialization ${materialized} has no place in a plan`);
  }
  return {
    name: node.name,
    file: `dbt/${node.original_file_path}`,
    description: node.description,
    columns: Object.fromEntries(
      Object.entries(node.columns ?? {}).map(([name, { description }]) => [name, description]),
    ),
    relation: node.relation_name ?? node.name,
    scope: meta.scope ?? 'run',
    materialized,
    sql,
    code: hash(materialized, normaliseSql(sql)),
    refs: parents.filter((id) => !id.startsWith('source.')).map(lastPart),
    sources: parents.filter((id) => id.startsWith('source.')).map((id) => id.split('.').slice(2).join('.')),
    checkpoint: meta.checkpoint ?? false,
    contentBy: meta.content_by ?? null,
    fileOrder: meta.file_order ?? null,
  };
}

/** Depth first, so that each model stands after all that it reads; names break ties. */
function inDependencyOrder(models: readonly PlanModel[]): PlanModel[] {
  const byName = new Map(models.map((model) => [model.name, model]));
  const ordered = new Set<PlanModel>();
  const visit = (model: PlanModel) => {
    for (const parent of model.refs) {
      const found = byName.get(parent);
      if (found && !ordered.has(found)) visit(found);
    }
    ordered.add(model);
  };
  for (const model of models.toSorted((a, b) => a.name.localeCompare(b.name))) visit(model);
  return [...ordered];
}

export const planFingerprint = (
  seedHash: string,
  models: readonly Pick<PlanModel, 'name' | 'code'>[],
): string => hash(seedHash, ...models.map((model) => `${model.name} ${model.code}`).toSorted());

/** @param seedHash hash of the seed files' content. */
export function planFromManifest(manifest: Manifest, seedHash: string): Plan {
  const nodes = Object.values(manifest.nodes).filter((node) => node.config.enabled);
  const ofType = (type: string) => nodes.filter((node) => node.resource_type === type);
  const models = inDependencyOrder(ofType('model').map(toModel));
  const state = ofType('analysis').find((node) => node.name === 'create_state_tables');
  return {
    fingerprint: planFingerprint(seedHash, models),
    seedFingerprint: seedHash,
    createState: state?.compiled_code ?? '',
    seeds: ofType('seed').map((node) => ({
      name: node.name,
      relation: node.relation_name ?? node.name,
      file: node.path,
      columns: node.config.column_types ?? {},
      content: node.checksum?.checksum ?? seedHash,
    })),
    models,
    checks: ofType('test').map((node) => ({
      name: node.name,
      sql: node.compiled_code ?? '',
      severity: node.config.severity?.toLowerCase() === 'warn' ? 'warn' : 'error',
      description: node.description,
      reads: (node.depends_on.nodes ?? []).filter((id) => !id.startsWith('source.')).map(lastPart),
      scan: node.config.meta?.scan ?? false,
      proof: node.config.meta?.proof ?? null,
      invariant: node.config.meta?.invariant ?? null,
    })),
  };
}

type Models = ReadonlyMap<string, PlanModel>;

/** True where `model` reads that source, itself or through others. */
export const readsSource = (models: Models, model: PlanModel, source: string): boolean =>
  model.sources.includes(source) ||
  model.refs.some((ref) => {
    const parent = models.get(ref);
    return parent !== undefined && readsSource(models, parent, source);
  });

/** Tables and views of the year that `model` reads, directly or through others, up to the kept ones. */
export function yearAncestors(models: Models, model: PlanModel): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (name: string) => {
    const parent = models.get(name);
    if (parent === undefined || parent.materialized === 'incremental' || found.has(name)) return;
    if (parent.scope === 'year') found.add(name);
    parent.refs.forEach(visit);
  };
  model.refs.forEach(visit);
  return found;
}
