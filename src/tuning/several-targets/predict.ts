/** The figures that the measured model predicts for lever values. */
import { medianMerit } from '../../targets/median-merit.terms.js';
import type { TargetGoal } from '../../targets/targets.contract.js';
import { turnsOf } from './knobs.js';
import type { ManyState } from './state.js';

/** Merit of each level in a year, at these values; null unless every level's is tuned. */
export function meritsOf(
  { problem }: ManyState,
  { fiscal_year }: TargetGoal,
  values: readonly number[],
  levels: number,
): number[] | null {
  const merits = Array.from({ length: levels }, (_, index) => {
    const row = problem.levers.findIndex(
      (lever) =>
        lever.parameter_name === 'merit_base' &&
        lever.fiscal_year === fiscal_year &&
        lever.job_level === index + 1,
    );
    return values[row] ?? Number.NaN;
  });
  return merits.some(Number.isNaN) ? null : merits;
}

/** @param effects by target, then knob, per step */
export function predict(
  state: ManyState,
  values: readonly number[],
  effects: readonly (readonly number[])[],
): number[] {
  const { problem, knobs, trials, model } = state;
  const base = trials[model.base]!;
  const turned = turnsBetween(state, base.values, values);
  return problem.targets.map((target, index) => {
    const raises = model.raises[index];
    const merits = raises == null ? null : meritsOf(state, target, values, raises.length);
    const median = raises == null || merits === null ? null : medianMerit(merits, raises);
    if (median !== null) return median.value;
    return knobs.reduce(
      (sum, _, knob) => sum + effects[index]![knob]! * turned[knob]!,
      base.figures![index]!,
    );
  });
}

/** How far the knobs turn from one set of values to another, in steps. */
export function turnsBetween(
  { problem, knobs }: ManyState,
  from: readonly number[],
  to: readonly number[],
): number[] {
  const start = turnsOf(problem.levers, knobs, from);
  return turnsOf(problem.levers, knobs, to).map((turn, knob) => turn - start[knob]!);
}
