/** What an asset is, as plain data: what it is named, what it reads, how it is cut into partitions, what must hold of it. */
import type { JsonObject } from './fingerprint.js';
import { same, type Mapping } from './mapping.js';
import type { Partitions } from './partitions.js';

export type Severity = 'warn' | 'error';

/** A rule that the asset's data must keep. */
export interface CheckSpec {
  readonly name: string;
  readonly description: string;
  readonly severity: Severity;
  /** True: where it fails with severity `error`, what is downstream is blocked. */
  readonly blocking: boolean;
  /** The only downstream assets that it blocks; absent: all of them. */
  readonly blocks?: readonly string[];
}

/** An input, and which of its partitions one partition of the reader reads. */
export interface Dependency {
  readonly key: string;
  readonly mapping: Mapping;
}

export interface Retry {
  /** The first one included. */
  readonly attempts: number;
  readonly initialSeconds: number;
  readonly backoff: number;
}

/** How old the data may be, in hours since it was last made or observed. */
export interface Freshness {
  readonly warnAfterHours: number;
  readonly failAfterHours: number;
}

/** When an asset is made without anybody asking. */
export type Automation =
  | { readonly kind: 'eager' }
  | { readonly kind: 'on-missing' }
  | { readonly kind: 'on-cron'; readonly cron: string };

/** One computation makes one asset or many; assets of the same computation are made together. */
export interface ComputationRef {
  readonly name: string;
  /** False: it makes all of its assets or none. */
  readonly subset: boolean;
  /** `each`: one call for each partition; `together`: one call for all partitions that are due. */
  readonly partitions: 'each' | 'together';
  /** `workflow`: the computation is a workflow of its own. */
  readonly runsAs: 'activity' | 'workflow';
}

export interface AssetSpec {
  readonly key: string;
  readonly description: string;
  /** Segments separated by `/`; a parent group holds its children's assets. */
  readonly group: string;
  readonly kinds: readonly string[];
  readonly owners: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  /** Descriptions by column. */
  readonly columns: Readonly<Record<string, string>>;
  readonly deps: readonly Dependency[];
  /** Null: the asset is one piece. */
  readonly partitions: Partitions | null;
  readonly checks: readonly CheckSpec[];
  /** True: made elsewhere; only observed. */
  readonly external: boolean;
  readonly computation: ComputationRef;
  /** Changes when what the asset is made by changes. */
  readonly codeVersion: string;
  /** `content`: the computation tells the data version; `fingerprint`: equal inputs and code give equal data. */
  readonly versioning: 'content' | 'fingerprint';
  /** Fields of a run's configuration that decide what comes out. */
  readonly configFields: readonly string[];
  /** What a field that is left out means: giving it changes nothing. */
  readonly configDefaults: JsonObject;
  /** Name of the slots that it takes while it is made; null: none but the run's own. */
  readonly pool: string | null;
  readonly retry: Retry;
  readonly freshness: Freshness | null;
  readonly automation: Automation | null;
}

/** What one writes down: a dependency is a key alone, or a key with its mapping. */
export interface AssetDefinition extends Partial<Omit<AssetSpec, 'key' | 'deps' | 'checks' | 'computation'>> {
  readonly key: string;
  readonly deps?: readonly (string | Dependency)[];
  readonly checks?: readonly (Pick<CheckSpec, 'name'> & Partial<CheckSpec>)[];
  readonly computation?: Pick<ComputationRef, 'name'> & Partial<ComputationRef>;
}

const ONCE: Retry = { attempts: 3, initialSeconds: 1, backoff: 2 };

/** Fills in what a definition leaves out. An asset without a computation is made by the one of its own name. */
export function defineAsset(definition: AssetDefinition): AssetSpec {
  const { key, deps = [], checks = [], computation, ...rest } = definition;
  return {
    description: '',
    group: 'default',
    kinds: [],
    owners: [],
    tags: {},
    columns: {},
    partitions: null,
    external: false,
    codeVersion: '1',
    versioning: 'content',
    configFields: [],
    configDefaults: {},
    pool: null,
    retry: ONCE,
    freshness: null,
    automation: null,
    ...rest,
    key,
    deps: deps.map((given) => (typeof given === 'string' ? { key: given, mapping: same } : given)),
    checks: checks.map((check) => ({ description: '', severity: 'error', blocking: true, ...check })),
    computation: { subset: true, partitions: 'each', runsAs: 'activity', name: key, ...computation },
  };
}

/** A dependency with a mapping other than `same`. */
export const dep = (key: string, mapping: Mapping): Dependency => ({ key, mapping });
