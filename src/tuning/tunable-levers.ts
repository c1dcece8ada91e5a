/** The rows that a run may move, from resolved levers and their measured sensitivities. */
import type { LeverKey, LeverRow } from '../levers/lever.contract.js';
import { PARAMETERS, type ParameterName } from '../levers/catalogue.terms.js';
import type { TargetMode } from '../runs/request.contract.js';
import type { PlanYears } from '../shared/contract/years.contract.js';
import type { LeverSensitivity } from '../simulation/simulator.js';
import { isActives, type GrowthMeasure } from './measure.js';
import { leverName, type TunableLever, type TuningProblem } from './problem.js';

export interface TunedPart {
  readonly tune: readonly ParameterName[];
  readonly years: PlanYears;
  readonly target_mode: TargetMode;
}

/** d target measure / d lever, pp per unit: the mean over the years, that of the final year, or of the lever's own. */
function sensitivityOf(
  { fiscal_year, growth_by_year }: LeverSensitivity,
  { years, target_mode }: TunedPart,
): number {
  if (target_mode === 'every-year') return growth_by_year[String(fiscal_year)] ?? 0;
  if (target_mode === 'final-year') return growth_by_year[String(years.last)] ?? 0;
  const total = Object.values(growth_by_year).reduce((sum, growth) => sum + growth, 0);
  return total / (years.last - years.first + 1);
}

/**
 * The rows of the tuned parameters in the planned years, with default bounds and steps. A row without a measured
 * sensitivity gets 0: it is then moved last, except by the balanced strategy.
 */
export function tunableLevers(
  rows: readonly LeverRow[],
  sensitivities: readonly LeverSensitivity[],
  part: TunedPart,
): TunableLever[] {
  const measured = new Map(
    sensitivities.map((sensitivity) => [leverName(sensitivity satisfies LeverKey), sensitivity]),
  );
  const effectOf = (row: LeverRow): Pick<TunableLever, 'sensitivity' | 'sensitivity_by_year'> => {
    const found = measured.get(leverName(row));
    if (found === undefined) return { sensitivity: 0 };
    const sensitivity = sensitivityOf(found, part);
    if (part.target_mode !== 'every-year') return { sensitivity };
    return { sensitivity, sensitivity_by_year: { ...found.growth_by_year } };
  };
  return rows
    .filter(({ parameter_name }) => part.tune.includes(parameter_name))
    .filter(({ fiscal_year }) => fiscal_year >= part.years.first && fiscal_year <= part.years.last)
    .map((row) => {
      const { bounds, step } = PARAMETERS[row.parameter_name];
      return {
        scenario_id: row.scenario_id,
        fiscal_year: row.fiscal_year,
        job_level: row.job_level,
        event_type: row.event_type,
        parameter_name: row.parameter_name,
        value: row.parameter_value,
        low: bounds[0],
        high: bounds[1],
        locked: row.is_locked,
        step,
        ...effectOf(row),
      };
    });
}

/**
 * How a run searches beyond its path. The sensitivities are those of mean growth of all active people; every-year mode
 * searches year by year instead.
 */
export const boxOf = (
  { target_mode, metric, statuses }: GrowthMeasure,
  sensitivities: readonly LeverSensitivity[],
): Pick<TuningProblem, 'box'> => {
  if (target_mode === 'every-year') return {};
  const isMeasured = metric === 'mean' && isActives(statuses) && sensitivities.length > 0;
  return { box: { effects: isMeasured ? 'measured' : 'other' } };
};
