/** The targets as linear inequalities in the knobs' turns, around the base of the measured model. */
import type { TargetGoal } from '../../targets/targets.contract.js';
import { turnsOf } from './knobs.js';
import { meritsOf } from './predict.js';
import { accepted } from './problem.js';
import { knownEffects, type ManyState } from './state.js';

/** `constant + Σ slopes · turns` of one target, to lie between low and high; all in the target's units. */
export interface Line {
  /** Index into the problem's targets. */
  readonly target: number;
  readonly constant: number;
  readonly slopes: readonly number[];
  readonly low: number;
  readonly high: number;
}

/** Lowest and highest value of a line while every knob stays within its range. */
export const reach = ({ constant, slopes }: Line, { knobs }: ManyState): [number, number] => [
  knobs.reduce(
    (sum, knob, index) => sum + Math.min(slopes[index]! * knob.low, slopes[index]! * knob.high),
    constant,
  ),
  knobs.reduce(
    (sum, knob, index) => sum + Math.max(slopes[index]! * knob.low, slopes[index]! * knob.high),
    constant,
  ),
];

/** @param margins by target, in the metric's unit: how far inside its accepted range to aim. */
export const targetLines = (state: ManyState, margins: readonly number[]): Line[] =>
  state.problem.targets.flatMap((target, index) => {
    const range = accepted(target);
    // A range narrower than both margins is aimed at in its middle.
    const margin = Math.min(margins[index]!, (range.high - range.low) / 2);
    const aim = { ...range, low: range.low + margin, high: range.high - margin };
    const raises = state.model.raises[index];
    return raises == null || meritsOf(state, target, state.trials[0]!.values, raises.length) === null
      ? [smoothLine(state, index, aim)]
      : medianLines(state, target, index, raises, aim);
  });

interface Aim {
  readonly low: number;
  readonly high: number;
  readonly unit: number;
}

function smoothLine(state: ManyState, target: number, { low, high, unit }: Aim): Line {
  const { problem, knobs, trials, model } = state;
  const base = trials[model.base]!;
  const turns = turnsOf(problem.levers, knobs, base.values);
  const slopes = knownEffects(model)[target]!.map((effect) => effect / unit);
  const moved = slopes.reduce((sum, slope, knob) => sum + slope * turns[knob]!, 0);
  return {
    target,
    constant: base.figures![target]! / unit - moved,
    slopes,
    low: low / unit,
    high: high / unit,
  };
}

/** A level's merit as a line of its own: today's percent plus its knob's turns. */
interface Level {
  readonly line: Omit<Line, 'low' | 'high'>;
  readonly people: number;
  readonly today: number;
  readonly least: number;
  readonly most: number;
}

/**
 * A median merit is no smooth function: it is the merit of whichever level the middle raise stands in. It is at least v
 * where levels with more than half of the raises have at least v. Of these groups of levels the one that changes
 * least is chosen, and each of its levels becomes a line; so for at most v.
 */
function medianLines(
  state: ManyState,
  { fiscal_year }: TargetGoal,
  target: number,
  raises: readonly number[],
  { low, high, unit }: Aim,
): Line[] {
  const levels = raises.flatMap((people, index) =>
    people === 0 ? [] : [levelOf(state, target, fiscal_year, index + 1, people, unit)],
  );
  const lines = (bound: number, side: 'low' | 'high'): Line[] =>
    Number.isFinite(bound)
      ? cheapestMajority(levels, bound / unit, side).map(({ line }) => ({
          ...line,
          low: side === 'low' ? bound / unit : -Infinity,
          high: side === 'high' ? bound / unit : Infinity,
        }))
      : [];
  return [...lines(low, 'low'), ...lines(high, 'high')];
}

function levelOf(
  { problem, knobs }: ManyState,
  target: number,
  year: number,
  level: number,
  people: number,
  unit: number,
): Level {
  const row = problem.levers.findIndex(
    (lever) =>
      lever.parameter_name === 'merit_base' && lever.fiscal_year === year && lever.job_level === level,
  );
  const knob = knobs.findIndex(({ rows }) => rows.includes(row));
  const lever = problem.levers[row];
  const today = ((lever?.value ?? 0) * 100) / unit;
  const slope = ((lever?.step ?? 0) * 100) / unit;
  const { low, high } = knobs[knob] ?? { low: 0, high: 0 };
  return {
    line: { target, constant: today, slopes: knobs.map((_, index) => (index === knob ? slope : 0)) },
    people,
    today,
    least: today + slope * low,
    most: today + slope * high,
  };
}

/** The group with more than half of the raises that is least short of the bound, then the cheapest to bring there. */
function cheapestMajority(levels: readonly Level[], bound: number, side: 'low' | 'high'): Level[] {
  const total = levels.reduce((sum, { people }) => sum + people, 0);
  const distance = (value: number): number => Math.max(0, side === 'low' ? bound - value : value - bound);
  const groups = Array.from({ length: 2 ** levels.length }, (_, mask) =>
    levels.filter((__, index) => (mask >> index) % 2 === 1),
  )
    .filter((group) => 2 * group.reduce((sum, { people }) => sum + people, 0) > total)
    .map((group) => ({
      group,
      short: Math.max(...group.map(({ least, most }) => distance(side === 'low' ? most : least))),
      cost: group.reduce((sum, { today }) => sum + distance(today) ** 2, 0),
    }));
  return (
    groups.toSorted(
      (left, right) =>
        left.short - right.short || left.cost - right.cost || left.group.length - right.group.length,
    )[0]?.group ?? []
  );
}
