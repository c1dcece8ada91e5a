/** One step of each lever in each year alone: how much mean growth it moves. */
import { useCallback } from 'react';
import type { ImpactReport } from '../../api/types.js';
import { Chart } from '../../ui/chart/chart.js';
import { categoryAxis } from '../../ui/chart/option.js';
import { FigureTable } from '../../ui/figure-table.js';
import { percentagePoints } from '../../ui/number.js';
import type { ChartInk } from '../../ui/palette.js';
import { PARAMETER_WORDS, SHORT_PARAMETER_WORDS } from '../../ui/words.js';

export function HeatMap({ report }: { readonly report: ImpactReport }) {
  const names = [...new Set(report.heat_map.map(({ parameter_name }) => parameter_name))];
  const years = [...new Set(report.heat_map.map(({ fiscal_year }) => fiscal_year ?? 0))];
  const option = useCallback((ink: ChartInk) => heatOption(ink, report.heat_map), [report]);
  return (
    <Chart
      title="Each lever in each year"
      units="pp of mean growth for one step in that year alone"
      source="a simulation for each cell"
      height={240}
      summary="The stronger the colour, the more a step there moves the mean growth of the horizon."
      option={option}
      table={
        <FigureTable
          label="Each lever in each year"
          rows={names}
          rowKey={(name) => name}
          columns={[
            { head: 'Lever', cell: (name) => PARAMETER_WORDS[name] },
            ...years.map((year) => ({
              head: String(year),
              unit: 'pp',
              number: true,
              cell: (name: (typeof names)[number]) =>
                percentagePoints(
                  report.heat_map.find((cell) => cell.parameter_name === name && cell.fiscal_year === year)
                    ?.growth,
                  3,
                ),
            })),
          ]}
        />
      }
    />
  );
}

function heatOption(ink: ChartInk, cells: ImpactReport['heat_map']) {
  const names = [...new Set(cells.map(({ parameter_name }) => parameter_name))];
  const years = [...new Set(cells.map(({ fiscal_year }) => fiscal_year ?? 0))];
  const most = Math.max(...cells.map(({ growth }) => Math.abs(growth)), 0.001);
  return {
    tooltip: { show: false },
    grid: { left: 8, right: 8, top: 8, bottom: 8, containLabel: true },
    xAxis: { ...categoryAxis(ink, years), position: 'top' },
    yAxis: {
      ...categoryAxis(
        ink,
        names.map((name) => SHORT_PARAMETER_WORDS[name]),
      ),
      inverse: true,
    },
    visualMap: {
      show: false,
      min: -most,
      max: most,
      // Blue falls, orange rises: told apart with any colour vision; the number stands in each cell.
      inRange: { color: ['#4a90c2', ink.surface, '#e08a3c'] },
    },
    series: [
      {
        type: 'heatmap',
        itemStyle: { borderColor: ink.grid, borderWidth: 1 },
        label: {
          show: true,
          color: ink.text,
          formatter: ({ value }: { value: readonly number[] }) => percentagePoints(value[2]),
        },
        data: cells.map(({ parameter_name, fiscal_year, growth }) => [
          years.indexOf(fiscal_year ?? 0),
          names.indexOf(parameter_name),
          Number(growth.toFixed(4)),
        ]),
      },
    ],
  };
}
