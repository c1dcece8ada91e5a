/** How far growth depends on chance: the band between the tenth and ninetieth of a hundred seeds that tuned nothing. */
import { useCallback } from 'react';
import type { OptimizationResult } from '../api/types.js';
import { Chart } from './chart/chart.js';
import { categoryAxis, legend, valueAxis } from './chart/option.js';
import { FigureTable } from './figure-table.js';
import { millions, percent } from './number.js';
import { SERIES_COLOURS, type ChartInk } from './palette.js';

export type Uncertainty = NonNullable<OptimizationResult['uncertainty']>;

export interface UncertaintyChartProps {
  readonly uncertainty: Uncertainty;
  /** Percent. */
  readonly target: number;
}

export function UncertaintyChart({ uncertainty, target }: UncertaintyChartProps) {
  const option = useCallback((ink: ChartInk) => bandOption(ink, uncertainty, target), [uncertainty, target]);
  const { growth, probability_within_tolerance, evaluation_seeds, tuning_seeds } = uncertainty;
  return (
    <Chart
      title="Growth by chance"
      units="growth, percent a year: P10, median and P90"
      source={`${evaluation_seeds.length} random seeds that tuned nothing, tuned on ${tuning_seeds.length}`}
      summary={`Mean growth lies between ${percent(growth.p10)} and ${percent(growth.p90)} for eight seeds of ten, ${percent(growth.p50)} in the middle; ${percent(100 * probability_within_tolerance, 0)} of the seeds meet the target. Only the draws of who leaves, is promoted and hired differ.`}
      option={option}
      height={240}
      table={
        <FigureTable
          label="Growth by chance"
          rows={uncertainty.years}
          rowKey={({ year }) => year}
          columns={[
            { head: 'Year', cell: ({ year }) => year },
            ...(['p10', 'p50', 'p90'] as const).flatMap((name) => [
              {
                head: `Growth ${name.toUpperCase()}`,
                unit: '%',
                number: true,
                cell: ({ growth: of }: Uncertainty['years'][number]) => percent(of[name]),
              },
              {
                head: `Payroll ${name.toUpperCase()}`,
                number: true,
                cell: ({ payroll }: Uncertainty['years'][number]) => millions(payroll[name]),
              },
            ]),
          ]}
        />
      }
    />
  );
}

/** The band is the difference of two stacked lines, the lower one unseen. */
function bandOption(ink: ChartInk, { years }: Uncertainty, target: number) {
  const low = years.map(({ growth }) => growth.p10);
  const line = { type: 'line', symbol: 'none' };
  return {
    legend: { ...legend(ink), data: ['P10 to P90', 'median'] },
    tooltip: { show: false },
    grid: { left: 8, right: 90, top: 34, bottom: 8, containLabel: true },
    xAxis: categoryAxis(
      ink,
      years.map(({ year }) => year),
    ),
    yAxis: valueAxis(ink, 'growth, %'),
    series: [
      { ...line, name: 'P10', stack: 'band', data: low, lineStyle: { opacity: 0 }, stackStrategy: 'all' },
      {
        ...line,
        name: 'P10 to P90',
        stack: 'band',
        stackStrategy: 'all',
        data: years.map(({ growth }) => growth.p90 - growth.p10),
        lineStyle: { opacity: 0 },
        itemStyle: { color: SERIES_COLOURS[0] },
        areaStyle: { color: SERIES_COLOURS[0], opacity: 0.28 },
      },
      {
        ...line,
        name: 'median',
        symbol: 'circle',
        symbolSize: 8,
        data: years.map(({ growth }) => growth.p50),
        lineStyle: { color: SERIES_COLOURS[0], width: 2 },
        itemStyle: { color: SERIES_COLOURS[0] },
        label: {
          show: true,
          color: ink.text,
          formatter: ({ value }: { value: number }) => value.toFixed(2),
        },
        markLine: {
          symbol: 'none',
          silent: true,
          lineStyle: { color: ink.target, width: 1.5, type: 'dashed' },
          label: { formatter: `target ${target} %`, color: ink.target, position: 'end' },
          data: [{ yAxis: target }],
        },
      },
    ],
  };
}
