/** The parts of dbt's `manifest.json` that the project's layer rules look at. */
export interface DbtNode {
  readonly unique_id: string;
  readonly resource_type: string;
  readonly name: string;
  readonly path: string;
  readonly original_file_path: string;
  readonly patch_path?: string | null;
  readonly description: string;
  readonly compiled_code?: string;
  readonly columns: Readonly<Record<string, { readonly name: string; readonly description: string }>>;
  readonly config: {
    readonly enabled: boolean;
    readonly materialized?: string;
    readonly meta?: Readonly<Record<string, unknown>>;
  };
  readonly depends_on: { readonly nodes?: readonly string[] };
}

export interface DbtManifest {
  readonly nodes: Readonly<Record<string, DbtNode>>;
  readonly sources: Readonly<Record<string, { readonly description: string }>>;
  readonly unit_tests: Readonly<Record<string, { readonly model: string }>>;
}
