/** Growth of mean pay by year, split into raises, promotions, hires and leavers, which add up to it. */
import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { Chart } from '../../ui/chart/chart.js';
import { categoryAxis, legend, valueAxis } from '../../ui/chart/option.js';
import { ErrorNotice } from '../../ui/error-notice.js';
import { FigureTable } from '../../ui/figure-table.js';
import { Waiting } from '../../ui/figures.js';
import { dollars, percent, percentagePoints } from '../../ui/number.js';
import { PART_COLOURS, type ChartInk } from '../../ui/palette.js';
import { payBridgeQuery } from './queries.js';

const PARTS = ['raises', 'promotions', 'hires', 'leavers'] as const;

export function PayBridgeChart({ simulation }: { readonly simulation: string }) {
  const { data, error } = useQuery(payBridgeQuery(simulation));
  const option = useCallback(
    (ink: ChartInk) => ({
      legend: legend(ink),
      xAxis: categoryAxis(ink, data?.years.map(({ year }) => year) ?? []),
      yAxis: { ...valueAxis(ink, 'pp of growth'), scale: false },
      series: [
        ...PARTS.map((part) => ({
          name: part,
          type: 'bar',
          stack: 'growth',
          barMaxWidth: 46,
          itemStyle: { color: PART_COLOURS[part] },
          data: data?.years.map(({ parts }) => Number(parts[part].toFixed(3))),
        })),
        {
          name: 'growth',
          type: 'line',
          symbol: 'diamond',
          symbolSize: 10,
          lineStyle: { color: ink.text, width: 1, type: 'dotted' },
          itemStyle: { color: ink.text },
          label: {
            show: true,
            position: 'top',
            color: ink.text,
            backgroundColor: ink.surface,
            padding: [1, 3],
            formatter: ({ value }: { value: number }) => value.toFixed(2),
          },
          data: data?.years.map(({ growth }) => Number(growth.toFixed(3))),
        },
      ],
    }),
    [data],
  );
  if (error) return <ErrorNotice error={error} />;
  if (data === undefined) return <Waiting what="the pay bridge" />;
  const [first] = data.years;
  return (
    <Chart
      title="What made pay grow"
      units="pp of mean growth, all who are active at year end"
      source="events and snapshot"
      summary={`In ${first?.year} raises gave ${percentagePoints(first?.parts.raises)}, promotions ${percentagePoints(first?.parts.promotions)}, hires ${percentagePoints(first?.parts.hires)} and leavers ${percentagePoints(first?.parts.leavers)}: ${percent(first?.growth)} in all. ${data.reconciles ? '✓ The parts add up in every year.' : '✕ The parts do not add up.'}`}
      option={option}
      table={
        <FigureTable
          label="Parts of growth by year"
          rows={data.years}
          rowKey={({ year }) => year}
          columns={[
            { head: 'Year', cell: ({ year }) => year },
            {
              head: 'Opening',
              unit: 'USD',
              number: true,
              cell: ({ opening_mean_pay }) => dollars(opening_mean_pay),
            },
            ...PARTS.map((part) => ({
              head: part,
              unit: 'pp',
              number: true,
              cell: ({ parts }: NonNullable<typeof data>['years'][number]) => percentagePoints(parts[part]),
            })),
            { head: 'Growth', number: true, cell: ({ growth }) => percent(growth) },
            {
              head: 'Closing',
              unit: 'USD',
              number: true,
              cell: ({ closing_mean_pay }) => dollars(closing_mean_pay),
            },
          ]}
        />
      }
    />
  );
}
