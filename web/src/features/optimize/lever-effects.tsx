/** What each lever did to the growth that a run reached: simulated one lever after another, not estimated. */
import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { post } from '../../api/http.js';
import type { ImpactReport, OptimizationResult, RunDetails } from '../../api/types.js';
import { Chart } from '../../ui/chart/chart.js';
import { categoryAxis, valueAxis } from '../../ui/chart/option.js';
import { ErrorNotice } from '../../ui/error-notice.js';
import { FigureTable } from '../../ui/figure-table.js';
import { Panel, Waiting } from '../../ui/figures.js';
import { percentagePoints, signedMillions } from '../../ui/number.js';
import { SERIES_COLOURS, type ChartInk } from '../../ui/palette.js';
import { PARAMETER_WORDS, SHORT_PARAMETER_WORDS } from '../../ui/words.js';
import { requestOf } from './run-request.js';

export interface LeverEffectsProps {
  readonly details: RunDetails;
  readonly result: OptimizationResult;
  /** True once somebody asked for it: it costs a simulation for each lever. */
  readonly shown: boolean;
  readonly onShow: () => void;
}

export function LeverEffects({ details, result, shown, onShow }: LeverEffectsProps) {
  const asked = requestOf(details);
  const question = asked && {
    scenario: asked.scenario,
    years: `${asked.years.first}-${asked.years.last}`,
    seed: asked.seed,
    metric: asked.metric,
    statuses: asked.statuses,
    target_mode: asked.target_mode === 'final-year' ? 'final-year' : 'average',
    census: asked.census,
    lever_set: asked.lever_set,
    proposed: result.lever_set,
    sensitivities: false,
  };
  const { data, error } = useQuery({
    queryKey: ['impact', question],
    queryFn: () => post<ImpactReport>('/api/impact', question),
    staleTime: Infinity,
    retry: false,
    enabled: shown && question !== null,
  });
  if (!shown)
    return (
      <Panel
        title="What each lever did"
        actions={
          <Button size="compact-sm" variant="default" onClick={onShow}>
            Simulate lever by lever
          </Button>
        }
      >
        <Text size="sm" c="dimmed">
          One simulation for each lever that moved tells its share of the change of growth.
        </Text>
      </Panel>
    );
  if (error) return <ErrorNotice error={error} />;
  if (data === undefined) return <Waiting what="the effect of each lever" />;
  return <EffectsChart report={data} />;
}

function EffectsChart({ report }: { readonly report: ImpactReport }) {
  const option = useCallback((ink: ChartInk) => effectsOption(ink, report), [report]);
  const parts = partsOf(report);
  const first = parts[0];
  return (
    <Chart
      title="What each lever did"
      units="change of growth, pp"
      source={`${report.simulations_run + report.simulations_reused} simulations, one lever after another`}
      summary={
        first === undefined
          ? 'No lever moved.'
          : `${PARAMETER_WORDS[first.parameter_name]} did most, ${percentagePoints(first.growth, 3)} of ${percentagePoints(report.difference.growth, 3)}.`
      }
      option={option}
      height={Math.max(120, 40 + 34 * parts.length)}
      table={
        <FigureTable
          label="What each lever did"
          rows={parts}
          rowKey={({ parameter_name }) => parameter_name}
          columns={[
            { head: 'Lever', cell: ({ parameter_name }) => PARAMETER_WORDS[parameter_name] },
            { head: 'Rows changed', number: true, cell: ({ levers_changed }) => levers_changed },
            { head: 'Growth', unit: 'pp', number: true, cell: ({ growth }) => percentagePoints(growth, 3) },
            { head: 'Payroll of all years', number: true, cell: ({ payroll }) => signedMillions(payroll) },
          ]}
        />
      }
    />
  );
}

/** The greatest effect first. */
const partsOf = ({ waterfall }: ImpactReport) =>
  waterfall
    .filter(({ levers_changed }) => levers_changed > 0)
    .toSorted((left, right) => Math.abs(right.growth) - Math.abs(left.growth));

function effectsOption(ink: ChartInk, report: ImpactReport) {
  const parts = partsOf(report).toReversed();
  return {
    grid: { left: 8, right: 70, top: 8, bottom: 8, containLabel: true },
    tooltip: { show: false },
    xAxis: { ...valueAxis(ink, ''), scale: false },
    yAxis: categoryAxis(
      ink,
      parts.map(({ parameter_name }) => SHORT_PARAMETER_WORDS[parameter_name]),
    ),
    series: [
      {
        type: 'bar',
        barMaxWidth: 20,
        data: parts.map(({ growth }) => ({
          value: growth,
          itemStyle: { color: SERIES_COLOURS[growth < 0 ? 1 : 0] },
          label: { position: growth < 0 ? 'left' : 'right' },
        })),
        label: {
          show: true,
          color: ink.text,
          formatter: ({ value }: { value: number }) => percentagePoints(value),
        },
      },
    ],
  };
}
