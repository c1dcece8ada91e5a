/** Growth of mean pay by year, split into raises, promotions, hires and leavers, which add up to it. */
import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { PayBridge } from '../../api/types.js';
import { bridgeOption, stepsFrom } from '../../ui/chart/bridge.js';
import { Chart } from '../../ui/chart/chart.js';
import { categoryAxis, legend, valueAxis } from '../../ui/chart/option.js';
import { ErrorNotice } from '../../ui/error-notice.js';
import { FigureTable } from '../../ui/figure-table.js';
import { Waiting } from '../../ui/figures.js';
import { GROWTH_PARTS, PART_WORDS, partSteps } from '../../ui/growth-bridge.js';
import { dollars, percent, percentagePoints } from '../../ui/number.js';
import { PART_COLOURS, SERIES_COLOURS, type ChartInk } from '../../ui/palette.js';
import type { ViewProps } from './overview.js';
import { payBridgeQuery } from './queries.js';
import type { ResultsChoice } from './search.js';

type AnyYear = PayBridge['years'][number];
/** A year whose parts this role may see. */
type Year = AnyYear & { readonly growth: number; readonly parts: NonNullable<AnyYear['parts']> };

const isTold = (year: AnyYear): year is Year => year.growth !== null && year.parts !== null;

export interface PayBridgeChartProps extends Pick<ViewProps, 'simulation'> {
  readonly choice: Pick<ResultsChoice, 'parts' | 'choose'>;
}

/** Every year as stacked bars, or one year, or the mean of all, as steps from zero to the growth. */
export function PayBridgeChart({ choice: { parts: shown, choose }, simulation }: PayBridgeChartProps) {
  const { data, error } = useQuery(payBridgeQuery(simulation));
  const option = useCallback(
    (ink: ChartInk) =>
      shown === undefined || data === undefined
        ? stackedOption(ink, (data?.years ?? []).filter(isTold))
        : stepsOption(ink, shown, data.years.filter(isTold)),
    [data, shown],
  );
  if (error) return <ErrorNotice error={error} />;
  if (data === undefined) return <Waiting what="the pay bridge" />;
  const [first] = data.years.filter(isTold);
  const withheld = data.years.filter((year) => !isTold(year)).map(({ year }) => year);
  return (
    <Chart
      title="What made pay grow"
      units="pp of mean growth, all who are active at year end"
      source="events and snapshot"
      summary={`In ${first?.year ?? 'no year shown'} raises gave ${percentagePoints(first?.parts.raises)}, promotions ${percentagePoints(first?.parts.promotions)}, hires ${percentagePoints(first?.parts.hires)} and leavers ${percentagePoints(first?.parts.leavers)}: ${percent(first?.growth)} in all. ${data.reconciles ? '✓ The parts add up in every year.' : '✕ The parts do not add up.'}${withheld.length === 0 ? '' : ` Withheld, as parts are the pay of few people: ${withheld.join(', ')}.`}`}
      option={option}
      control={
        <NativeSelect
          size="xs"
          aria-label="Years of the parts"
          data={[
            { value: '', label: 'Every year' },
            { value: 'mean', label: 'Mean' },
            ...data.years.map(({ year }) => ({ value: String(year), label: String(year) })),
          ]}
          value={shown ?? ''}
          onChange={({ currentTarget: { value } }) =>
            choose({ parts: value === '' ? undefined : value === 'mean' ? value : Number(value) })
          }
        />
      }
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
            ...GROWTH_PARTS.map((part) => ({
              head: PART_WORDS[part],
              unit: 'pp',
              number: true,
              cell: ({ parts }: AnyYear) => percentagePoints(parts?.[part]),
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

function stackedOption(ink: ChartInk, years: readonly Year[]) {
  return {
    legend: legend(ink),
    xAxis: categoryAxis(
      ink,
      years.map(({ year }) => year),
    ),
    yAxis: { ...valueAxis(ink, 'pp of growth'), scale: false },
    series: [
      ...GROWTH_PARTS.map((part) => ({
        name: PART_WORDS[part],
        type: 'bar',
        stack: 'growth',
        barMaxWidth: 46,
        itemStyle: { color: PART_COLOURS[part] },
        data: years.map(({ parts }) => Number(parts[part].toFixed(3))),
      })),
      {
        name: 'Growth',
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
        data: years.map(({ growth }) => Number(growth.toFixed(3))),
      },
    ],
  };
}

function stepsOption(ink: ChartInk, shown: number | 'mean', years: readonly Year[]) {
  const chosen = years.filter(({ year }) => shown === 'mean' || year === shown);
  const mean = (of: (year: Year) => number): number =>
    chosen.reduce((sum, year) => sum + of(year), 0) / Math.max(1, chosen.length);
  const growth = mean((year) => year.growth);
  const bars = [
    ...stepsFrom(
      0,
      partSteps((part) => mean(({ parts }) => parts[part])),
    ),
    { name: PART_WORDS.growth, from: 0, to: growth, colour: SERIES_COLOURS[4], label: percent(growth) },
  ];
  return bridgeOption(ink, bars, 'pp of growth');
}
