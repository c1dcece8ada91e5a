/** Two to six simulations side by side; at first only what differs. */
import { Checkbox, MultiSelect, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Comparison } from '../../api/types.js';
import { Chart } from '../../ui/chart/chart.js';
import { categoryAxis, legend, valueAxis } from '../../ui/chart/option.js';
import { ErrorNotice } from '../../ui/error-notice.js';
import { FigureTable } from '../../ui/figure-table.js';
import { EmptyPlace, Panel, Waiting } from '../../ui/figures.js';
import { parameterWord } from '../../ui/lever-diff.js';
import { leverText } from '../../ui/lever-value.js';
import { moment, percent, shortId } from '../../ui/number.js';
import { SERIES_COLOURS, type ChartInk } from '../../ui/palette.js';
import { plainWords } from '../../ui/words.js';
import { comparedFigures, growthLines, yearsOf } from './compared.js';
import { DifferenceBridges } from './difference-bridges.js';
import type { ViewProps } from './overview.js';
import { comparisonQuery } from './queries.js';

const MOST = 5;
const SYMBOLS = ['circle', 'rect', 'triangle', 'diamond', 'pin', 'arrow'];

export function CompareView({ choice, simulation }: ViewProps) {
  const { others, known, statuses, metric, showAll, choose } = choice;
  const ids = [simulation, ...others.filter((id) => id !== simulation)];
  const { data, error } = useQuery({
    ...comparisonQuery(ids, { metric, statuses: statuses.join(',') }),
    enabled: ids.length > 1,
  });
  return (
    <Stack gap="md">
      <MultiSelect
        size="xs"
        label="Compare with"
        description="Up to five simulations; the differences are against the first"
        maxValues={MOST}
        searchable
        data={known
          .filter(({ simulation_id }) => simulation_id !== simulation)
          .map((listing) => ({
            value: listing.simulation_id,
            label: `${shortId(listing.simulation_id)} · ${listing.scenario} · ${percent(listing.mean_growth)} · ${moment(listing.made_at)}`,
          }))}
        value={others.filter((id) => id !== simulation)}
        onChange={(chosen) => choose({ with: chosen.length === 0 ? undefined : chosen.join(',') })}
      />
      {ids.length < 2 ? (
        <EmptyPlace title="Nothing to compare with">Choose one or more simulations above.</EmptyPlace>
      ) : error ? (
        <ErrorNotice error={error} />
      ) : data === undefined ? (
        <Waiting what="the comparison" />
      ) : (
        <Compared
          data={data}
          showAll={showAll}
          onShowAll={(all) => choose({ all: all ? 'yes' : undefined })}
        />
      )}
    </Stack>
  );
}

interface ComparedProps {
  readonly data: Comparison;
  readonly showAll: boolean;
  readonly onShowAll: (all: boolean) => void;
}

function Compared({ data, showAll, onShowAll }: ComparedProps) {
  const { simulations, inputs, levers } = data;
  const shown = <Item extends { readonly equal: boolean }>(items: readonly Item[]): Item[] =>
    items.filter(({ equal }) => showAll || !equal);
  const names = simulations.map(
    ({ simulation_id, scenario }) => `${shortId(simulation_id)} ${scenario ?? ''}`,
  );
  const option = useCallback(
    (ink: ChartInk) => ({
      legend: legend(ink),
      xAxis: categoryAxis(
        ink,
        yearsOf(simulations).map(({ year }) => year),
      ),
      yAxis: valueAxis(ink, 'growth, %'),
      series: simulations.map(({ simulation_id, scenario }, index) => ({
        name: `${shortId(simulation_id)} ${scenario ?? ''}`,
        type: 'line',
        symbol: SYMBOLS[index],
        symbolSize: 8,
        lineStyle: { color: SERIES_COLOURS[index], type: index === 0 ? 'solid' : 'dashed' },
        itemStyle: { color: SERIES_COLOURS[index] },
        data: growthLines(simulations)[index],
      })),
    }),
    [simulations],
  );
  const figures = comparedFigures(simulations);
  const columnsOf = <Row extends { readonly texts: readonly string[]; readonly name: string }>(
    head: string,
  ) => [
    { head, cell: ({ name }: Row) => name },
    ...names.map((name, index) => ({
      head: name,
      number: true,
      cell: ({ texts }: Row) => texts[index] ?? '–',
    })),
  ];
  const leverLines = shown(levers).map(({ fiscal_year, job_level, parameter_name, values }) => ({
    name: `${parameterWord(parameter_name)}, level ${job_level}, ${fiscal_year}`,
    texts: values.map(leverText),
  }));
  return (
    <>
      <Checkbox
        size="xs"
        label="Only what differs"
        checked={!showAll}
        onChange={({ currentTarget }) => onShowAll(!currentTarget.checked)}
      />
      <Chart
        title="Growth side by side"
        units="percent a year"
        source="stored simulations"
        summary={simulations
          .map(({ mean_growth }, index) => `${names[index]}: ${percent(mean_growth)}`)
          .join('; ')}
        option={option}
        table={
          <FigureTable
            label="Growth side by side"
            rows={figures}
            rowKey={({ name }) => name}
            columns={columnsOf('Figure')}
          />
        }
      />
      <DifferenceBridges simulations={simulations} />
      <Panel title="Figures">
        <FigureTable
          label="Figures compared"
          rows={figures.filter(({ equal }) => showAll || !equal)}
          rowKey={({ name }) => name}
          columns={columnsOf('Figure')}
        />
      </Panel>
      <Panel title="What they were made of">
        {shown(inputs).length === 0 ? (
          <Text size="sm">Every input is the same.</Text>
        ) : (
          <FigureTable
            label="Inputs compared"
            rows={shown(inputs).map(({ name, values }) => ({
              name: plainWords(name),
              texts: values.map((value) => String(value).slice(0, 24)),
            }))}
            rowKey={({ name }) => name}
            columns={columnsOf('Input')}
          />
        )}
      </Panel>
      <Panel title="Levers">
        {leverLines.length === 0 ? (
          <Text size="sm">Every lever is the same.</Text>
        ) : (
          <div className="rows-scroll" tabIndex={0} role="region" aria-label="Levers compared">
            <FigureTable
              label="Levers compared"
              rows={leverLines}
              rowKey={({ name }) => name}
              columns={columnsOf('Lever')}
            />
          </div>
        )}
      </Panel>
    </>
  );
}
