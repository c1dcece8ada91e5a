/** Impact Analysis: what the draft does to growth and payroll, every figure from the real model. */
import { Button, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { growthGap } from '../../../../src/shared/contract/figures.terms.js';
import { post } from '../../api/http.js';
import type { ImpactReport } from '../../api/types.js';
import { usePageContext } from '../../app/use-context.js';
import { useLevers, type Levers } from '../../draft/use-levers.js';
import { ErrorNotice } from '../../ui/error-notice.js';
import { FigureCard, FigureCards, PageHead, Panel, Waiting } from '../../ui/figures.js';
import { GrowthBridge } from '../../ui/growth-bridge.js';
import { millions, percent, percentagePoints, seconds, signedMillions } from '../../ui/number.js';
import { TargetInput } from '../../ui/target-input.js';
import { assignmentsOf } from './assignments.js';
import { HeatMap } from './heat-map.js';
import { ParameterTable } from './parameter-table.js';
import { TornadoChart } from './tornado.js';
import { Verdict } from './verdict.js';
import { WaterfallChart } from './waterfall.js';
import { YearEffects } from './year-effects.js';

const route = getRouteApi('/impact');
const DEFAULT_TARGET = 2;
const NAMES = ['Current', 'Draft'] as const;
/** After the last change of a lever. */
const PAUSE_MS = 400;

export function ImpactPage() {
  const { levers, error } = useLevers();
  if (error) return <ErrorNotice error={error} />;
  if (levers === undefined) return <Waiting what="the levers" />;
  return <Impact levers={levers} />;
}

function Impact({ levers }: { readonly levers: Levers }) {
  const { target = DEFAULT_TARGET } = route.useSearch();
  const navigate = useNavigate({ from: '/impact' });
  const [heated, setHeated] = useState(false);
  const question = useQuestion(levers);
  // The change alone needs few simulations and comes first; the swings follow.
  const change = useImpact({ ...question, sensitivities: false });
  const swings = useImpact({ ...question, sensitivities: true }, change.isSuccess);
  const heat = useImpact({ ...question, sensitivities: false, heat_map: 'year' }, heated && swings.isSuccess);
  const report = change.data;
  return (
    <>
      <PageHead
        title="Impact Analysis"
        actions={
          <TargetInput
            target={target}
            onTarget={(value) =>
              void navigate({ replace: true, search: (before) => ({ ...before, target: value }) })
            }
          />
        }
      >
        {levers.changes.length === 0
          ? 'The levers as they are current; change some on Parameter Overview to see what that does.'
          : `${levers.changes.length} changed levers against the current ones.`}
      </PageHead>
      <Stack gap="md">
        {change.error && <ErrorNotice error={change.error} onRetry={() => void change.refetch()} />}
        {report === undefined ? (
          change.error ? null : (
            <Waiting what="the simulations" />
          )
        ) : (
          <>
            <Cards report={report} target={target} />
            <Text size="xs" c="dimmed" role="status">
              {change.isFetching || change.isPlaceholderData ? '… simulating the change' : '● Exact'}: every
              figure is a simulation of {report.employees.toLocaleString('en-US')} people,{' '}
              {report.years.first}–{report.years.last}, seed {report.seed}; {report.simulations_run} run and{' '}
              {report.simulations_reused} reused in {seconds(report.seconds)}.
            </Text>
            <Verdict
              growth={report.proposed.growth}
              target={target}
              notices={report.notices}
              levers={levers}
              tornado={swings.isPlaceholderData ? undefined : swings.data?.tornado}
            />
            {report.levers_changed > 0 && <WaterfallChart report={report} target={target} />}
            {report.decomposition && (
              <GrowthBridge
                title="What growth is made of"
                names={NAMES}
                source="both simulations"
                pairs={report.decomposition.map(({ year, baseline, proposed }) => ({
                  year,
                  before: baseline,
                  after: proposed,
                }))}
              />
            )}
            <ParameterTable levers={levers} report={report} swings={swings.data} />
            {swings.error && <ErrorNotice error={swings.error} />}
            {swings.data ? <TornadoChart report={swings.data} /> : <Waiting what="the swing of each lever" />}
            {heat.data ? (
              <HeatMap report={heat.data} />
            ) : (
              <Panel title="Each lever in each year">
                <Button
                  size="compact-sm"
                  variant="default"
                  loading={heat.isFetching}
                  onClick={() => setHeated(true)}
                >
                  Simulate one step of each lever in each year (25 simulations)
                </Button>
                {heat.error && <ErrorNotice error={heat.error} />}
              </Panel>
            )}
            <YearEffects report={report} />
            {levers.changes.length === 0 && (
              <Text size="sm">
                <Link to="/parameters" search={true}>
                  Change levers on Parameter Overview
                </Link>
              </Text>
            )}
          </>
        )}
      </Stack>
    </>
  );
}

type Question = Readonly<Record<string, unknown>>;

function useQuestion(levers: Levers): Question {
  const { chosen, scenario } = usePageContext();
  const [changes] = useDebouncedValue(levers.changes, PAUSE_MS);
  const assignments = assignmentsOf(changes);
  return {
    scenario,
    ...(chosen.years === undefined ? {} : { years: chosen.years }),
    ...(chosen.seed === undefined ? {} : { seed: chosen.seed }),
    lever_set: levers.draft.base ?? levers.grid.lever_set,
    ...(assignments.length === 0 ? {} : { assignments }),
  };
}

const useImpact = (question: Question, enabled = true) =>
  useQuery({
    queryKey: ['impact', question],
    queryFn: () => post<ImpactReport>('/api/impact', question),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    retry: false,
    enabled,
  });

function Cards({ report, target }: { readonly report: ImpactReport; readonly target: number }) {
  const { baseline, proposed, difference } = report;
  const gap = growthGap(target, proposed.growth);
  return (
    <FigureCards>
      <FigureCard
        label="Growth with the draft"
        value={percent(proposed.growth)}
        note={`current ${percent(baseline.growth)}, ${percentagePoints(difference.growth)}`}
      />
      <FigureCard
        label="Gap: target minus growth"
        value={percentagePoints(gap)}
        note={`target ${percent(target)}`}
        tone={Math.abs(gap) <= 0.1 ? 'good' : 'warn'}
      />
      <FigureCard
        label="Payroll of all years"
        value={millions(proposed.payroll)}
        note={`${signedMillions(difference.payroll)} against current`}
      />
      <FigureCard
        label={`Mean pay ${report.years.last}`}
        value={`$${Math.round(proposed.by_year.at(-1)?.mean_pay ?? 0).toLocaleString('en-US')}`}
        note={`current $${Math.round(baseline.by_year.at(-1)?.mean_pay ?? 0).toLocaleString('en-US')}`}
      />
    </FigureCards>
  );
}
