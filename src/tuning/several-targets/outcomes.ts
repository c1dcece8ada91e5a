/** What became of each target at the best trial: met or not, what gave way, and what a point of it costs. */
import type { TargetGoal, TargetOutcome } from '../../targets/targets.contract.js';
import { turnsOf } from './knobs.js';
import { reach, targetLines } from './lines.js';
import { bestIndex } from './merit.js';
import { isMet, isPercent } from './problem.js';
import { knownEffects, type ManyState } from './state.js';
import { nextManyStep } from './step.js';

/** Still in reach, in units, where the model's own error might be the difference. */
const NEARLY = 1e-6;

/** True where levers inside the bounds could meet the target if it were the only one, by the measured model. */
function isReachable(state: ManyState, target: number): boolean {
  return targetLines(
    state,
    state.problem.targets.map(() => 0),
  )
    .filter((line) => line.target === target)
    .every((line) => {
      const [least, most] = reach(line, state);
      return most >= line.low - NEARLY && least <= line.high + NEARLY;
    });
}

/** One point of a metric, in its unit: 1 pp of a rate, 1 % of an amount. */
const point = ({ metric, value }: TargetGoal): number => (isPercent(metric) ? 1 : Math.abs(value) / 100 || 1);

/**
 * d payroll / d figure along the smallest change of levers that moves the figure the way it lacks: each row in
 * proportion to its effect. Knobs without room that way count only where no other moves the figure.
 */
function costPerPoint(state: ManyState, target: number, gap: number): number | null {
  const { problem, knobs, trials, model } = state;
  const effects = knownEffects(model)[target]!;
  const turns = turnsOf(problem.levers, knobs, trials[model.base]!.values);
  const direction = gap < 0 ? -1 : 1;
  const hasRoom = knobs.map(({ low, high }, knob) =>
    effects[knob]! * direction > 0 ? turns[knob]! < high - NEARLY : turns[knob]! > low + NEARLY,
  );
  const along = (usable: (knob: number) => boolean): number | null => {
    const weights = knobs.map(({ rows }, knob) => (usable(knob) ? effects[knob]! / rows.length : 0));
    const moved = weights.reduce((sum, weight, knob) => sum + weight * effects[knob]!, 0);
    const paid = weights.reduce((sum, weight, knob) => sum + weight * model.payroll[knob]!, 0);
    return moved > 0 ? (paid / moved) * point(problem.targets[target]!) : null;
  };
  return along((knob) => hasRoom[knob]!) ?? along(() => true);
}

/** One outcome per target, in the order asked for. */
export function outcomes(state: ManyState): TargetOutcome[] {
  const best = state.trials[bestIndex(state)]!;
  const step = nextManyStep(state);
  const isConflict = step.kind === 'done' && step.verdict === 'infeasible';
  return state.problem.targets.map((target, index) => {
    const final = best.figures![index]!;
    const met = isMet(target, final);
    const gap = target.value - final;
    return {
      ...target,
      baseline: state.trials[0]!.figures![index]!,
      final,
      gap,
      met,
      gave_way: !met && isConflict && isReachable(state, index),
      cost_per_point: costPerPoint(state, index, gap),
    };
  });
}
