/** People by year and detailed status, stacked. */
import { useCallback } from 'react';
import { STATUSES, type DetailedStatus } from '../../../../src/shared/contract/choices.terms.js';
import type { Results } from '../../api/types.js';
import { Chart } from '../../ui/chart/chart.js';
import { categoryAxis, legend, valueAxis } from '../../ui/chart/option.js';
import { FigureTable } from '../../ui/figure-table.js';
import { count } from '../../ui/number.js';
import { STATUS_COLOURS, type ChartInk } from '../../ui/palette.js';
import { STATUS_WORDS } from '../../ui/words.js';

export interface HeadcountChartProps {
  /** By year and status. */
  readonly split: Results;
  readonly statuses: readonly DetailedStatus[];
}

/** Beside the colour, so that the parts are told apart in black and white too. */
const PATTERNS: Partial<Record<DetailedStatus, object>> = {
  experienced_termination: {
    symbol: 'rect',
    symbolSize: 1,
    dashArrayX: [1, 0],
    dashArrayY: [2, 4],
    rotation: 0.8,
    color: 'rgba(0,0,0,.28)',
  },
  new_hire_termination: {
    symbol: 'circle',
    symbolSize: 0.6,
    dashArrayX: [
      [6, 6],
      [0, 6, 6, 0],
    ],
    dashArrayY: [6, 0],
    color: 'rgba(0,0,0,.28)',
  },
};

export function HeadcountChart({ split, statuses }: HeadcountChartProps) {
  const years = split.years.map(({ year }) => year);
  const heads = (status: DetailedStatus): number[] =>
    years.map((year) => split.rows.find((row) => row.year === year && row.status === status)?.headcount ?? 0);
  const option = useCallback(
    (ink: ChartInk) => ({
      legend: legend(ink),
      xAxis: categoryAxis(
        ink,
        split.years.map(({ year }) => year),
      ),
      yAxis: { ...valueAxis(ink, 'people'), scale: false },
      series: statuses.map((status) => ({
        name: STATUS_WORDS[status],
        type: 'bar',
        stack: 'people',
        barMaxWidth: 46,
        itemStyle: {
          color: STATUS_COLOURS[status],
          ...(PATTERNS[status] ? { decal: PATTERNS[status] } : {}),
        },
        data: split.years.map(
          ({ year }) => split.rows.find((row) => row.year === year && row.status === status)?.headcount ?? 0,
        ),
      })),
    }),
    [split, statuses],
  );
  const active = heads('continuous_active').map(
    (value, index) => value + (heads('new_hire_active')[index] ?? 0),
  );
  return (
    <Chart
      title="Headcount by status"
      units="people of the year"
      source="fct_workforce_snapshot"
      summary={`Active at year end: ${count(active[0])} in ${years[0]}, ${count(active.at(-1))} in ${years.at(-1)}.`}
      option={option}
      table={
        <FigureTable
          label="Headcount by status"
          rows={years}
          rowKey={(year) => year}
          columns={[
            { head: 'Year', cell: (year) => year },
            ...STATUSES.map((status) => ({
              head: STATUS_WORDS[status],
              number: true,
              cell: (year: number) => count(heads(status)[years.indexOf(year)]),
            })),
          ]}
        />
      }
    />
  );
}
