/** Why each trial of a run has the levers that it has, in words that its measured figures bear out. Pure. */
import { searchWords } from '../../../../src/runs/attainable.terms.js';
import type { OptimizationResult } from '../../api/types.js';
import { digitsFor } from '../../../../src/shared/contract/figures.terms.js';
import { percent, percentagePoints, percentRange } from '../../ui/number.js';
import { SHORT_PARAMETER_WORDS } from '../../ui/words.js';
import { movedParameters, trialsOf, type Trial } from './trials.js';

export interface Move {
  readonly name: string;
  readonly why: string;
  /** Mean change of each lever against the trial before. */
  readonly change: string;
}

interface Measured {
  readonly growth: number;
  readonly words: string;
}

/** @param mode of the target: only a mean or a final year is searched between two measured trials */
export function movesOf(result: OptimizationResult, mode: string): Move[] {
  const trials = trialsOf(result);
  return trials.map((trial, index) => ({
    name: trial.name,
    why: whyOf(result, mode, trials, index),
    change: index === 0 ? '–' : changeText(trials[index - 1]!, trial),
  }));
}

function whyOf(result: OptimizationResult, mode: string, trials: readonly Trial[], index: number): string {
  const trial = trials[index]!;
  if (index === 0) {
    const range = percentRange(result.attainable_growth, digitsFor(result.tolerance));
    return `The levers as they were, measured first. Both bounds were simulated too: growth can be ${range}, ${searchWords(result)}.`;
  }
  if (trial.name === 'bound')
    return `No levers that were tried reach the target, so the nearest are kept. They give ${percent(trial.growth, 3)}.`;
  const measured = `It gave ${percent(trial.growth, 3)}, ${percentagePoints(trial.gap, 3)} from the target.`;
  if (result.targets != null)
    return `The least change of levers that meets the targets, by the effects measured at the iteration before. It gave ${percent(trial.growth, 3)}.`;
  if (mode === 'every-year')
    return `Each year is brought to the target with the years before it as they are by then. ${measured}`;
  const around = enclosing(result, trials.slice(0, index));
  if (around === undefined) return measured;
  const [below, above] = around;
  return `The target lies between ${below.words} (${percent(below.growth, 3)}) and ${above.words} (${percent(above.growth, 3)}): the levers were placed between those two. ${measured}`;
}

/** The nearest measured trials on both sides of the target. */
function enclosing(result: OptimizationResult, earlier: readonly Trial[]): [Measured, Measured] | undefined {
  const [low, high] = result.attainable_growth;
  const onPath = result.attainable_search !== 'box';
  const measured: Measured[] = [
    { growth: low, words: onPath ? 'the lower bounds' : 'the lowest growth inside the bounds' },
    { growth: high, words: onPath ? 'the upper bounds' : 'the highest growth inside the bounds' },
    ...earlier.map(({ name, growth }) => ({
      growth,
      words: name === 'baseline' ? 'the baseline' : `iteration ${name}`,
    })),
  ];
  const under = measured.filter(({ growth }) => growth < result.target_growth);
  const over = measured.filter(({ growth }) => growth >= result.target_growth);
  const below = under.toSorted((left, right) => right.growth - left.growth)[0];
  const above = over.toSorted((left, right) => left.growth - right.growth)[0];
  return below === undefined || above === undefined ? undefined : [below, above];
}

function changeText(before: Trial, after: Trial): string {
  const parts = movedParameters([before, after]).map((name) => {
    const change = (after.means.get(name) ?? 0) - (before.means.get(name) ?? 0);
    return `${SHORT_PARAMETER_WORDS[name]} ${percentagePoints(change)}`;
  });
  return parts.length === 0 ? 'none' : parts.join(', ');
}
