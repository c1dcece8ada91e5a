/** How far one step of each lever, up and down, swings growth. */
import { useCallback } from 'react';
import type { ImpactReport } from '../../api/types.js';
import { Chart } from '../../ui/chart/chart.js';
import { categoryAxis, legend, valueAxis } from '../../ui/chart/option.js';
import { FigureTable } from '../../ui/figure-table.js';
import { millions, percentagePoints } from '../../ui/number.js';
import { SERIES_COLOURS, type ChartInk } from '../../ui/palette.js';
import { PARAMETER_WORDS, SHORT_PARAMETER_WORDS } from '../../ui/words.js';

export function TornadoChart({ report }: { readonly report: ImpactReport }) {
  const option = useCallback(
    (ink: ChartInk) => {
      // ECharts draws the first category at the bottom.
      const rows = report.tornado.toReversed();
      return {
        legend: legend(ink),
        tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' } },
        yAxis: categoryAxis(
          ink,
          rows.map(({ parameter_name }) => SHORT_PARAMETER_WORDS[parameter_name]),
        ),
        xAxis: { ...valueAxis(ink, ''), scale: false },
        grid: { left: 8, right: 64, top: 30, bottom: 8, containLabel: true },
        series: [
          side(
            'one step up',
            rows.map(({ up }) => up?.growth ?? 0),
            SERIES_COLOURS[1],
            ink,
          ),
          side(
            'one step down',
            rows.map(({ down }) => down?.growth ?? 0),
            SERIES_COLOURS[0],
            ink,
          ),
        ],
      };
    },
    [report],
  );
  const [widest] = report.tornado;
  return (
    <Chart
      title="Swing of each lever"
      units="pp of growth for one step up and down in all years and levels"
      source="two simulations for each lever"
      height={230}
      summary={
        widest === undefined
          ? 'No lever can move.'
          : `${PARAMETER_WORDS[widest.parameter_name]} moves growth most: ${percentagePoints(widest.growth_swing)} from one step down to one step up.`
      }
      option={option}
      table={
        <FigureTable
          label="Swing of each lever"
          rows={report.tornado}
          rowKey={({ parameter_name }) => parameter_name}
          columns={[
            { head: 'Lever', cell: ({ parameter_name }) => PARAMETER_WORDS[parameter_name] },
            { head: 'Step', number: true, cell: ({ step }) => `${step * 100} pp` },
            { head: 'Down', unit: 'pp', number: true, cell: ({ down }) => percentagePoints(down?.growth, 3) },
            { head: 'Up', unit: 'pp', number: true, cell: ({ up }) => percentagePoints(up?.growth, 3) },
            { head: 'Payroll swing', number: true, cell: ({ payroll_swing }) => millions(payroll_swing) },
          ]}
        />
      }
    />
  );
}

const side = (name: string, data: readonly number[], colour: string, ink: ChartInk) => ({
  name,
  type: 'bar',
  stack: 'swing',
  barMaxWidth: 22,
  itemStyle: { color: colour },
  label: {
    show: true,
    color: ink.text,
    formatter: ({ value }: { value: number }) => (Math.abs(value) < 0.005 ? '' : percentagePoints(value)),
  },
  // Beside the bar, where it is readable however short the bar is.
  data: data.map((value) => ({
    value: Number(value.toFixed(4)),
    label: { position: value < 0 ? 'left' : 'right' },
  })),
});
