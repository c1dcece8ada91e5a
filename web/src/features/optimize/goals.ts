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

/** The rule that a target breaks; undefined for a good one. */
export function goalFault({ year, kind, tolerance }: Goal, years: string | undefined): string | undefined {
  const [first = 2020, last = 2060] = years?.split('-').map(Number) ?? [];
  if (year < first || year > last) return `${year} is no plan year (${first} to ${last})`;
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
