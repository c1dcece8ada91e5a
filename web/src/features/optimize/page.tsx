/** Auto-Optimize: ask for a growth, watch the run converge, read what it found, apply it. */
import { Grid, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { post } from '../../api/http.js';
import type { StartedRun } from '../../api/types.js';
import { usePageContext } from '../../app/use-context.js';
import { useSearchAtOnce } from '../../app/use-search.js';
import { ErrorNotice } from '../../ui/error-notice.js';
import { EmptyPlace, PageHead } from '../../ui/figures.js';
import { OptimizeForm } from './form.js';
import { runStartOf } from './request.js';
import { RunView } from './run-view.js';

const route = getRouteApi('/optimize');

export function OptimizePage() {
  const navigate = useNavigate({ from: '/optimize' });
  const [search, choose] = useSearchAtOnce(route.useSearch(), (part) =>
    navigate({ replace: true, search: (before) => ({ ...before, ...part }) }),
  );
  const context = usePageContext();
  const queries = useQueryClient();
  /** How often the form was filled from a run: its fields then begin anew. */
  const [asked, setAsked] = useState(0);
  const start = useMutation({
    // The key makes a second click, or a repeated request, join the same run.
    mutationFn: (key: string) =>
      post<StartedRun>('/api/runs', runStartOf(search, context), { 'idempotency-key': key }),
    onSuccess: async ({ run_id }) => {
      await navigate({ search: (before) => ({ ...before, run: run_id }) });
      await queries.invalidateQueries({ queryKey: ['runs'] });
    },
  });
  return (
    <>
      <PageHead title="Auto-Optimize">
        Finds levers with which the simulated growth of pay meets a target. Each iteration simulates every
        plan year.
      </PageHead>
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 3 }} className="no-print">
          <OptimizeForm
            key={asked}
            search={search}
            years={context.years}
            starting={start.isPending}
            onStart={() => start.mutate(`page-${crypto.randomUUID()}`)}
            onChange={choose}
          />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 9 }}>
          <Stack gap="md">
            {start.error && <ErrorNotice error={start.error} />}
            {search.run === undefined ? (
              <EmptyPlace title="No run is chosen">
                Start a run: with the defaults it tunes merit, COLA and hire pay to 2.0 % within ± 0.1 pp.
                Past runs are on the page Runs.
              </EmptyPlace>
            ) : (
              <RunView
                key={search.run}
                runId={search.run}
                lever={search.lever}
                effects={search.effects === 'yes'}
                // What a link says of a lever stands among the trials.
                analysis={search.analysis ?? ((search.effects ?? search.lever) ? 'trials' : 'steps')}
                onAskAgain={(part) =>
                  void navigate({
                    search: (before) =>
                      ({ ...before, limits: undefined, seeds: undefined, ...part }) as typeof before,
                  }).then(() => setAsked((times) => times + 1))
                }
                onShow={choose}
              />
            )}
          </Stack>
        </Grid.Col>
      </Grid>
    </>
  );
}
