/** From the growth of the current levers to that of the draft, one lever after another. */
import { useCallback } from 'react';
import { PAYS_CASH } from '../../../../src/levers/catalogue.terms.js';
import type { ImpactReport } from '../../api/types.js';
import { bridgeOption, stepsFrom } from '../../ui/chart/bridge.js';
import { Chart } from '../../ui/chart/chart.js';
import { FigureTable } from '../../ui/figure-table.js';
import { percent, percentagePoints, signedMillions } from '../../ui/number.js';
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
            { head: 'Payroll of all years', number: true, cell: ({ payroll }) => signedMillions(payroll) },
            ...(PAYS_CASH
              ? [
                  {
                    head: 'Cash of all years',
                    number: true,
                    cell: ({ cash_paid = 0 }: ImpactReport['waterfall'][number]) => signedMillions(cash_paid),
                  },
                ]
              : []),
          ]}
        />
      }
    />
  );
}

function waterfallOption(ink: ChartInk, { baseline, proposed, waterfall }: ImpactReport, target: number) {
  const whole = (name: string, growth: number) => ({
    name,
    from: 0,
    to: growth,
    colour: SERIES_COLOURS[0],
    label: percent(growth),
  });
  const steps = waterfall
    .filter(({ levers_changed }) => levers_changed > 0)
    .map(({ parameter_name, growth }) => ({
      name: SHORT_PARAMETER_WORDS[parameter_name],
      by: growth,
      colour: growth < 0 ? SERIES_COLOURS[2] : SERIES_COLOURS[1],
      label: percentagePoints(growth),
    }));
  const bars = [
    whole('current', baseline.growth),
    ...stepsFrom(baseline.growth, steps),
    whole('draft', proposed.growth),
  ];
  const bridge = bridgeOption(ink, bars, 'growth, %');
  return {
    ...bridge,
    grid: { left: 8, right: 90, top: 34, bottom: 8, containLabel: true },
    series: bridge.series.map((series, index) =>
      index === 0 ? { ...series, markLine: targetLine(ink, target) } : series,
    ),
  };
}

const targetLine = (ink: ChartInk, target: number) => ({
  symbol: 'none',
  silent: true,
  lineStyle: { color: ink.target, type: 'dashed', width: 1.5 },
  label: { formatter: `target ${target} %`, color: ink.target, position: 'end' },
  data: [{ yAxis: target }],
});
