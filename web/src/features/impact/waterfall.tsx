/** From the growth of the current levers to that of the draft, one lever after another. */
import { useCallback } from 'react';
import type { ImpactReport } from '../../api/types.js';
import { Chart } from '../../ui/chart/chart.js';
import { categoryAxis, valueAxis } from '../../ui/chart/option.js';
import { FigureTable } from '../../ui/figure-table.js';
import { millions, percent, percentagePoints } from '../../ui/number.js';
import { SERIES_COLOURS, type ChartInk } from '../../ui/palette.js';
import { SHORT_PARAMETER_WORDS } from '../../ui/words.js';

export interface WaterfallChartProps {
  readonly report: ImpactReport;
  /** Percent. */
  readonly target: number;
}

export function WaterfallChart({ report, target }: WaterfallChartProps) {
  const option = useCallback((ink: ChartInk) => waterfallOption(ink, report, target), [report, target]);
  const { baseline, proposed, waterfall } = report;
  return (
    <Chart
      title="From current to draft"
      units="mean growth, percent a year; steps in pp"
      source="a simulation after each lever"
      summary={`${percent(baseline.growth)} with the current levers; ${waterfall
        .filter(({ levers_changed }) => levers_changed > 0)
        .map(
          ({ parameter_name, growth }) =>
            `${SHORT_PARAMETER_WORDS[parameter_name]} ${percentagePoints(growth)}`,
        )
        .join(', ')}; ${percent(proposed.growth)} with the draft.`}
      option={option}
      table={
        <FigureTable
          label="Effect of each lever"
          rows={waterfall}
          rowKey={({ parameter_name }) => parameter_name}
          columns={[
            { head: 'Lever', cell: ({ parameter_name }) => SHORT_PARAMETER_WORDS[parameter_name] },
            { head: 'Levers changed', number: true, cell: ({ levers_changed }) => levers_changed },
            { head: 'Growth', unit: 'pp', number: true, cell: ({ growth }) => percentagePoints(growth, 3) },
            { head: 'Payroll of all years', number: true, cell: ({ payroll }) => millions(payroll) },
          ]}
        />
      }
    />
  );
}

function waterfallOption(ink: ChartInk, { baseline, proposed, waterfall }: ImpactReport, target: number) {
  const steps: { name: string; from: number; to: number }[] = [];
  let at = baseline.growth;
  for (const { parameter_name, growth, levers_changed } of waterfall) {
    if (levers_changed === 0) continue;
    steps.push({ name: SHORT_PARAMETER_WORDS[parameter_name], from: at, to: at + growth });
    at += growth;
  }
  const bars = [
    { name: 'current', from: 0, to: baseline.growth },
    ...steps,
    { name: 'draft', from: 0, to: proposed.growth },
  ];
  const isTotal = (index: number): boolean => index === 0 || index === bars.length - 1;
  return {
    xAxis: categoryAxis(
      ink,
      bars.map(({ name }) => name),
    ),
    yAxis: { ...valueAxis(ink, 'growth, %'), scale: false },
    grid: { left: 8, right: 90, top: 34, bottom: 8, containLabel: true },
    series: [
      {
        type: 'bar',
        stack: 'bridge',
        silent: true,
        itemStyle: { color: 'transparent' },
        data: bars.map(({ from, to }) => Math.min(from, to)),
      },
      {
        name: 'growth',
        type: 'bar',
        stack: 'bridge',
        barMaxWidth: 54,
        data: bars.map(({ from, to }, index) => ({
          value: Math.abs(to - from),
          itemStyle: {
            color: isTotal(index) ? SERIES_COLOURS[0] : to < from ? SERIES_COLOURS[2] : SERIES_COLOURS[1],
          },
        })),
        label: {
          show: true,
          position: 'top',
          color: ink.text,
          formatter: ({ dataIndex }: { dataIndex: number }) => {
            const bar = bars[dataIndex];
            if (bar === undefined) return '';
            return isTotal(dataIndex) ? percent(bar.to) : percentagePoints(bar.to - bar.from);
          },
        },
        markLine: {
          symbol: 'none',
          silent: true,
          lineStyle: { color: ink.target, type: 'dashed', width: 1.5 },
          label: { formatter: `target ${target} %`, color: ink.target, position: 'end' },
          data: [{ yAxis: target }],
        },
      },
    ],
  };
}
