/** What unseen seeds make of the kept levers, in words and figures, the same on the command line and in reports. */
import { percentText } from '../../shared/contract/figures.terms.js';
import type { OptimizationResult } from '../../runs/optimization.contract.js';
import type { Uncertainty } from '../../runs/uncertainty.contract.js';

const dollars = (value: number): string => `$${Math.round(value).toLocaleString('en-US')}`;

/** `1042–1061`, or the seeds themselves where they wrap around. */
function seedsText(seeds: readonly number[]): string {
  const [first = 0, last = 0] = [seeds[0], seeds.at(-1)];
  return last - first === seeds.length - 1 ? `${first}–${last}` : seeds.join(', ');
}

/** @param digits of percentages */
export function uncertaintyLines(
  { tolerance }: Pick<OptimizationResult, 'tolerance'>,
  { growth, tuning_seeds, evaluation_seeds, probability_within_tolerance: probability }: Uncertainty,
  digits: number,
): string[] {
  const count = evaluation_seeds.length;
  const [low, middle, high] = [growth.p10, growth.p50, growth.p90].map((value) => percentText(value, digits));
  return [
    `Tuned on the mean over seeds ${seedsText(tuning_seeds)}; below are seeds ${seedsText(evaluation_seeds)}.`,
    `Within ${tolerance} pp of the target: ${Math.round(probability * count)} of ${count} seeds, a probability of ${Math.round(probability * 100)} %.`,
    `Growth: P10 ${low}, P50 ${middle}, P90 ${high}.`,
  ];
}

export const UNCERTAINTY_HEADER = ['year', 'growth P10', 'P50', 'P90', 'payroll P10', 'P50', 'P90'] as const;

/** One row a year, in the order of {@link UNCERTAINTY_HEADER}. @param digits of percentages */
export const uncertaintyCells = ({ years }: Uncertainty, digits: number): string[][] =>
  years.map(({ year, growth, payroll }) => [
    String(year),
    ...[growth.p10, growth.p50, growth.p90].map((value) => percentText(value, digits)),
    ...[payroll.p10, payroll.p50, payroll.p90].map(dollars),
  ]);

/** Where the result has none although several seeds were asked for. */
export const NOT_JUDGED = 'The run ended before its levers were judged on unseen seeds.';
