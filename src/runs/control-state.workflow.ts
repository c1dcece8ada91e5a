/** What a running optimisation remembers of itself. */
import type { RunSpec } from './run-spec.js';
import type { Delegation } from './approval.contract.js';
import type { OptimizationResult, Recommendation, RunProgress } from './optimization.contract.js';
import type { DetailLine } from './run-details.workflow.js';

/** A decision that is awaited, or was made. */
export interface ApprovalState {
  /** Milliseconds since 1970, like every time of a workflow. */
  readonly askedAt: number;
  readonly delegations: Delegation[];
  readonly reminders: string[];
}

/** Plain JSON: a run that goes on in a new execution takes it along. */
export interface ControlState {
  spec: RunSpec | undefined;
  applied: OptimizationResult['applied'];
  stopRequested: boolean;
  paused: boolean;
  phase: RunProgress['phase'];
  iteration: number;
  maxIterations: number;
  /** Asked for before the request's own number was known. */
  earlyMaxIterations: number | undefined;
  simulationsRun: number;
  simulationsReused: number;
  engine: string | null;
  /** How far the step at work is, with several seeds; absent from runs of earlier releases. */
  seeds?: { readonly done: number; readonly total: number } | null;
  notes: string[];
  remarks: Recommendation[];
  lines: DetailLine[];
  /** Undefined until somebody is asked to decide. */
  approval: ApprovalState | undefined;
}

export const freshState = (): ControlState => ({
  spec: undefined,
  applied: 'never',
  stopRequested: false,
  paused: false,
  phase: 'validating',
  iteration: 0,
  maxIterations: 0,
  earlyMaxIterations: undefined,
  simulationsRun: 0,
  simulationsReused: 0,
  engine: null,
  notes: [],
  remarks: [],
  lines: [],
  approval: undefined,
});
