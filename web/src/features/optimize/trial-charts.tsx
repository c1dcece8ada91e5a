/** The trials of one or several runs: parallel coordinates of levers and growth, and growth over one lever. */
import { Grid, NativeSelect } from '@mantine/core';
import { useCallback } from 'react';
import { PARAMETER_NAMES, type ParameterName } from '../../../../src/levers/catalogue.terms.js';
import { Chart } from '../../ui/chart/chart.js';
import { legend, valueAxis } from '../../ui/chart/option.js';
import { FigureTable } from '../../ui/figure-table.js';
import { percent } from '../../ui/number.js';
import { SERIES_COLOURS, type ChartInk } from '../../ui/palette.js';
import { PARAMETER_WORDS, SHORT_PARAMETER_WORDS } from '../../ui/words.js';
import { movedParameters, type Trial } from './trials.js';

/** Trials that share a colour. */
export interface TrialSet {
  readonly name: string;
  readonly trials: readonly Trial[];
}

export interface TrialChartsProps {
  readonly sets: readonly TrialSet[];
  /** Percent. */
  readonly target: number;
  /** pp. */
  readonly tolerance: number;
  /** The lever of the slice; default: the first that moved. */
  readonly lever: ParameterName | undefined;
  readonly onLever: (lever: ParameterName) => void;
}

const SYMBOLS = ['circle', 'rect', 'triangle', 'diamond', 'pin', 'arrow'] as const;

export function TrialCharts({ sets, target, tolerance, lever, onLever }: TrialChartsProps) {
  const moved = movedParameters(sets.flatMap(({ trials }) => trials));
  const shown = lever !== undefined && moved.includes(lever) ? lever : moved[0];
  const parallel = useCallback((ink: ChartInk) => parallelOption(ink, sets), [sets]);
  const slice = useCallback(
    (ink: ChartInk) => (shown === undefined ? {} : sliceOption(ink, sets, shown, target, tolerance)),
    [sets, shown, target, tolerance],
  );
  if (shown === undefined) return null;
  const table = <TrialTable sets={sets} moved={moved} />;
  return (
    <Grid gap="md" className="even-panels">
      <Grid.Col span={{ base: 12, lg: 6 }}>
        <Chart
          title="Trials side by side"
          units="mean of each lever over years and levels, each counted once, percent; growth, percent a year"
          source="each line is one simulation; the thick one is kept"
          summary={summaryOf(sets)}
          option={parallel}
          table={table}
        />
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 6 }}>
        <Chart
          title="Growth over one lever"
          units={`growth, percent a year, by ${PARAMETER_WORDS[shown]}, percent`}
          source="other levers moved too"
          summary={`${PARAMETER_WORDS[shown]} from ${rangeText(sets, shown)}.`}
          option={slice}
          table={table}
          control={
            <NativeSelect
              size="xs"
              aria-label="Lever of the slice"
              data={moved.map((value) => ({ value, label: SHORT_PARAMETER_WORDS[value] }))}
              value={shown}
              onChange={({ currentTarget }) =>
                onLever(PARAMETER_NAMES.find((name) => name === currentTarget.value) ?? shown)
              }
            />
          }
        />
      </Grid.Col>
    </Grid>
  );
}

function summaryOf(sets: readonly TrialSet[]): string {
  return `${sets
    .map(({ name, trials }) => {
      const kept = trials.find((trial) => trial.kept);
      return `${name}: ${percent(kept?.growth, 3)} kept, trial ${kept?.name ?? '–'} of ${trials.length - 1}`;
    })
    .join('; ')}.`;
}

function rangeText(sets: readonly TrialSet[], lever: ParameterName): string {
  const values = sets.flatMap(({ trials }) => trials.map(({ means }) => means.get(lever) ?? Number.NaN));
  return `${percent(Math.min(...values))} to ${percent(Math.max(...values))}`;
}

/** Kept trials are thick, all others thin and pale: never colour alone. */
function parallelOption(ink: ChartInk, sets: readonly TrialSet[]) {
  const moved = movedParameters(sets.flatMap(({ trials }) => trials));
  const axis = {
    type: 'value',
    scale: true,
    axisLabel: { color: ink.faint, formatter: (value: number) => String(Number(value.toFixed(2))) },
    axisLine: { lineStyle: { color: ink.faint } },
    nameTextStyle: { color: ink.text },
  };
  return {
    legend: { ...legend(ink), data: sets.map(({ name }) => name) },
    tooltip: { show: false },
    parallel: { left: 40, right: 60, top: 60, bottom: 24 },
    parallelAxis: [...moved.map((name) => SHORT_PARAMETER_WORDS[name]), 'growth'].map((name, dim) => ({
      ...axis,
      dim,
      name,
    })),
    series: sets.map(({ name, trials }, index) => ({
      name,
      type: 'parallel',
      smooth: false,
      color: colourOf(index),
      itemStyle: { color: colourOf(index) },
      lineStyle: { color: colourOf(index) },
      data: trials.map(({ means, growth, kept }) => ({
        value: [...moved.map((lever) => means.get(lever) ?? null), growth],
        lineStyle: { width: kept ? 3.5 : 1.2, opacity: kept ? 1 : 0.55, type: kept ? 'solid' : 'dashed' },
      })),
    })),
  };
}

const colourOf = (index: number): string => SERIES_COLOURS[index % SERIES_COLOURS.length]!;

function sliceOption(
  ink: ChartInk,
  sets: readonly TrialSet[],
  lever: ParameterName,
  target: number,
  tolerance: number,
) {
  return {
    legend: { ...legend(ink), data: sets.map(({ name }) => name) },
    tooltip: { show: false },
    grid: { left: 8, right: 30, top: 44, bottom: 24, containLabel: true },
    xAxis: {
      ...valueAxis(ink, `${SHORT_PARAMETER_WORDS[lever]}, %`),
      nameLocation: 'middle',
      nameGap: 26,
      nameTextStyle: { color: ink.faint },
    },
    yAxis: valueAxis(ink, 'growth, %'),
    series: sets.map(({ name, trials }, index) => ({
      name,
      type: 'scatter',
      symbol: SYMBOLS[index % SYMBOLS.length],
      itemStyle: { color: colourOf(index), borderColor: ink.text },
      data: trials.map((trial) => ({
        value: [trial.means.get(lever) ?? null, trial.growth],
        name: trial.name,
        symbolSize: trial.kept ? 15 : 9,
      })),
      label: { show: sets.length === 1, formatter: '{b}', position: 'right', color: ink.text },
      ...(index === 0
        ? {
            markLine: {
              symbol: 'none',
              silent: true,
              lineStyle: { color: ink.target, width: 1.5, type: 'dashed' },
              label: { formatter: 'target', color: ink.target, position: 'insideEndTop' },
              data: [{ yAxis: target }],
            },
            markArea: {
              silent: true,
              itemStyle: { color: ink.target, opacity: 0.16 },
              data: [[{ yAxis: target - tolerance }, { yAxis: target + tolerance }]],
            },
          }
        : {}),
    })),
  };
}

interface TrialTableProps {
  readonly sets: readonly TrialSet[];
  readonly moved: readonly ParameterName[];
}

const TrialTable = ({ sets, moved }: TrialTableProps) => (
  <FigureTable
    label="Trials"
    rows={sets.flatMap(({ name, trials }) => trials.map((trial) => ({ set: name, trial })))}
    rowKey={({ set, trial }) => `${set}/${trial.name}`}
    columns={[
      { head: 'Run', cell: ({ set }) => set },
      { head: 'Trial', cell: ({ trial }) => (trial.kept ? `${trial.name} ✓ kept` : trial.name) },
      ...moved.map((name) => ({
        head: SHORT_PARAMETER_WORDS[name],
        unit: '% in the mean, each year and level counted once',
        number: true,
        cell: ({ trial }: { readonly trial: Trial }) => percent(trial.means.get(name), 3),
      })),
      { head: 'Growth', unit: '% a year', number: true, cell: ({ trial }) => percent(trial.growth, 3) },
    ]}
  />
);
