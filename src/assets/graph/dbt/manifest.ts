/** The parts of dbt's `manifest.json` (v12) that assets are made of. */

export interface DbtColumn {
  readonly description?: string;
}

export interface DbtNode {
  readonly unique_id: string;
  readonly resource_type: string;
  readonly name: string;
  readonly package_name?: string;
  readonly original_file_path: string;
  /** Project, folders, name. */
  readonly fqn: readonly string[];
  readonly description?: string;
  readonly columns?: Readonly<Record<string, DbtColumn>>;
  readonly tags?: readonly string[];
  readonly group?: string | null;
  readonly raw_code?: string;
  readonly compiled_code?: string | null;
  readonly checksum?: { readonly checksum: string };
  readonly depends_on?: { readonly nodes?: readonly string[]; readonly macros?: readonly string[] };
  /** The model that a test is written at. */
  readonly attached_node?: string | null;
  readonly config: {
    readonly enabled?: boolean;
    readonly materialized?: string;
    readonly severity?: string;
    readonly meta?: Readonly<Record<string, unknown>>;
    readonly strategy?: string | null;
    readonly unique_key?: unknown;
    readonly column_types?: unknown;
  };
}

export interface DbtSource {
  readonly unique_id: string;
  readonly source_name: string;
  readonly name: string;
  readonly description?: string;
  readonly columns?: Readonly<Record<string, DbtColumn>>;
  readonly tags?: readonly string[];
}

export interface DbtManifest {
  readonly nodes: Readonly<Record<string, DbtNode>>;
  readonly sources: Readonly<Record<string, DbtSource>>;
  readonly macros?: Readonly<
    Record<
      string,
      {
        readonly macro_sql: string;
        readonly package_name?: string;
        readonly depends_on?: { readonly macros?: readonly string[] };
      }
    >
  >;
  readonly groups?: Readonly<
    Record<
      string,
      { readonly name: string; readonly owner?: { readonly name?: string | null; readonly email?: unknown } }
    >
  >;
}

const NODE_FIELDS = [
  'unique_id',
  'resource_type',
  'name',
  'package_name',
  'original_file_path',
  'fqn',
  'description',
  'columns',
  'tags',
  'group',
  'raw_code',
  'compiled_code',
  'checksum',
  'depends_on',
  'attached_node',
  'config',
] as const;

/** Without what no asset is made of, which is most of it. */
export function trimManifest({ nodes, sources, groups = {} }: DbtManifest): DbtManifest {
  const trimmed = Object.entries(nodes).map(([id, node]) => [
    id,
    Object.fromEntries(NODE_FIELDS.map((field) => [field, node[field]])),
  ]);
  return { nodes: Object.fromEntries(trimmed) as DbtManifest['nodes'], sources, groups };
}
