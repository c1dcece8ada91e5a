/** Targets in words and figures, the same in recommendations, on the command line and in reports. */
import type { TargetOutcome } from '../../targets/targets.contract.js';
import { isPercent } from './problem.js';

const short = (value: number): string => String(Number(value.toFixed(3)));

const dollars = (value: number): string =>
  `${value < 0 ? '-' : ''}$${Math.round(Math.abs(value)).toLocaleString('en-US')}`;

const WORDS = { target: '', cap: 'at most ', floor: 'at least ' } as const;

/** An amount in the metric's unit: percent, USD or people. */
export function amountText(metric: TargetOutcome['metric'], value: number): string {
  if (isPercent(metric)) return `${short(value)} %`;
  return metric === 'headcount' ? short(value) : dollars(value);
}

/** A difference in the metric's unit, without its sign: pp, USD or people. */
export const distanceText = (metric: TargetOutcome['metric'], value: number): string =>
  isPercent(metric) ? `${short(Math.abs(value))} pp` : amountText(metric, Math.abs(value));

/** `at most $690,000,000`, or `2 %` of a plain target. */
export const wantedText = ({ kind, metric, value }: TargetOutcome): string =>
  `${WORDS[kind]}${amountText(metric, value)}`;

export function verdictText({ met, gave_way, metric, gap, cost_per_point }: TargetOutcome): string {
  if (met) return 'met';
  if (gave_way) return `gave way by ${distanceText(metric, gap)}`;
  return cost_per_point === null ? 'no lever moves it' : `missed by ${distanceText(metric, gap)}`;
}

/** Payroll over the plan years for one point more: `$3,120,000 for 1 pp`. */
export const costText = ({ metric, cost_per_point }: TargetOutcome): string =>
  cost_per_point === null ? '' : `${dollars(cost_per_point)} for ${isPercent(metric) ? '1 pp' : '1 %'}`;

export const TARGET_HEADER = [
  'year',
  'metric',
  'wanted',
  'priority',
  'before',
  'after',
  'verdict',
  'payroll',
] as const;

/** One row of a table of targets, in the order of {@link TARGET_HEADER}. */
export const targetCells = (outcome: TargetOutcome): string[] => [
  String(outcome.fiscal_year),
  outcome.metric,
  wantedText(outcome),
  outcome.priority,
  amountText(outcome.metric, outcome.baseline),
  amountText(outcome.metric, outcome.final),
  verdictText(outcome),
  costText(outcome),
];
