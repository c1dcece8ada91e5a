/** Pay by job level: the tenth, quarters and ninetieth of a hundred as a box. */
import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { Chart } from '../../ui/chart/chart.js';
import { categoryAxis, valueAxis } from '../../ui/chart/option.js';
import { ErrorNotice } from '../../ui/error-notice.js';
import { FigureTable } from '../../ui/figure-table.js';
import { Waiting } from '../../ui/figures.js';
import { count, dollars } from '../../ui/number.js';
import { SERIES_COLOURS, type ChartInk } from '../../ui/palette.js';
import type { ViewProps } from './overview.js';
import { distributionQuery } from './queries.js';

export function DistributionChart({ choice, simulation }: ViewProps) {
  const { year, statuses, choose, known } = choice;
  const { data, error } = useQuery(distributionQuery(simulation, { year, statuses: statuses.join(',') }));
  const option = useCallback(
    (ink: ChartInk) => ({
      tooltip: { show: false },
      xAxis: categoryAxis(ink, data?.levels.map(({ level }) => level) ?? [], 'job level'),
      yAxis: { ...valueAxis(ink, 'USD a year', (value) => `$${value / 1000}k`), scale: false },
      grid: { left: 8, right: 16, top: 30, bottom: 24, containLabel: true },
      series: [
        {
          type: 'custom',
          // No box without all of its figures: some are withheld from some roles.
          data: (data?.levels ?? []).flatMap(({ p10, p25, median, p75, p90 }, index) =>
            [p10, p25, median, p75, p90].includes(null) ? [] : [[index, p10, p25, median, p75, p90]],
          ),
          renderItem: (_: unknown, api: BoxApi) => box(api, ink),
          encode: { x: 0, y: [1, 2, 3, 4, 5] },
        },
      ],
    }),
    [data],
  );
  if (error) return <ErrorNotice error={error} />;
  if (data === undefined) return <Waiting what="the distribution" />;
  const [first] = data.levels;
  const hidden = data.levels.find(({ why_hidden }) => why_hidden !== null)?.why_hidden;
  const listing = known.find(({ simulation_id }) => simulation_id === simulation);
  const years =
    listing === undefined
      ? [data.year]
      : Array.from(
          { length: listing.last_year - listing.first_year + 1 },
          (_, index) => listing.first_year + index,
        );
  return (
    <Chart
      title={`Pay by level, ${data.year}`}
      units="USD a year: P10, quarters, median, P90"
      source="fct_workforce_snapshot"
      summary={`Median of level ${first?.level}: ${dollars(first?.median)}; of level ${data.levels.at(-1)?.level}: ${dollars(data.levels.at(-1)?.median)}.${hidden == null ? '' : ` Shown as –: ${hidden}.`}`}
      option={option}
      control={
        <NativeSelect
          size="xs"
          aria-label="Year of the distribution"
          data={years.map(String)}
          value={data.year}
          onChange={({ currentTarget }) => choose({ year: Number(currentTarget.value) })}
        />
      }
      table={
        <FigureTable
          label="Pay by level"
          rows={data.levels}
          rowKey={({ level }) => level}
          columns={[
            { head: 'Level', cell: ({ level }) => level },
            { head: 'People', number: true, cell: ({ headcount }) => count(headcount) },
            ...(['min', 'p10', 'p25', 'median', 'p75', 'p90', 'max', 'mean'] as const).map((name) => ({
              head: name,
              unit: 'USD',
              number: true,
              cell: (level: NonNullable<typeof data>['levels'][number]) => dollars(level[name]),
            })),
          ]}
        />
      }
    />
  );
}

interface BoxApi {
  value(dimension: number): number;
  coord(point: readonly [number, number]): [number, number];
  size(extent: readonly [number, number]): [number, number];
}

/** One box: thin line from P10 to P90, thick from P25 to P75, a bar at the median. */
function box(api: BoxApi, ink: ChartInk) {
  const at = (dimension: number): [number, number] => api.coord([api.value(0), api.value(dimension)]);
  const [x, low] = at(1);
  const [, quarter] = at(2);
  const [, middle] = at(3);
  const [, threeQuarters] = at(4);
  const [, high] = at(5);
  const half = Math.min(22, api.size([1, 0])[0] * 0.3);
  const line = { stroke: ink.text, lineWidth: 1.2 };
  return {
    type: 'group',
    children: [
      { type: 'line', shape: { x1: x, y1: low, x2: x, y2: high }, style: line },
      { type: 'line', shape: { x1: x - half / 2, y1: low, x2: x + half / 2, y2: low }, style: line },
      { type: 'line', shape: { x1: x - half / 2, y1: high, x2: x + half / 2, y2: high }, style: line },
      {
        type: 'rect',
        shape: { x: x - half, y: threeQuarters, width: 2 * half, height: quarter - threeQuarters },
        style: { fill: SERIES_COLOURS[0], stroke: ink.text, lineWidth: 1 },
      },
      {
        type: 'line',
        shape: { x1: x - half, y1: middle, x2: x + half, y2: middle },
        style: { stroke: '#fff', lineWidth: 2 },
      },
    ],
  };
}
