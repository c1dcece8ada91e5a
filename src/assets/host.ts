/** What a run of the graph needs to know and to call: the port between the graph's execution and a product's assets. */
import type { AssetCatalog, Metadata, LatestState } from './graph/catalog-port.js';
import type { JsonObject, JsonValue } from './graph/fingerprint.js';
import type { AssetGraph } from './graph/graph.js';
import type { PlannedStep, WorldState } from './graph/plan.js';
import type { ResolvedPlan } from './graph/resolved-plan.js';

export interface CheckOutcome {
  /** A check of the asset's definition; others are left out. */
  readonly name: string;
  readonly passed: boolean;
  readonly seconds: number;
  readonly metadata: Metadata;
}

/** What a computation says of a step that it has made. */
export interface StepOutcome {
  /** Id of the step. */
  readonly step: string;
  /** Absent: the step's fingerprint. */
  readonly dataVersion?: string;
  readonly seconds: number;
  readonly metadata: Metadata;
  readonly checks: readonly CheckOutcome[];
}

export interface ComputationJob {
  readonly plan: ResolvedPlan;
  /** The steps to make, and no others, in an order in which they can be made. */
  readonly steps: readonly PlannedStep[];
  readonly signal: AbortSignal;
  /** Shown to people while the work goes on. */
  readonly onProgress: (what: string) => void;
  /** Records steps as made. Call it as soon as they are: a retry then leaves them out. */
  readonly record: (outcomes: readonly StepOutcome[]) => Promise<void>;
  /** What the workflow returned, where the computation runs as one. */
  readonly result: JsonValue;
}

/** Makes steps; throws when it cannot make them all. */
export type Compute = (job: ComputationJob) => Promise<void>;

/** A computation that is a workflow of its own. */
export interface WorkflowCall {
  readonly type: string;
  readonly id: string;
  readonly args: readonly JsonValue[];
}

export interface AssetHost {
  /** The graph, and what lies outside of it, as they are now under a configuration. @throws MeritloopError on a bad configuration */
  describe(config: JsonObject): Promise<{
    readonly graph: AssetGraph;
    readonly world: Omit<WorldState, 'latest'>;
  }>;
  /** Refuses what may be looked at, and not made. @throws MeritloopError REQUEST_INVALID naming the field */
  readonly requireMakeable?: (config: JsonObject) => void;
  /** Steps whose stored data are no longer what was made, with what is wrong: they are made again. */
  readonly damagedOf?: (latest: readonly LatestState[]) => Promise<ReadonlyMap<string, string>>;
  readonly compute: Readonly<Record<string, Compute>>;
  readonly workflowCall: (
    computation: string,
    plan: ResolvedPlan,
    steps: readonly PlannedStep[],
  ) => WorkflowCall;
  readonly catalog: AssetCatalog;
}
