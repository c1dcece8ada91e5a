/** What one may ask of, and tell to, a running optimisation, and a grid of them. */
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { GridProgress, GridResult } from '../grids/grid.contract.js';
import type { OptimizationResult, RunProgress } from './optimization.contract.js';

/** Who decides, and why. */
export interface Decision {
  readonly by: string;
  readonly comment?: string;
}

/** Who lets whom decide as well, and why. */
export interface DelegationRequest extends Decision {
  readonly to: string;
}

/** As the home's API and command line send it: with its signature over the run, the levers and the words. */
export type SignedDecision<Asked extends Decision = Decision> = Asked & { readonly signature?: string };

/** `rejected` also after an approval, where somebody had moved the levers since the run began. */
export interface DecisionOutcome {
  readonly applied: OptimizationResult['applied'];
}

export const progressQuery = defineQuery<RunProgress>('progress');
/** Null until there is a result; while a run waits for approval, the result to be approved. */
export const resultQuery = defineQuery<OptimizationResult | null>('result');
export const approveUpdate = defineUpdate<DecisionOutcome, [SignedDecision]>('approve');
export const rejectUpdate = defineUpdate<DecisionOutcome, [SignedDecision]>('reject');
/** Answers with everybody who may decide now. */
export const delegateUpdate = defineUpdate<{ approvers: string[] }, [SignedDecision<DelegationRequest>]>(
  'delegate',
);
export const setMaxIterationsUpdate = defineUpdate<{ max_iterations: number }, [{ max_iterations: number }]>(
  'setMaxIterations',
);
/** Holds the run before its next simulation, and before it publishes levers by itself. */
export const pauseSignal = defineSignal('pause');
export const resumeSignal = defineSignal('resume');
/** Ends the run after the simulation at work and keeps the best trial so far. */
export const stopAndKeepBestSignal = defineSignal('stopAndKeepBest');

export const gridProgressQuery = defineQuery<GridProgress>('progress');
/** The table so far; null until the grid is planned. */
export const gridResultQuery = defineQuery<GridResult | null>('result');
