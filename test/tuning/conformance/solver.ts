/** What the conformance suite asks of a solver, whatever it tunes. */
import type { LeverValue } from '../../../src/runs/optimization.contract.js';
import type { Verdict } from '../../../src/tuning/one-target/step.js';
import type { Company, EffectiveLever, Measured } from './company.js';

/** A growth target; the levers carry the effects that the solver may have measured. */
export interface Asked {
  readonly levers: readonly EffectiveLever[];
  /** Percent. */
  readonly target: number;
  /** pp. */
  readonly tolerance: number;
  readonly max_iterations: number;
  /** False: the effects are not told to the solver. */
  readonly isMeasured: boolean;
}

export interface Trial {
  readonly levers: readonly LeverValue[];
  readonly measured: Measured;
}

export interface Solver<State> {
  readonly name: string;
  /** Most candidates that a smooth response within its range may take at ± .1 pp. */
  readonly most: number;
  /** Draws its random problems; without one every run of the suite draws others. */
  readonly seed?: number;
  /** True: it cannot start without measured effects, so that nothing is asked of it where none were. */
  readonly needsEffects: boolean;
  /** False: a bound only measures the range and is never the trial that is kept; levers at it are a candidate. */
  readonly keepsBounds: boolean;
  /** How far from the nearest that levers can come it may end, pp. */
  readonly exactness: number;
  /** From a simulation of today's levers. The state is plain JSON. */
  readonly start: (asked: Asked, baseline: Measured) => State;
  /** The levers to simulate, every row of the problem; null when the solver is done. */
  readonly next: (state: State) => readonly LeverValue[] | null;
  /** Takes the growth of the levers last asked for. */
  readonly record: (state: State, measured: Measured) => State;
  readonly outcome: (state: State) => {
    readonly verdict: Verdict | null;
    readonly levers: readonly LeverValue[];
    /** Candidates, bounds not counted. */
    readonly iterations: number;
  };
  /** How far a measurement is from the target, pp; not above the tolerance where it counts as reached. */
  readonly distance: (asked: Asked, measured: Measured) => number;
  /** Whether the trials, the baseline first, prove that no levers inside the bounds reach the target. */
  readonly isProvenInfeasible: (asked: Asked, trials: readonly Trial[]) => boolean;
}

export interface Solved<State> {
  readonly state: State;
  readonly trials: readonly Trial[];
}

/** Runs to the end; `between` may replace the state before each step. */
export function solve<State>(
  solver: Solver<State>,
  asked: Asked,
  company: Company,
  between: (state: State, trials: readonly Trial[]) => State = (state) => state,
): Solved<State> {
  const today = asked.levers.map(({ fiscal_year, job_level, parameter_name, value }) => ({
    fiscal_year,
    job_level,
    parameter_name,
    value: value + 0,
  }));
  const trials: Trial[] = [{ levers: today, measured: company(today) }];
  let state = solver.start(asked, trials[0]!.measured);
  for (;;) {
    state = between(state, trials);
    const levers = solver.next(state);
    if (levers === null) return { state, trials };
    if (trials.length > 200) throw new Error(`${solver.name} asks for more than 200 simulations`);
    const measured = company(levers);
    trials.push({ levers, measured });
    state = solver.record(state, measured);
  }
}
