/** What the asset graph asks of a catalog: an append-only log of events, and the latest state per asset and partition. */

/** A named value of a materialisation, shown and plotted by its kind. Text names no person. */
export type MetadataValue =
  | { readonly kind: 'integer'; readonly value: number }
  | { readonly kind: 'number'; readonly value: number; readonly unit?: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'markdown'; readonly value: string }
  | { readonly kind: 'path'; readonly value: string }
  | { readonly kind: 'url'; readonly value: string }
  | { readonly kind: 'seconds'; readonly value: number }
  | { readonly kind: 'json'; readonly value: string };

export type Metadata = Readonly<Record<string, MetadataValue>>;

/** Fields of every event. */
interface EventHead {
  /** Idempotency key: a second event of the same id is ignored. Made of who wrote it, so that a retry writes the same. */
  readonly id: string;
  readonly asset: string;
  /** Null for an asset without partitions. */
  readonly partition: string | null;
  /** The run (materialisation, simulation or optimisation) that it belongs to. */
  readonly run: string;
  /** ISO 8601 UTC; for people. Order is the catalog's own, since clocks jump. */
  readonly recorded_at: string;
}

/** The data version of an input as it was read. */
export interface InputVersion {
  readonly asset: string;
  readonly partition: string | null;
  readonly data_version: string;
}

/** An asset's data was made. */
export interface MaterializationRecord extends EventHead {
  readonly kind: 'materialization';
  /** Made of code, config, partition and the inputs' data versions: equal fingerprints mean that nothing must run. */
  readonly fingerprint: string;
  readonly code_version: string;
  /** Hash of the configuration; empty without one. */
  readonly config_version: string;
  /** Names the data itself: when it is as before, what reads it is reused. */
  readonly data_version: string;
  readonly inputs: readonly InputVersion[];
  /** Wall time of the work. */
  readonly seconds: number;
  /** From the begin of the batch that made it to this record, whatever the work says of itself; absent outside of a batch. */
  readonly batch_seconds?: number;
  readonly metadata: Metadata;
}

/** A data version of something that the graph does not make: a file, somebody else's table. */
export interface ObservationRecord extends EventHead {
  readonly kind: 'observation';
  readonly data_version: string;
  readonly metadata: Metadata;
}

/** A check's verdict on one data version. */
export interface CheckEvaluation extends EventHead {
  readonly kind: 'check';
  readonly check: string;
  readonly passed: boolean;
  readonly severity: 'warn' | 'error';
  /** True: where it fails with severity `error`, what is downstream is blocked. */
  readonly blocking: boolean;
  /** The data that was checked. */
  readonly data_version: string;
  readonly seconds: number;
  readonly metadata: Metadata;
}

/** A run means to make the asset. */
export interface PlannedRecord extends EventHead {
  readonly kind: 'planned';
  readonly reasons: readonly string[];
}

/** A run could not make the asset. */
export interface FailedRecord extends EventHead {
  readonly kind: 'failed';
  /** A code of the error table. */
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

/** A run did not try, because of something upstream. */
export interface BlockedRecord extends EventHead {
  readonly kind: 'blocked';
  readonly reasons: readonly string[];
}

export type AssetEvent =
  | MaterializationRecord
  | ObservationRecord
  | CheckEvaluation
  | PlannedRecord
  | FailedRecord
  | BlockedRecord;

/** An event with its place in the log. */
export interface StoredEvent {
  /** Ascending in the order of appending. */
  readonly sequence: number;
  readonly event: AssetEvent;
}

/** What is known of one asset in one partition. */
export interface LatestState {
  readonly asset: string;
  readonly partition: string | null;
  readonly materialization: MaterializationRecord | null;
  readonly observation: ObservationRecord | null;
  /** The latest evaluation of each check, by name. */
  readonly checks: readonly CheckEvaluation[];
  /** The latest planned, failed or blocked event that no materialisation came after. */
  readonly attempt: PlannedRecord | FailedRecord | BlockedRecord | null;
}

export interface HistoryQuery {
  readonly asset?: string;
  /** Undefined: every partition; null: the asset without partitions. */
  readonly partition?: string | null;
  readonly run?: string;
  readonly kinds?: readonly AssetEvent['kind'][];
  /** Only evaluations of this check. */
  readonly check?: string;
  /** Only events before this sequence: the last one of the preceding page. */
  readonly before?: number;
  readonly limit: number;
}

export interface AssetCatalog {
  /** Appends the events and moves the latest state in one transaction; known ids are skipped. Returns how many were new. */
  append(events: readonly AssetEvent[]): Promise<number>;
  /** Latest states of the assets named, or of all; in no order. Assets never seen are absent. */
  latest(assets?: readonly string[]): Promise<LatestState[]>;
  /** The newest first. */
  history(query: HistoryQuery): Promise<StoredEvent[]>;
}
