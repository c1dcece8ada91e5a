/** Several targets at once, as the URL holds them and as the API takes them. Pure. */
import {
  PRIORITIES,
  TARGET_KINDS,
  TARGET_METRICS,
  TOLERANCE_KINDS,
  type Priority,
  type TargetMetric,
} from '../../../../src/targets/target-choices.terms.js';
import type { RunStart } from '../../api/types.js';
import { decimal, oneOf, wholeNumber } from '../../app/context.js';
import { boundsProblem } from '../../ui/bounds.js';

export interface Goal {
  readonly year: number;
  readonly metric: TargetMetric;
  readonly kind: (typeof TARGET_KINDS)[number];
  /** In the metric's unit. */
  readonly value: number;
  readonly tolerance: number;
  /** `relative`: the tolerance is a share of the value, 0.01 = 1 %. */
  readonly per: (typeof TOLERANCE_KINDS)[number];
  readonly priority: Priority;
}

const MOST = 100;
const LARGEST = 1e15;

/** The targets of a link; what cannot be read is left out. */
export function goalsOf(value: unknown): Goal[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const goals = value.slice(0, MOST).flatMap((entry: unknown) => {
    const given = (typeof entry === 'object' ? entry : null) as Readonly<Record<string, unknown>> | null;
    const year = wholeNumber(given?.['year'], 2020, 2060);
    const metric = oneOf(given?.['metric'], TARGET_METRICS);
    const wanted = decimal(given?.['value'], -LARGEST, LARGEST);
    if (year === undefined || metric === undefined || wanted === undefined) return [];
    return [
      {
        year,
        metric,
        value: wanted,
        kind: oneOf(given?.['kind'], TARGET_KINDS) ?? 'target',
        tolerance: decimal(given?.['tolerance'], 0, LARGEST) ?? 0.1,
        per: oneOf(given?.['per'], TOLERANCE_KINDS) ?? 'absolute_pp',
        priority: oneOf(given?.['priority'], PRIORITIES) ?? 'high',
      },
    ];
  });
  return goals.length === 0 ? undefined : goals;
}

/** What a figure of a target may be. */
export const GOAL_RANGES = {
  year: [2020, 2060],
  value: [-LARGEST, LARGEST],
  tolerance: [0, LARGEST],
} as const satisfies Readonly<Record<string, readonly [number, number]>>;

/** The rule that a target breaks; undefined for a good one. */
export function goalFault(goal: Goal, years: string | undefined): string | undefined {
  const { year, kind, tolerance } = goal;
  const [first = 2020, last = 2060] = years?.split('-').map(Number) ?? [];
  for (const field of ['year', 'value', 'tolerance'] as const) {
    if (Number.isNaN(goal[field])) return `${field} is missing`;
    const problem = boundsProblem(goal[field], GOAL_RANGES[field]);
    if (problem !== undefined) return `${field} must be ${problem}`;
  }
  if (!Number.isInteger(year) || year < first || year > last)
    return `${year} is no plan year (${first} to ${last})`;
  return kind === 'target' && tolerance <= 0 ? 'a target needs a tolerance above 0' : undefined;
}

export const goalsAsked = (goals: readonly Goal[]): NonNullable<RunStart['targets']> =>
  goals.map(({ year, metric, kind, value, tolerance, per, priority }) => ({
    fiscal_year: year,
    metric_name: metric,
    kind,
    target_value: value,
    tolerance,
    tolerance_kind: per,
    priority,
  }));
