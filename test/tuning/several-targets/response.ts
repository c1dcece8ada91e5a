/** A stand-in for the simulator of several targets: figures as a linear, or mildly bent, function of the levers. */
import type { SolveLp } from '../../../src/tuning/several-targets/linear-program.js';
import { accepted, type ManyProblem } from '../../../src/tuning/several-targets/problem.js';
import { recordMany, startMany } from '../../../src/tuning/several-targets/record.js';
import type { Figures, ManyState } from '../../../src/tuning/several-targets/state.js';
import { nextManyStep } from '../../../src/tuning/several-targets/step.js';
import type { TargetGoal } from '../../../src/targets/targets.contract.js';
import { sampleLevers } from '../sample-company.js';

export interface Response {
  /** By target, then lever row in the order of the problem's levers: figure per unit of the lever. */
  readonly effects: readonly (readonly number[])[];
  readonly baselines: readonly number[];
  /** Share of the change that is added for each unit of it, by target. */
  readonly bend: number;
  /** By lever row: payroll of all plan years per unit of the lever, USD; default 1e8 for each. */
  readonly payroll?: readonly number[];
}

export const goal = (change: Partial<TargetGoal> = {}): TargetGoal => ({
  scenario_id: 'default',
  fiscal_year: 2025,
  metric: 'compensation_growth_rate',
  kind: 'target',
  value: 2,
  tolerance: 0.1,
  tolerance_kind: 'absolute_pp',
  priority: 'high',
  ...change,
});

export const manyProblem = (
  targets: readonly TargetGoal[],
  change: Partial<ManyProblem> = {},
): ManyProblem => ({
  targets,
  levers: sampleLevers(),
  max_iterations: 10,
  growth_target: 2,
  ...change,
});

/** What the response gives for lever values, in the order of the problem's levers. */
export function figuresAt(
  { targets, levers }: ManyProblem,
  { effects, baselines, bend }: Response,
  values: readonly number[],
): number[] {
  return targets.map((target, index) => {
    const change = levers.reduce(
      (sum, { value }, row) => sum + effects[index]![row]! * (values[row]! - value),
      0,
    );
    return baselines[index]! + change + (bend * change * Math.abs(change)) / (accepted(target).unit * 20);
  });
}

export interface Watch {
  /** The same problem with its lever rows in another order. */
  readonly asked?: ManyProblem;
  /** Called with the state after each simulation. */
  readonly each?: (state: ManyState) => void;
}

/** Runs to the end on a response whose measured effects are those at today's levers; its rows stand in file order. */
export function runMany(
  problem: ManyProblem,
  response: Response,
  solve: SolveLp,
  { asked = problem, each = () => undefined }: Watch = {},
): ManyState {
  const measured = (values: readonly number[], effects: Figures['effects']): Figures => ({
    values: figuresAt(problem, response, values),
    effects,
    raises: problem.targets.map(() => null),
    payroll: response.payroll ?? problem.levers.map(() => 1e8),
  });
  const today = problem.levers.map(({ value }) => value);
  let state = startMany(asked, { growth: 3.8, figures: measured(today, response.effects) });
  for (let step = nextManyStep(state); step.kind === 'simulate'; step = nextManyStep(state)) {
    const values = step.levers.map(({ value }) => value);
    const figures = step.role === 'candidate' ? measured(values, null) : null;
    state = recordMany(state, step.role, { growth: 2, figures }, solve);
    each(state);
  }
  return state;
}
