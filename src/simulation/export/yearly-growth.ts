/** The yearly summary as rows of the mart `fct_compensation_growth`: the baseline first, standing as the year before. */
import type { SimulatedYear, SimulationSummary } from '../simulation.contract.js';

export const GROWTH_MART = 'fct_compensation_growth';

type Cell = number | string | null;
interface GrowthColumn {
  readonly name: string;
  readonly type: string;
  readonly baseline: (summary: SimulationSummary) => Cell;
  readonly year: (year: SimulatedYear) => Cell;
}

const nothing = (): null => null;
const count = (
  name: string,
  year: (year: SimulatedYear) => Cell,
  baseline: GrowthColumn['baseline'] = nothing,
) => ({
  name,
  type: 'bigint',
  year,
  baseline,
});
const pay = (
  name: string,
  year: (year: SimulatedYear) => Cell,
  baseline: GrowthColumn['baseline'] = nothing,
) => ({
  name,
  type: 'decimal(18, 2)',
  year,
  baseline,
});
const measure = (
  name: string,
  year: (year: SimulatedYear) => Cell,
  baseline: GrowthColumn['baseline'] = nothing,
) => ({
  name,
  type: 'double',
  year,
  baseline,
});

/** In the mart's order and of its types. */
const COLUMNS: readonly GrowthColumn[] = [
  count(
    'simulation_year',
    ({ year }) => year,
    ({ years }) => (years[0]?.year ?? 0) - 1,
  ),
  count('opening', ({ opening }) => opening),
  count('hires', ({ hires }) => hires),
  count('experienced_terminations', (year) => year.experienced_terminations),
  count('new_hire_terminations', (year) => year.new_hire_terminations),
  count('promotions', ({ promotions }) => promotions),
  count('raises', ({ raises }) => raises),
  count(
    'closing',
    ({ closing }) => closing,
    ({ baseline }) => baseline.headcount,
  ),
  count('stayers', (year) => year.by_status.continuous_active),
  pay(
    'payroll',
    ({ payroll }) => payroll,
    ({ baseline }) => baseline.payroll,
  ),
  pay('continuous_active_pay', (year) => year.pay_by_status.continuous_active),
  pay('new_hire_active_pay', (year) => year.pay_by_status.new_hire_active),
  pay('experienced_termination_pay', (year) => year.pay_by_status.experienced_termination),
  pay('new_hire_termination_pay', (year) => year.pay_by_status.new_hire_termination),
  measure(
    'mean_pay',
    (year) => year.mean_pay,
    ({ baseline }) => baseline.mean_pay,
  ),
  measure(
    'median_pay',
    (year) => year.median_pay,
    ({ baseline }) => baseline.median_pay,
  ),
  measure(
    'prorated_mean_pay',
    (year) => year.prorated_mean_pay,
    ({ baseline }) => baseline.prorated_mean_pay,
  ),
  measure('growth', ({ growth }) => growth),
  measure('matched_cohort_growth', (year) => year.matched_cohort_growth),
  measure('raises_growth', ({ decomposition }) => decomposition.raises),
  measure('promotions_growth', ({ decomposition }) => decomposition.promotions),
  measure('hires_growth', ({ decomposition }) => decomposition.hires),
  measure('leavers_growth', ({ decomposition }) => decomposition.leavers),
  pay('cash_paid', ({ cash_paid = 0 }) => cash_paid),
];

/** SQL that makes the table and fills it; numbers only, so nothing needs quoting but the scenario. */
export function growthTable(summary: SimulationSummary, scenario: string): string {
  const columns = ['scenario_id varchar', ...COLUMNS.map(({ name, type }) => `${name} ${type}`)];
  const text = `'${scenario.replaceAll("'", "''")}'`;
  const row = (cells: readonly Cell[]) => `(${[text, ...cells.map((cell) => cell ?? 'null')].join(', ')})`;
  const rows = [
    row(COLUMNS.map(({ baseline }) => baseline(summary))),
    ...summary.years.map((year) => row(COLUMNS.map((column) => column.year(year)))),
  ];
  return `create table ${GROWTH_MART} (${columns.join(', ')}); insert into ${GROWTH_MART} values ${rows.join(', ')};`;
}
