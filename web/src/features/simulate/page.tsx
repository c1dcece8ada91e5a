/** Run Simulation: what would be simulated, whether it can be, and each simulation as it happens. */
import { Grid, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { post } from '../../api/http.js';
import type { StartedJob } from '../../api/types.js';
import { RoleButton } from '../../access/role-button.js';
import { usePageContext } from '../../app/use-context.js';
import { useLevers } from '../../draft/use-levers.js';
import { ErrorNotice } from '../../ui/error-notice.js';
import { PageHead, Panel, Waiting } from '../../ui/figures.js';
import { LeverDiff } from '../../ui/lever-diff.js';
import { JobList } from './job-list.js';
import { JobView } from './job-view.js';
import { PlanPreview } from './plan-preview.js';
import { PreFlight, usePreFlight } from './pre-flight.js';

const route = getRouteApi('/simulate');

export function SimulatePage() {
  const { job, plan } = route.useSearch();
  const navigate = useNavigate({ from: '/simulate' });
  const context = usePageContext();
  const { levers, error, scenario } = useLevers();
  const checks = usePreFlight(levers, context.years);
  const queries = useQueryClient();
  const question = {
    scenario,
    ...(context.chosen.years === undefined ? {} : { years: context.chosen.years }),
    ...(context.chosen.seed === undefined ? {} : { seed: context.chosen.seed }),
    ...(levers && levers.changes.length > 0
      ? { lever_set: levers.draft.base ?? undefined, changes: levers.changes }
      : {}),
  };
  const start = useMutation({
    mutationFn: () => post<StartedJob>('/api/simulations', question),
    onSuccess: async ({ job_id }) => {
      await navigate({ search: (before) => ({ ...before, job: job_id }) });
      await queries.invalidateQueries({ queryKey: ['jobs'] });
    },
  });
  if (error) return <ErrorNotice error={error} />;
  if (levers === undefined) return <Waiting what="the levers" />;
  const steps = levers.changes.map(({ value, ...cell }) => ({
    ...cell,
    before: levers.row(cell.fiscal_year, cell.job_level, cell.parameter_name)?.parameter_value ?? null,
    after: value,
  }));
  return (
    <>
      <PageHead title="Run Simulation">
        Simulates {context.years ?? 'the plan years'} of scenario {scenario} with random seed{' '}
        {context.seed ?? '…'}. What was simulated before with the same inputs is reused.
      </PageHead>
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 5 }}>
          <Stack gap="md">
            <PreFlight checks={checks} />
            <Panel title="What is different from the current levers">
              {steps.length === 0 ? (
                <Text size="sm" c="dimmed">
                  Nothing: the current levers are simulated.
                </Text>
              ) : (
                <LeverDiff label="Changes of the draft" heads={['Current', 'Draft']} steps={steps} />
              )}
            </Panel>
            <Group>
              <RoleButton
                needs="analyst"
                loading={start.isPending}
                disabled={checks.some(({ ok }) => ok === false)}
                onClick={() => start.mutate()}
              >
                {steps.length === 0 ? 'Simulate' : 'Simulate the draft'}
              </RoleButton>
              <Text size="xs" c="dimmed">
                The draft is not saved by this.
              </Text>
            </Group>
            {start.error && <ErrorNotice error={start.error} />}
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <Stack gap="md">
            {job !== undefined && <JobView key={job} jobId={job} onRetry={() => start.mutate()} />}
            <PlanPreview
              question={question}
              current={levers.grid.lever_set}
              shown={plan === 'yes'}
              onShow={(shown) =>
                void navigate({
                  replace: true,
                  search: (before) => ({ ...before, plan: shown ? 'yes' : undefined }) as typeof before,
                })
              }
            />
            <JobList current={job} />
          </Stack>
        </Grid.Col>
      </Grid>
    </>
  );
}
