/** The growth that is tuned: one percent figure, and one a year, from what a simulation says (docs/model/growth.md). */
import type { DetailedStatus, Metric, OptimizationRequest, TargetMode } from '../runs/request.contract.js';
import type { SimulatedYear, SimulationSummary } from '../simulation/simulation.contract.js';
import { failure } from '../shared/errors/errors.js';

export interface GrowthMeasure {
  readonly metric: Metric;
  readonly target_mode: TargetMode;
  readonly statuses: readonly DetailedStatus[];
}

const ACTIVES: readonly DetailedStatus[] = ['continuous_active', 'new_hire_active'];

/** Whether the statuses are those of all people active at year end. */
export const isActives = (statuses: readonly DetailedStatus[]): boolean =>
  new Set(statuses).size === ACTIVES.length && ACTIVES.every((status) => statuses.includes(status));

const undefinedGrowth = (metric: Metric, year: number, reason: string): Error =>
  failure('GROWTH_UNDEFINED', { metric, year, reason });

/**
 * Refuses what the tuner cannot do yet.
 * @throws NOT_SUPPORTED naming the option and what is available
 */
export function checkSupported(
  request: Pick<OptimizationRequest, 'target_mode' | 'metric' | 'statuses' | 'seeds' | 'targets'>,
): void {
  const refuse = (option: string, value: string, supported: string): Error =>
    failure('NOT_SUPPORTED', { option, value, supported });
  if ((request.seeds ?? 1) > 1 && request.targets !== undefined)
    throw refuse('seeds', `${request.seeds} with targets`, 'seeds with a single target, or targets with 1');
  if (request.targets !== undefined && request.target_mode !== 'average')
    throw refuse('targets', `with target_mode ${request.target_mode}`, 'targets with target_mode average');
  checkMeasure(request);
}

/** @throws NOT_SUPPORTED where the summary holds no figure of that metric for other statuses */
function checkMeasure({ metric, statuses }: Pick<GrowthMeasure, 'metric' | 'statuses'>): void {
  if (metric === 'mean' || metric === 'payroll' || isActives(statuses)) return;
  const supported = `${metric} with ${ACTIVES.join(', ')}, or mean and payroll with any`;
  throw failure('NOT_SUPPORTED', { option: 'statuses', value: [...new Set(statuses)].join(', '), supported });
}

/** Pay of a population: what growth compares from year to year. */
type Level = (year: SimulatedYear) => number;

function levelOf({ metric, statuses }: Pick<GrowthMeasure, 'metric' | 'statuses'>): Level {
  if (metric === 'median') return (year) => year.median_pay;
  if (metric === 'prorated-mean') return (year) => year.prorated_mean_pay;
  const sum = (by: Readonly<Record<DetailedStatus, number>>): number =>
    [...new Set(statuses)].reduce((total, status) => total + by[status], 0);
  if (metric === 'payroll')
    return isActives(statuses) ? (year) => year.payroll : (year) => sum(year.pay_by_status);
  return (year) => sum(year.pay_by_status) / sum(year.by_status);
}

const BASELINE = {
  mean: 'mean_pay',
  median: 'median_pay',
  payroll: 'payroll',
  'prorated-mean': 'prorated_mean_pay',
} as const satisfies Record<Exclude<Metric, 'matched-cohort'>, keyof SimulationSummary['baseline']>;

/** Growth that the summary holds as such, percent; null where it is to be worked out from pay. */
function storedGrowth(
  year: SimulatedYear,
  { metric, statuses }: Pick<GrowthMeasure, 'metric' | 'statuses'>,
): number | null {
  if (metric === 'mean' && isActives(statuses)) return year.growth;
  if (metric !== 'matched-cohort') return null;
  if (year.matched_cohort_growth === null)
    throw undefinedGrowth(metric, year.year, 'nobody is active in both years');
  return year.matched_cohort_growth;
}

/**
 * Growth of each year, percent, by year. The first year compares with the baseline's actives, whatever the statuses;
 * later years compare the same statuses in both years.
 * @throws NOT_SUPPORTED for a metric that exists for the default statuses only
 * @throws GROWTH_UNDEFINED when a year has nobody of the population, or no pay to compare with
 */
export function growthByYear(
  summary: SimulationSummary,
  measure: Pick<GrowthMeasure, 'metric' | 'statuses'>,
): Record<string, number> {
  checkMeasure(measure);
  const level = levelOf(measure);
  const before = (index: number): number => {
    if (index > 0) return level(summary.years[index - 1]!);
    return measure.metric === 'matched-cohort' ? Number.NaN : summary.baseline[BASELINE[measure.metric]];
  };
  return Object.fromEntries(
    summary.years.map((year, index) => {
      const growth = storedGrowth(year, measure) ?? (level(year) / before(index) - 1) * 100;
      if (Number.isFinite(growth)) return [String(year.year), growth];
      throw undefinedGrowth(measure.metric, year.year, `no pay of ${measure.statuses.join(', ')} to compare`);
    }),
  );
}

/**
 * The growth that a run reports, percent: that of the final year, else the mean over the years (in every-year mode the
 * target is compared with each year's growth instead). For the default measure it is the summary's own `mean_growth`,
 * so that both are equal to the last bit.
 * @throws as {@link growthByYear}
 */
export function growthMeasure(summary: SimulationSummary, measure: GrowthMeasure): number {
  const { target_mode, metric, statuses } = measure;
  const growth = growthByYear(summary, measure);
  const last = summary.years.at(-1);
  if (last === undefined)
    throw failure('UNEXPECTED', { detail: `simulation ${summary.simulation_id} has no years` });
  if (target_mode === 'final-year') return growth[String(last.year)]!;
  if (metric === 'mean' && isActives(statuses)) return summary.mean_growth;
  return summary.years.reduce((total, { year }) => total + growth[String(year)]!, 0) / summary.years.length;
}
