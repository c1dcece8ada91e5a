/** Growth by iteration with the target line and its tolerance zone. */
import { useCallback } from 'react';
import { Chart } from '../../ui/chart/chart.js';
import { categoryAxis, legend, valueAxis } from '../../ui/chart/option.js';
import { percent, percentagePoints } from '../../ui/number.js';
import { SERIES_COLOURS, type ChartInk } from '../../ui/palette.js';
import { IterationTable } from './iteration-table.js';
import type { Point } from './points.js';

export interface ConvergenceChartProps {
  readonly points: readonly Point[];
  /** Percent. */
  readonly target: number;
  /** pp. */
  readonly tolerance: number;
}

export function ConvergenceChart({ points, target, tolerance }: ConvergenceChartProps) {
  const option = useCallback(
    (ink: ChartInk) => convergenceOption(ink, points, target, tolerance),
    [points, target, tolerance],
  );
  const last = points.at(-1);
  const summary =
    last === undefined
      ? 'No simulation is in yet.'
      : `From ${percent(points[0]?.growth)} to ${percent(last.growth)} after ${iterationsText(points)}; target ${percent(target)} ± ${tolerance} pp, gap ${percentagePoints(last.gap, 3)}.`;
  return (
    <Chart
      title="Convergence"
      units="mean growth, percent a year"
      source="each point is one simulation of all plan years"
      summary={summary}
      option={option}
      height={270}
      table={<IterationTable points={points} />}
    />
  );
}

function iterationsText(points: readonly Point[]): string {
  const count = points.filter(({ label }) => label.startsWith('iteration')).length;
  return `${count} ${count === 1 ? 'iteration' : 'iterations'}`;
}

function convergenceOption(ink: ChartInk, points: readonly Point[], target: number, tolerance: number) {
  const values = [...points.map(({ growth }) => growth), target - tolerance, target + tolerance];
  const low = Math.min(...values);
  const high = Math.max(...values);
  const room = (high - low || 1) * 0.12;
  return {
    legend: { ...legend(ink), data: ['growth', 'best so far'] },
    grid: { left: 8, right: 90, top: 34, bottom: 24, containLabel: true },
    xAxis: categoryAxis(
      ink,
      points.map(({ iteration, label }) => label.replace('iteration ', '') || iteration),
      'iteration',
    ),
    yAxis: {
      ...valueAxis(ink, 'growth, %', (value) => value.toFixed(high - low < 1 ? 2 : 1)),
      // The ends are no round numbers.
      axisLabel: { color: ink.faint, showMinLabel: false, showMaxLabel: false },
      min: low - room,
      max: high + room,
    },
    series: [
      {
        name: 'growth',
        type: 'line',
        data: points.map(({ growth }) => growth),
        symbol: 'circle',
        symbolSize: 9,
        lineStyle: { width: 2, color: SERIES_COLOURS[0] },
        itemStyle: { color: SERIES_COLOURS[0] },
        label: {
          show: points.length <= 12,
          formatter: ({ value }: { value: number }) => value.toFixed(2),
          color: ink.text,
        },
        markLine: {
          symbol: 'none',
          silent: true,
          lineStyle: { color: ink.target, width: 1.5, type: 'dashed' },
          label: { formatter: `target ${target} %`, color: ink.target, position: 'end' },
          data: [{ yAxis: target }],
        },
        markArea: {
          silent: true,
          itemStyle: { color: ink.target, opacity: 0.16 },
          data: [[{ yAxis: target - tolerance }, { yAxis: target + tolerance }]],
        },
      },
      {
        name: 'best so far',
        type: 'line',
        step: 'end',
        symbol: 'none',
        data: points.map(({ best }) => best),
        lineStyle: { width: 1.5, type: 'dotted', color: ink.faint },
        itemStyle: { color: ink.faint },
      },
    ],
  };
}
