/** The figures that targets name, and how each answers to the levers, from what a simulation's own people show. */
import { definitionOf } from '../../levers/catalogue.terms.js';
import type { LeverRow } from '../../levers/lever.contract.js';
import type { SimulatedYear, SimulationSummary } from '../simulation.contract.js';
import type { TargetGoal, TargetMetric } from '../../targets/targets.contract.js';
import { medianMerit } from '../../targets/median-merit.terms.js';
import { failure } from '../../shared/errors/errors.js';
import { leverSensitivities, shareOf, type Exposure } from './sensitivity.js';
import type { MeasuredTarget, TargetMeasurement } from '../simulator.js';

/** A row of `int_level_pay`; pay in USD. */
export interface LevelPay {
  readonly simulation_year: number;
  readonly level_id: number;
  readonly median_pay: number | null;
  readonly raises: number;
  readonly promotions: number;
}

/** A row of `int_level_median_exposure`. */
export interface MedianExposure {
  readonly event_year: number;
  readonly event_type: string;
  readonly level_id: number;
  readonly simulation_year: number;
  readonly closing_level: number;
  readonly exposed_share: number;
}

/** What was read of one simulation; `medians` is empty where no target names a level's median. */
export interface TargetFigures {
  readonly summary: SimulationSummary;
  readonly levers: readonly LeverRow[];
  readonly exposures: readonly Exposure[];
  readonly levels: readonly LevelPay[];
  readonly medians: readonly MedianExposure[];
}

type Measure = Pick<TargetGoal, 'metric' | 'fiscal_year'>;
type Figure = (figures: Indexed, year: SimulatedYear) => MeasuredTarget;

interface Indexed extends TargetFigures {
  /** Year-end pay of actives that a unit of the lever adds, USD. */
  readonly payEffect: (lever: LeverRow, year: number) => number;
  /** Cash paid in the year that a unit of the lever adds, USD: of those who stay, at their pay at its end. */
  readonly cashEffect: (lever: LeverRow, year: number) => number;
  readonly exposure: (lever: LeverRow, year: number) => Exposure | undefined;
  readonly share: (lever: LeverRow) => number;
  readonly growth: readonly Readonly<Record<string, number>>[];
}

const keyOf = (...parts: (string | number)[]): string => parts.join(' ');
const eventKey = ({ fiscal_year, event_type, job_level }: LeverRow, ...parts: number[]): string =>
  keyOf(fiscal_year, event_type, job_level, ...parts);

const medianMeritIncrease: Figure = ({ levels, levers }, { year }) => {
  const numbers = [1, 2, 3, 4, 5];
  const rows = numbers.map((level) =>
    levers.find(
      (row) => row.parameter_name === 'merit_base' && row.fiscal_year === year && row.job_level === level,
    ),
  );
  const raises = numbers.map(
    (level) => levels.find((row) => row.simulation_year === year && row.level_id === level)?.raises ?? 0,
  );
  const median = medianMerit(
    rows.map((row) => row?.parameter_value ?? 0),
    raises,
  );
  if (median === null) throw undefinedFigure('median_merit_increase', year, 'nobody got a raise');
  return {
    value: median.value,
    effects: levers.map((lever) => 100 * (median.weights[rows.indexOf(lever)] ?? 0)),
    raises,
  };
};

const levelMedian =
  (level: number): Figure =>
  ({ levels, levers, medians, share }, { year }) => {
    const pay = levels.find((row) => row.simulation_year === year && row.level_id === level)?.median_pay;
    if (pay == null)
      throw undefinedFigure(
        `level_${level}_median_salary`,
        year,
        'nobody of that level is active at its end',
      );
    const exposed = new Map(
      medians
        .filter((row) => row.simulation_year === year && row.closing_level === level)
        .map((row) => [keyOf(row.event_year, row.event_type, row.level_id), row.exposed_share]),
    );
    return {
      value: pay,
      effects: levers.map((lever) =>
        // Who is in the level depends on the probability in a way that pay does not show: learnt by simulating.
        definitionOf(lever.parameter_name).effect === 'promotion_chance'
          ? 0
          : pay * (exposed.get(eventKey(lever)) ?? 0) * share(lever),
      ),
    };
  };

const newHireAverage: Figure = ({ levers, payEffect }, { year, pay_by_status, by_status }) => {
  const people = by_status.new_hire_active;
  if (people === 0)
    throw undefinedFigure('new_hire_average_salary', year, 'nobody hired in it is there at its end');
  return {
    value: pay_by_status.new_hire_active / people,
    effects: levers.map((lever) =>
      lever.event_type === 'HIRE' && lever.fiscal_year === year ? payEffect(lever, year) / people : 0,
    ),
  };
};

const promotionRate: Figure = ({ levers, levels }, { year, promotions, opening }) => ({
  value: (promotions / opening) * 100,
  effects: levers.map(({ fiscal_year, job_level, parameter_name, parameter_value }) => {
    const { effect } = definitionOf(parameter_name);
    if (effect !== 'promotion_chance' || fiscal_year !== year || parameter_value === 0) return 0;
    const own = levels.find((row) => row.simulation_year === year && row.level_id === job_level);
    return ((own?.promotions ?? 0) / parameter_value / opening) * 100;
  }),
});

/** Growth = closing / opening pay of those who stay; both answer to earlier events, only closing to the year's own. */
const matchedCohort: Figure = (
  { levers, exposure, share },
  { year, pay_by_status, matched_cohort_growth },
) => {
  if (matched_cohort_growth === null)
    throw undefinedFigure('matched_cohort_growth_rate', year, 'nobody is active in both years');
  const ratio = 1 + matched_cohort_growth / 100;
  const opening = pay_by_status.continuous_active / ratio;
  return {
    value: matched_cohort_growth,
    effects: levers.map((lever) => {
      if (lever.event_type === 'HIRE' && lever.fiscal_year === year) return 0;
      const row = exposure(lever, year);
      if (row === undefined) return 0;
      return (100 * share(lever) * (row.exposed_pay - ratio * row.exposed_opening_pay)) / opening;
    }),
  };
};

const FIGURES: Readonly<Record<TargetMetric, Figure>> = {
  compensation_growth_rate: ({ growth }, { year, growth: value }) => ({
    value,
    effects: growth.map((byYear) => byYear[String(year)] ?? 0),
  }),
  total_compensation_cost: ({ levers, payEffect, cashEffect }, { year, payroll, cash_paid = 0 }) => ({
    value: payroll + cash_paid,
    effects: levers.map((lever) => payEffect(lever, year) + cashEffect(lever, year)),
  }),
  median_merit_increase: medianMeritIncrease,
  promotion_rate: promotionRate,
  headcount: ({ levers }, { closing }) => ({ value: closing, effects: levers.map(() => 0) }),
  level_1_median_salary: levelMedian(1),
  level_2_median_salary: levelMedian(2),
  level_3_median_salary: levelMedian(3),
  level_4_median_salary: levelMedian(4),
  level_5_median_salary: levelMedian(5),
  new_hire_average_salary: newHireAverage,
  matched_cohort_growth_rate: matchedCohort,
};

/**
 * Each target's figure with its derivatives at the simulation's levers: exact but for rounding to cents, for medians
 * estimated from the people around them, for the promotion rate without its effect on later years.
 * @throws TARGET_UNDEFINED where a year has no people for a figure
 */
export function targetMeasurement(figures: TargetFigures, targets: readonly Measure[]): TargetMeasurement {
  const { summary, levers } = figures;
  const indexed = index(figures);
  const years = new Map(summary.years.map((year) => [year.year, year]));
  const figureOf = ({ metric, fiscal_year }: Measure): MeasuredTarget => {
    const year = years.get(fiscal_year);
    if (year === undefined) throw undefinedFigure(metric, fiscal_year, 'the year is not simulated');
    return FIGURES[metric](indexed, year);
  };
  const payrolls = summary.years.map(({ year }) =>
    figureOf({ metric: 'total_compensation_cost', fiscal_year: year }),
  );
  return {
    levers: levers.map(({ fiscal_year, job_level, parameter_name }) => ({
      fiscal_year,
      job_level,
      parameter_name,
    })),
    targets: targets.map(figureOf),
    payroll: {
      value: payrolls.reduce((sum, { value }) => sum + value, 0),
      effects: levers.map((_, row) => payrolls.reduce((sum, { effects }) => sum + effects[row]!, 0)),
    },
  };
}

function index(figures: TargetFigures): Indexed {
  const { summary, levers, exposures } = figures;
  const rows = new Map(
    exposures.map((row) => [keyOf(row.event_year, row.event_type, row.level_id, row.simulation_year), row]),
  );
  const share = shareOf(levers);
  const exposure = (lever: LeverRow, year: number) => rows.get(eventKey(lever, year));
  return {
    ...figures,
    exposure,
    share,
    cashEffect: (lever, year) =>
      definitionOf(lever.parameter_name).effect === 'cash' && lever.fiscal_year === year
        ? (exposure(lever, year)?.exposed_pay ?? 0)
        : 0,
    payEffect: (lever, year) => (exposure(lever, year)?.exposed_pay ?? 0) * share(lever),
    growth: leverSensitivities(summary, levers, exposures).map(({ growth_by_year }) => growth_by_year),
  };
}

const undefinedFigure = (metric: string, year: number, reason: string): Error =>
  failure('TARGET_UNDEFINED', { metric, year, reason });
