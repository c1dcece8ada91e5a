/** The printable report of one run: what was asked, what was found, how, and from what. */
import { ofCompany } from '../../app/company.js';
import { Button, Group, List, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { searchWords } from '../../../../src/runs/attainable.terms.js';
import { digitsFor } from '../../../../src/shared/contract/figures.terms.js';
import { get } from '../../api/http.js';
import { runQuery } from '../../api/queries.js';
import type { RunReport } from '../../api/types.js';
import { ErrorNotice } from '../../ui/error-notice.js';
import { FigureTable } from '../../ui/figure-table.js';
import { FigureCard, FigureCards, PageHead, Panel, StateBadge, Waiting } from '../../ui/figures.js';
import { LeverMatrix } from '../../ui/lever-matrix.js';
import { moment, percent, percentagePoints, percentRange, seconds, shortId } from '../../ui/number.js';
import { plainWords } from '../../ui/words.js';

const route = getRouteApi('/runs/$run/report');

export function RunReportPage() {
  const { run: id } = route.useParams();
  const report = useQuery({
    queryKey: ['runs', id, 'report'],
    queryFn: ({ signal }) => get<RunReport>(`/api/runs/${encodeURIComponent(id)}/report`, signal),
  });
  const details = useQuery(runQuery(id)).data;
  if (report.error) return <ErrorNotice error={report.error} onRetry={() => void report.refetch()} />;
  if (report.data === undefined) return <Waiting what="the report" />;
  const run = report.data;
  const digits = digitsFor(run.tolerance);
  return (
    <Stack gap="md">
      <PageHead
        title={`Report of run ${run.run_id}`}
        actions={
          <>
            <Button size="compact-sm" onClick={() => window.print()}>
              Print or save as PDF
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              component="a"
              href={ofCompany(`/api/runs/${encodeURIComponent(id)}/report.md`)}
              download={`${id}.md`}
            >
              Markdown
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              renderRoot={(props) => <Link to="/optimize" search={{ run: id } as never} {...props} />}
            >
              Open the run
            </Button>
          </>
        }
      >
        Scenario {run.scenario}, asked for by {run.requested_by}
        {details ? `, ${moment(details.run.started_at)}` : ''}.
      </PageHead>
      <Group gap="sm">
        <StateBadge state={run.status} />
        <Text size="sm">
          {run.iterations_used} iterations, {run.simulations_run} simulations, {seconds(run.seconds)}
        </Text>
      </Group>
      <FigureCards>
        <FigureCard label="Growth before" value={percent(run.initial_growth, digits)} />
        <FigureCard
          label="Growth after"
          value={percent(run.final_growth, digits)}
          note={`target ${percent(run.target_growth)} ± ${run.tolerance} pp`}
        />
        <FigureCard
          label="Gap"
          value={percentagePoints(run.final_gap, digits)}
          note={`target minus growth; ${percentagePoints(run.gap_reduction, digits)} closed`}
        />
        <FigureCard
          label="Reachable"
          value={percentRange(run.attainable_growth, digits)}
          note={searchWords(run)}
        />
      </FigureCards>
      {run.recommendations.length > 0 && (
        <Panel title="Recommendations">
          <List size="sm">
            {run.recommendations.map(({ code, message }) => (
              <List.Item key={code}>{message}</List.Item>
            ))}
          </List>
        </Panel>
      )}
      <Panel title="Levers before and after">
        <LeverMatrix levers={run.levers.filter(({ before, after }) => before !== after)} />
      </Panel>
      <Panel title="Iterations">
        <FigureTable
          label="Iterations"
          rows={run.iterations}
          rowKey={({ iteration }) => iteration}
          columns={[
            { head: 'Iteration', cell: ({ iteration }) => iteration },
            { head: 'Growth', number: true, cell: ({ growth }) => percent(growth, digits) },
            { head: 'Gap', number: true, cell: ({ gap }) => percentagePoints(gap, digits) },
            { head: 'Simulation', cell: ({ simulation_id }) => shortId(simulation_id) },
            { head: 'Seconds', number: true, cell: (row) => seconds(row.seconds) },
          ]}
        />
      </Panel>
      {run.decomposition && (
        <Panel title="Parts of growth in the kept trial">
          <FigureTable
            label="Parts of growth"
            rows={run.decomposition}
            rowKey={({ year }) => year}
            columns={[
              { head: 'Year', cell: ({ year }) => year },
              { head: 'Growth', number: true, cell: ({ growth }) => percent(growth) },
              ...(['raises', 'promotions', 'hires', 'leavers'] as const).map((part) => ({
                head: part,
                unit: 'pp',
                number: true,
                cell: (row: NonNullable<RunReport['decomposition']>[number]) => percentagePoints(row[part]),
              })),
            ]}
          />
        </Panel>
      )}
      <Text size="xs" c="dimmed">
        Simulation {run.simulation_id}, lever set {run.lever_set}, engine {run.engine}. Seconds by stage:{' '}
        {Object.entries(run.seconds_by_stage)
          .map(([stage, time]) => `${plainWords(stage)} ${time.toFixed(1)}`)
          .join(', ')}
        .
      </Text>
    </Stack>
  );
}
