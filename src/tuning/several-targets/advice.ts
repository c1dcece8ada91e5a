/** What the analyst can do next when targets were not all met: which gave way, which lie out of reach. */
import type { LeverChange, Recommendation } from '../../runs/optimization.contract.js';
import type { TargetOutcome } from '../../targets/targets.contract.js';
import { leverWarnings } from '../one-target/recommendations.js';
import type { StopReason } from '../one-target/step.js';
import { amountText, costText, distanceText, wantedText } from './target-text.js';

const nameOf = (target: TargetOutcome): string =>
  `${target.fiscal_year} ${target.metric} (${wantedText(target)}, ${target.priority})`;

function ofTarget(target: TargetOutcome): Recommendation {
  const { metric, final, gap, gave_way, cost_per_point } = target;
  const shown = `${nameOf(target)}: ${amountText(metric, final)}`;
  if (cost_per_point === null)
    return {
      code: 'TARGET_NOT_TUNABLE',
      message: `${shown}; no tuned lever moves it. Leave it out, or tune other levers.`,
    };
  const away = distanceText(metric, gap);
  if (!gave_way)
    return {
      code: 'TARGET_OUT_OF_REACH',
      message: `${shown}, ${away} away; no levers inside the bounds reach it. Widen bounds, unlock rows, or change it.`,
    };
  return {
    code: 'TARGET_GAVE_WAY',
    message: `${shown}; it gave way by ${away} to the other targets. More of it costs payroll over the plan years: ${costText(target)}.`,
  };
}

/** Candidates that are not the least squared change, of all. */
interface BySum {
  readonly bySum: number;
  readonly candidates: number;
}

function otherChange({ bySum, candidates }: BySum): Recommendation[] {
  const message = `The quadratic solver gave up on ${bySum} of ${candidates} candidates: these are the least sum of changes instead of the least sum of their squares, and move fewer levers further.`;
  return bySum === 0 ? [] : [{ code: 'LEAST_CHANGE_BY_SUM', message }];
}

/** In order of use: what to relax first, then warnings about the kept levers. */
export function advise(
  reason: StopReason | null,
  maxIterations: number,
  targets: readonly TargetOutcome[],
  changes: readonly LeverChange[],
  bySum: BySum,
): Recommendation[] {
  const missed = targets.filter(({ met }) => !met);
  const ends: Readonly<Record<StopReason, () => Recommendation[]>> = {
    within_tolerance: () => [],
    outside_range: () => missed.map(ofTarget),
    max_iterations: () => [
      { code: 'RAISE_MAX_ITERATIONS', message: `All ${maxIterations} iterations were used. Allow more.` },
      ...missed.map(away),
    ],
    lever_resolution: () => missed.map(away),
    stopped: () => [
      { code: 'RUN_AGAIN', message: 'The run was stopped before it converged; run it again to go on.' },
    ],
  };
  return [...(reason === null ? [] : ends[reason]()), ...otherChange(bySum), ...leverWarnings(changes)];
}

const away = (target: TargetOutcome): Recommendation => ({
  code: 'TARGET_MISSED',
  message: `${nameOf(target)}: ${amountText(target.metric, target.final)}, ${distanceText(target.metric, target.gap)} away.`,
});
