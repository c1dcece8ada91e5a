/** The yearly results of a stored simulation for chosen statuses and one metric of growth. */
import type { DetailedStatus, Metric } from '../../runs/request.contract.js';
import type { SimulationSummary } from '../../simulation/simulation.contract.js';
import { count, money, percent } from '../render/number.js';
import type { Style } from '../render/style.js';
import { left, renderTable, right } from '../render/table.js';

/** One year of the chosen people. */
export interface ResultYear {
  readonly year: number;
  readonly by_status: Readonly<Partial<Record<DetailedStatus, number>>>;
  readonly people: number;
  /** USD a year; null where nobody has a chosen status. */
  readonly mean_pay: number | null;
  /** USD a year. */
  readonly payroll: number;
  /** Percent, by the chosen metric. */
  readonly growth: number;
}

export interface ResultTable {
  readonly simulation_id: string;
  readonly metric: Metric;
  readonly statuses: readonly DetailedStatus[];
  readonly baseline: SimulationSummary['baseline'];
  readonly years: readonly ResultYear[];
  /** Percent: the mean of the years. */
  readonly mean_growth: number;
  readonly folder: string;
}

const METRIC_TEXT: Readonly<Record<Metric, string>> = {
  mean: 'mean pay',
  median: 'median pay',
  payroll: 'total payroll',
  'prorated-mean': 'mean prorated pay',
  'matched-cohort': 'mean pay of the people active in both years',
};

/** @param growth percent by year, of the chosen metric and statuses. */
export function resultTable(
  summary: SimulationSummary,
  choice: { readonly metric: Metric; readonly statuses: readonly DetailedStatus[] },
  growth: Readonly<Record<string, number>>,
  folder: string,
): ResultTable {
  const statuses = [...new Set(choice.statuses)];
  const years = summary.years.map(({ year, by_status, pay_by_status }) => {
    const people = statuses.reduce((sum, status) => sum + by_status[status], 0);
    const payroll = statuses.reduce((sum, status) => sum + pay_by_status[status], 0);
    return {
      year,
      by_status: Object.fromEntries(statuses.map((status) => [status, by_status[status]])),
      people,
      mean_pay: people === 0 ? null : payroll / people,
      payroll,
      growth: growth[String(year)] ?? Number.NaN,
    };
  });
  const mean_growth = years.reduce((sum, year) => sum + year.growth, 0) / years.length;
  const { simulation_id, baseline } = summary;
  return { simulation_id, metric: choice.metric, statuses, baseline, years, mean_growth, folder };
}

export function renderResults(table: ResultTable, style: Style): string {
  const { statuses, baseline, years } = table;
  const columns = [
    left('year'),
    ...statuses.map((status) => right(status)),
    right('people'),
    right('mean pay'),
    right('payroll'),
    right('growth'),
  ];
  const blank = statuses.map(() => '');
  const rows = years.map((year) => [
    String(year.year),
    ...statuses.map((status) => count(year.by_status[status] ?? 0)),
    count(year.people),
    year.mean_pay === null ? '' : money(year.mean_pay),
    money(year.payroll),
    percent(year.growth),
  ]);
  const start = [
    'baseline',
    ...blank,
    count(baseline.headcount),
    money(baseline.mean_pay),
    money(baseline.payroll),
    '',
  ];
  return [
    style.bold(`Simulation ${table.simulation_id}`),
    `Growth is the yearly change of ${METRIC_TEXT[table.metric]}; the first year compares with all baseline actives.`,
    '',
    renderTable(columns, [start, ...rows], style),
    '',
    `Mean of the years: ${style.bold(percent(table.mean_growth))}`,
    `Files: ${table.folder}`,
  ].join('\n');
}
