/** The first part of the search of the box: levers that the effects of each lever, simulated one by one, promise most for. */
import type { PayLevels } from './pay-levels.js';
import type { TuningProblem } from '../../problem.js';
import type { Trial, TuningState } from '../state.js';
import { furthestAmounts } from './furthest.js';
import { measureAround, type Anchor } from './measure-around.js';
import { payLevels, slopeOf } from './pay-levels.js';
import { amountIn, turnsOf, valuesAtAmounts, type Turn } from './turns.js';

/** It ends after so many simulations, whatever they still promise. */
const MOST = 60;
/** A round that finds growth further out by less, pp, is the last. */
const GAIN = 0.02;

export interface ByEffects {
  /** Levers to simulate next, in the problem's order; null when there is nothing left to try. */
  readonly next: number[] | null;
  /** By row of the problem: growth per unit at today's levers as simulated, pp; null where it was not. */
  readonly sensitivities: readonly (number | null)[];
  /** The trials that it went by. */
  readonly seen: readonly Trial[];
}

interface Box {
  readonly problem: TuningProblem;
  readonly years: readonly number[];
  readonly turns: readonly Turn[];
  readonly anchorAt: (trial: Trial) => Anchor | null;
}

/** Null without the growth of each year, by which the effects are told apart. */
function boxOf({ problem, trials }: TuningState): Box | null {
  const { growth_by_year } = trials[0]!;
  const years = Object.keys(growth_by_year)
    .map(Number)
    .toSorted((left, right) => left - right);
  if (payLevels(growth_by_year, years) === null) return null;
  const turns = turnsOf(problem, years);
  const anchorAt = (trial: Trial): Anchor | null => {
    const levels = payLevels(trial.growth_by_year, years);
    return levels && { levels, amounts: turns.map((turn) => amountIn(turn, trial.values)) };
  };
  return { problem, years, turns, anchorAt };
}

/**
 * Round by round: the effect of each lever is simulated where the furthest growth was found so far (at first, at today's
 * levers), and the levers that these effects promise most for are simulated too; in the first round those at the other
 * end of the range as well. Null where the effects cannot be told.
 */
export function searchByEffects(state: TuningState): ByEffects | null {
  const box = boxOf(state);
  if (box === null) return null;
  const { problem, trials } = state;
  const mode = problem.target_mode ?? 'average';
  const towards = problem.target >= trials[0]!.growth ? 1 : -1;
  const byValues = new Map(trials.toReversed().map((trial) => [JSON.stringify(trial.values), trial]));
  const look = (amounts: readonly number[]): { values: number[]; trial: Trial | undefined } => {
    const values = valuesAtAmounts(problem, box.turns, amounts);
    return { values, trial: byValues.get(JSON.stringify(values)) };
  };
  const today = payLevels(trials[0]!.growth_by_year, box.years) ?? [];
  const isUsedUp = trials.filter(({ role }) => role === 'corner').length >= MOST;
  const seen = trials.filter(({ role }) => role === 'low' || role === 'high');
  let [from, sensitivities] = [trials[0]!, problem.levers.map((): number | null => null)];
  const stop = (next: number[] | null): ByEffects => ({
    next: isUsedUp ? null : next,
    sensitivities,
    seen,
  });
  for (let round = 0; ; round++) {
    const anchor = box.anchorAt(from);
    if (anchor === null) return stop(null);
    const { effects, missing } = measureAround(box.turns, anchor, today, (amounts): PayLevels | null => {
      const { trial } = look(amounts);
      if (trial !== undefined) seen.push(trial);
      // Growth that leaves nothing to grow from teaches nothing.
      return trial === undefined ? null : (payLevels(trial.growth_by_year, box.years) ?? anchor.levels);
    });
    if (round === 0) sensitivities = byRow(box, anchor, effects);
    if (missing !== null) return stop(look(missing).values);
    const known = effects.map((own) => own ?? box.years.map(() => 0));
    const prediction = { turns: box.turns, ...anchor, effects: known, mode };
    for (const direction of round === 0 ? ([towards, -towards] as const) : [towards]) {
      const amounts = furthestAmounts(prediction, direction as 1 | -1);
      const { values, trial } = look(amounts);
      if (trial === undefined) return stop(values);
      seen.push(trial);
    }
    const best = seen.reduce((far, trial) => (towards * (trial.growth - far.growth) > 0 ? trial : far));
    if (towards * (best.growth - from.growth) <= GAIN) return stop(null);
    from = best;
  }
}

/** The rows of a turn move together, so that each has an equal part of its effect. */
function byRow(
  { problem, turns }: Box,
  { levels }: Anchor,
  effects: readonly (readonly number[] | null)[],
): (number | null)[] {
  const rows: (number | null)[] = problem.levers.map(() => null);
  turns.forEach((turn, index) => {
    const own = effects[index];
    if (own == null) return;
    for (const row of turn.rows)
      rows[row] = slopeOf(levels, own, problem.target_mode ?? 'average') / turn.rows.length;
  });
  return rows;
}
