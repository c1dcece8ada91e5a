/** The amounts whose predicted growth is highest, or lowest, inside the box of bounds. */
import type { TargetMode } from '../../../runs/request.contract.js';
import { growthOf, slopeOf, type PayLevels } from './pay-levels.js';
import type { Turn } from './turns.js';

/** Levels of pay at known amounts, and what a unit of each turn changes them by. */
export interface Prediction {
  readonly turns: readonly Turn[];
  readonly amounts: readonly number[];
  readonly levels: PayLevels;
  /** By turn: change of each year's level per unit. */
  readonly effects: readonly (readonly number[])[];
  readonly mode: TargetMode;
}

const SWEEPS = 100;
/** A sweep over all turns that gains less, percent of growth, is the last. */
const SETTLED = 1e-7;
const HALVINGS = 40;
/** Growth that differs by less, percent, is equal but for rounding: it moves nothing. */
const EQUAL = 1e-9;

const levelsAt = (
  { turns, amounts: known, levels, effects }: Prediction,
  amounts: readonly number[],
): PayLevels =>
  turns.reduce((found, _, index) => moved(found, effects[index]!, amounts[index]! - known[index]!), levels);

const moved = (levels: PayLevels, effects: readonly number[], by: number): PayLevels =>
  levels.map((level, year) => level + effects[year]! * by);

/**
 * Growth is a sum of exponentials of the amounts, hence convex: the highest lies in a corner of the box, of which the
 * best of several climbs is taken; the lowest may lie inside, and one descent finds it.
 * @param direction 1 for the highest, −1 for the lowest
 */
export function furthestAmounts(prediction: Prediction, direction: 1 | -1): number[] {
  const found = startsOf(prediction, direction).map((start) => settle(prediction, direction, start));
  return found.reduce((best, each) => (direction * (each.growth - best.growth) > SETTLED ? each : best))
    .amounts;
}

/** Today's levers, and for the highest also both corners and the two in which levers go up and down by turns of years. */
function startsOf({ turns, effects }: Prediction, direction: 1 | -1): number[][] {
  const ofTurns = (amountOf: (turn: Turn) => number): number[] =>
    turns.map((turn, index) => {
      const room = turn.high - turn.low;
      const isIdle = effects[index]!.every((effect) => Math.abs(effect * room) < EQUAL);
      return isIdle ? turn.today : amountOf(turn);
    });
  const today = turns.map((turn) => turn.today);
  if (direction === -1) return [today];
  const byTurns = (parity: number) => ofTurns((turn) => (turn.year % 2 === parity ? turn.high : turn.low));
  return [today, ofTurns(({ low }) => low), ofTurns(({ high }) => high), byTurns(0), byTurns(1)];
}

function settle(
  prediction: Prediction,
  direction: 1 | -1,
  start: readonly number[],
): { amounts: number[]; growth: number } {
  const { turns, effects, mode } = prediction;
  const amounts = [...start];
  let levels = levelsAt(prediction, amounts);
  let growth = growthOf(levels, mode);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const before = growth;
    turns.forEach((turn, index) => {
      const own = effects[index]!;
      const to =
        direction === 1
          ? higherEnd(levels, turn, amounts[index]!, own, mode)
          : lowest(levels, turn, amounts[index]!, own, mode);
      const next = moved(levels, own, to - amounts[index]!);
      const reached = growthOf(next, mode);
      if (!(direction * (reached - growth) > EQUAL)) return;
      [levels, growth, amounts[index]] = [next, reached, to];
    });
    if (direction * (growth - before) < SETTLED) break;
  }
  return { amounts, growth };
}

function higherEnd(
  levels: PayLevels,
  { low, high }: Turn,
  amount: number,
  effects: readonly number[],
  mode: TargetMode,
): number {
  const at = (to: number): number => growthOf(moved(levels, effects, to - amount), mode);
  return at(high) >= at(low) ? high : low;
}

/** By halving where the slope changes its sign, which a convex function does once at most. */
function lowest(
  levels: PayLevels,
  turn: Turn,
  amount: number,
  effects: readonly number[],
  mode: TargetMode,
): number {
  const slopeAt = (to: number): number => slopeOf(moved(levels, effects, to - amount), effects, mode);
  let { low, high } = turn;
  if (slopeAt(low) >= 0) return low;
  if (slopeAt(high) <= 0) return high;
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    if (slopeAt(middle) < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
