/** The figures of one simulation by year: growth, headcount, pay, their bridges and distribution, and its checks. */
import { Grid, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { growthGap } from '../../../../src/shared/contract/figures.terms.js';
import { ErrorNotice } from '../../ui/error-notice.js';
import { FigureCard, FigureCards, Waiting } from '../../ui/figures.js';
import { count, millions, percent, percentagePoints } from '../../ui/number.js';
import { ChecksPanel } from './checks-panel.js';
import { DistributionChart } from './distribution-chart.js';
import { FromRuns, SeedBand } from './from-run.js';
import { HeadcountBridgePanel } from './headcount-bridge.js';
import { HeadcountChart } from './headcount-chart.js';
import { NumberLink } from './number-link.js';
import { PayBridgeChart } from './pay-bridge.js';
import { resultsQuery } from './queries.js';
import type { ResultsChoice } from './search.js';
import { YearTable } from './year-table.js';

export interface ViewProps {
  readonly choice: ResultsChoice;
  readonly simulation: string;
}

export function Overview({ choice, simulation }: ViewProps) {
  const {
    statuses,
    metric,
    goal: { target, tolerance, whose },
  } = choice;
  const query = { metric, statuses: statuses.join(',') };
  const chosen = useQuery(resultsQuery(simulation, query));
  // The split needs every status: how many are left out is a figure too.
  const split = useQuery(
    resultsQuery(simulation, {
      by: 'status',
      statuses: 'continuous_active,new_hire_active,experienced_termination,new_hire_termination',
    }),
  );
  const error = chosen.error ?? split.error;
  if (error) return <ErrorNotice error={error} onRetry={() => void chosen.refetch()} />;
  if (chosen.data === undefined || split.data === undefined) return <Waiting what="the results" />;
  const { rows, years, mean_growth } = chosen.data;
  const last = rows.at(-1);
  const everybody = split.data.rows
    .filter(({ year }) => year === last?.year)
    .reduce((sum, row) => sum + row.headcount, 0);
  const gap = mean_growth === null || target === null ? null : growthGap(target, mean_growth);
  return (
    <Stack gap="md">
      <FromRuns simulation={simulation} />
      <FigureCards>
        <FigureCard
          label="Mean growth"
          value={<NumberLink choice={choice} figure={`growth_${metric}`} text={percent(mean_growth)} />}
          note={`a year, ${years[0]?.year}–${years.at(-1)?.year}`}
        />
        <FigureCard
          label="Gap: target minus mean growth"
          value={percentagePoints(gap)}
          note={target === null ? whose : `target ${percent(target)}, ${whose}`}
          tone={gap === null || tolerance === null ? 'plain' : Math.abs(gap) <= tolerance ? 'good' : 'warn'}
        />
        <FigureCard
          label={`Coverage at the end of ${last?.year}`}
          value={percent(everybody === 0 ? null : (100 * (last?.headcount ?? 0)) / everybody, 1)}
          note={`${count(last?.headcount)} of ${count(everybody)} people of the year`}
        />
        <FigureCard
          label={`Payroll ${last?.year}`}
          value={
            <NumberLink
              choice={choice}
              figure="payroll"
              {...(last ? { year: last.year } : {})}
              text={millions(last?.payroll)}
            />
          }
          note={`from ${millions(chosen.data.baseline.payroll)} at the baseline`}
        />
      </FigureCards>
      <YearTable choice={choice} results={chosen.data} split={split.data} />
      <SeedBand simulation={simulation} />
      <Grid gap="md" className="even-panels">
        <Grid.Col span={{ base: 12, lg: 6 }}>
          <HeadcountChart split={split.data} statuses={statuses} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 6 }}>
          <PayBridgeChart choice={choice} simulation={simulation} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 6 }}>
          <HeadcountBridgePanel choice={choice} simulation={simulation} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 6 }}>
          <DistributionChart choice={choice} simulation={simulation} />
        </Grid.Col>
      </Grid>
      <ChecksPanel simulation={simulation} />
    </Stack>
  );
}
