/** How each figure is computed, in words and as SQL over the files of a simulation. */
import { HEADCOUNT_BRIDGE, distributionSql, payByYear } from './population.js';

export interface FigureDefinition {
  readonly figure: string;
  readonly title: string;
  readonly unit: 'USD' | 'percent' | 'pp' | 'people';
  readonly description: string;
  readonly sql: string;
}

const ACTIVES = {
  statuses: ['continuous_active', 'new_hire_active'] as const,
  levels: undefined,
};
const PAY = payByYear(ACTIVES, 'year');

const growthSql = (value: string): string => `with pay as (
${PAY}
)
select simulation_year, (${value} / lag(${value}) over (order by simulation_year) - 1) * 100 as growth
from pay
order by simulation_year`;

/** The first year compares with the baseline, which stands in summary.json. */
const FIRST =
  'The first year compares with all active people of the census (baseline in summary.json), so the SQL gives it no value.';
const POPULATION =
  'Of the people with the chosen detailed statuses at year end; by default all who are active.';

export const DEFINITIONS: readonly FigureDefinition[] = [
  {
    figure: 'headcount',
    title: 'Headcount',
    unit: 'people',
    description: `${POPULATION} The column headcount.`,
    sql: PAY,
  },
  {
    figure: 'mean_pay',
    title: 'Mean pay',
    unit: 'USD',
    description: `Sum of annual pay in force on the last day, divided by headcount. ${POPULATION} The column mean_pay.`,
    sql: PAY,
  },
  {
    figure: 'median_pay',
    title: 'Median pay',
    unit: 'USD',
    description: `Middle of annual pay in force on the last day. ${POPULATION} The column median_pay.`,
    sql: PAY,
  },
  {
    figure: 'payroll',
    title: 'Payroll',
    unit: 'USD',
    description: `Sum of annual pay in force on the last day. ${POPULATION} The column payroll.`,
    sql: PAY,
  },
  {
    figure: 'prorated_mean_pay',
    title: 'Mean pay earned',
    unit: 'USD',
    description: `Mean of the pay earned in the year, day by day. ${POPULATION} The column prorated_mean_pay.`,
    sql: PAY,
  },
  {
    figure: 'growth_mean',
    title: 'Growth of mean pay',
    unit: 'percent',
    description: `Mean pay divided by that of the year before, minus one. ${FIRST}`,
    sql: growthSql('mean_pay'),
  },
  {
    figure: 'growth_median',
    title: 'Growth of median pay',
    unit: 'percent',
    description: `Median pay divided by that of the year before, minus one. ${FIRST}`,
    sql: growthSql('median_pay'),
  },
  {
    figure: 'growth_payroll',
    title: 'Growth of payroll',
    unit: 'percent',
    description: `Payroll divided by that of the year before, minus one. ${FIRST}`,
    sql: growthSql('payroll'),
  },
  {
    figure: 'growth_prorated-mean',
    title: 'Growth of mean pay earned',
    unit: 'percent',
    description: `Mean pay earned divided by that of the year before, minus one. In the baseline year whoever was hired in it earned from that day on, as in a plan year, at the pay of the census, which tells no earlier one. ${FIRST}`,
    sql: growthSql('prorated_mean_pay'),
  },
  {
    figure: 'growth_matched-cohort',
    title: 'Growth of the matched cohort',
    unit: 'percent',
    description:
      'Pay at year end of those who were there all year, divided by their pay when it began, minus one.',
    sql: `with pay as (\n${PAY}\n)\nselect simulation_year, (stayers_pay / stayers_opening_pay - 1) * 100 as growth\nfrom pay\norder by simulation_year`,
  },
  {
    figure: 'headcount_bridge',
    title: 'Headcount bridge',
    unit: 'people',
    description:
      'Opening headcount plus hires minus terminations is the closing headcount, each counted on its own.',
    sql: HEADCOUNT_BRIDGE,
  },
  {
    figure: 'pay_bridge',
    title: 'Pay bridge',
    unit: 'pp',
    description:
      'Growth of mean pay split into what leavers, raises, promotions and hires did, each divided by the mean pay of the year before: leavers = mean opening pay of those who stay − mean pay of the year before; raises and promotions = sum of their amounts for stayers / stayers; hires = mean of all − mean of stayers. The SQL gives leavers and hires in USD; raises and promotions come from the events.',
    sql: `select simulation_year,
  avg(opening_compensation::double) filter (detailed_status_code = 'continuous_active') as stayers_opening_mean,
  avg(current_compensation::double) filter (detailed_status_code = 'continuous_active') as stayers_mean,
  avg(current_compensation::double) filter (employment_status = 'active') as mean_pay
from 'fct_workforce_snapshot.parquet'
group by simulation_year
order by simulation_year`,
  },
  {
    figure: 'distribution',
    title: 'Distribution of pay',
    unit: 'USD',
    description: `Quantiles of annual pay by job level, between values by linear interpolation. ${POPULATION} The SQL is for one year.`,
    sql: distributionSql(ACTIVES, 2025),
  },
];
