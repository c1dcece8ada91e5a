/** Which sets of levers an impact simulates: cumulative ones for the waterfall, steps for the rest. */
import type { ImpactRequest } from './impact.contract.js';
import { leversBy, PARAMETER_NAMES, type LeverRow, type ParameterName } from '../levers/lever.contract.js';
import { placeOf, stepped, variantOf, type LeverBase, type Variant } from './variants.js';

/** The order in which the waterfall changes the parameters. */
export const WATERFALL_ORDER = leversBy('waterfall');

export interface WaterfallStage {
  readonly parameter_name: ParameterName;
  readonly levers_changed: number;
  /** The base with this parameter and all before it as proposed; null: the set before it. */
  readonly variant: Variant | 'proposed' | null;
}

/** @param proposed what holds for the scenario in the proposed set */
export function waterfallStages(base: LeverBase, proposed: readonly LeverRow[]): WaterfallStage[] {
  const after = new Map(proposed.map((row) => [placeOf(row), row.parameter_value]));
  const differs = (row: LeverRow): boolean => after.get(placeOf(row)) !== row.parameter_value;
  const counts = WATERFALL_ORDER.map(
    (name) => base.resolved.filter((row) => row.parameter_name === name && differs(row)).length,
  );
  const last = counts.findLastIndex((count) => count > 0);
  return WATERFALL_ORDER.map((parameter_name, index) => {
    const levers_changed = counts[index] ?? 0;
    const names: readonly ParameterName[] = WATERFALL_ORDER.slice(0, index + 1);
    if (levers_changed === 0) return { parameter_name, levers_changed, variant: null };
    if (index === last) return { parameter_name, levers_changed, variant: 'proposed' };
    const variant = variantOf(base, (row) =>
      names.includes(row.parameter_name) ? after.get(placeOf(row)) : undefined,
    );
    return { parameter_name, levers_changed, variant };
  });
}

export interface SteppedPair {
  readonly parameter_name: ParameterName;
  readonly down: Variant | null;
  readonly up: Variant | null;
}

const unlessUnmoved = (variant: Variant): Variant | null => (variant.moved_rows === 0 ? null : variant);

/** Each parameter of the base moved by one step to either side. */
export const steppedPairs = (base: LeverBase): SteppedPair[] =>
  PARAMETER_NAMES.map((parameter_name) => ({
    parameter_name,
    down: unlessUnmoved(variantOf(base, stepped(parameter_name, -1))),
    up: unlessUnmoved(variantOf(base, stepped(parameter_name, 1))),
  }));

export interface HeatVariant {
  readonly parameter_name: ParameterName;
  readonly fiscal_year: number | null;
  readonly job_level: number | null;
  readonly variant: Variant;
}

/** One cell for each parameter and year, level, or both; a step up, or down where up is not possible. */
export function heatVariants(
  base: LeverBase,
  by: ImpactRequest['heat_map'],
  years: readonly number[],
): HeatVariant[] {
  if (by === 'none') return [];
  const byYear = by === 'level' ? [null] : years;
  const byLevel = by === 'year' ? [null] : levelsIn(base.resolved);
  return PARAMETER_NAMES.flatMap((parameter_name) =>
    byYear.flatMap((fiscal_year) =>
      byLevel.map((job_level) => {
        const chosen = (row: LeverRow): boolean =>
          (fiscal_year === null || row.fiscal_year === fiscal_year) &&
          (job_level === null || row.job_level === job_level);
        const up = variantOf(base, stepped(parameter_name, 1, chosen));
        const variant = up.moved_rows > 0 ? up : variantOf(base, stepped(parameter_name, -1, chosen));
        return { parameter_name, fiscal_year, job_level, variant };
      }),
    ),
  );
}

const levelsIn = (rows: readonly LeverRow[]): number[] =>
  [...new Set(rows.map(({ job_level }) => job_level))].toSorted((one, other) => one - other);
