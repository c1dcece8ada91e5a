/** Both tuners behind one face: of a single target growth, and of several targets. */
import type { TargetOutcome } from '../targets/targets.contract.js';
import { isMany, type ManyState } from './several-targets/state.js';
import { nextManyStep } from './several-targets/step.js';
import { summariseMany } from './several-targets/summary.js';
import { setMaxIterations, stopTuning, type SimulateStep, type TuningState } from './one-target/state.js';
import { nextStep, type DoneStep } from './one-target/step.js';
import { summarise, type TuningSummary } from './one-target/summary.js';

export type TunerState = TuningState | ManyState;

export const stepOf = (state: TunerState): SimulateStep | DoneStep =>
  isMany(state) ? nextManyStep(state) : nextStep(state);

/** `targets` is null for a single target. */
export type TunerSummary = TuningSummary & { readonly targets: TargetOutcome[] | null };

export const summaryOf = (state: TunerState): TunerSummary =>
  isMany(state) ? summariseMany(state) : { ...summarise(state), targets: null };

/** Ends the run with the best trial so far. */
export const stopTuner = (state: TunerState): TunerState =>
  isMany(state) ? { ...state, stopped: true } : stopTuning(state);

/** Changes the number of candidates allowed, counted from the start of the run. */
export const allowIterations = (state: TunerState, maxIterations: number): TunerState =>
  isMany(state)
    ? { ...state, problem: { ...state.problem, max_iterations: maxIterations } }
    : setMaxIterations(state, maxIterations);
