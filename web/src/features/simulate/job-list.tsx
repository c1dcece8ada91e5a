/** The simulations under way and lately made. */
import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { jobsQuery } from '../../api/queries.js';
import { ErrorNotice } from '../../ui/error-notice.js';
import { FigureTable } from '../../ui/figure-table.js';
import { Panel, StateBadge } from '../../ui/figures.js';
import { moment, seconds, shortId } from '../../ui/number.js';

export function JobList({ current }: { readonly current: string | undefined }) {
  const navigate = useNavigate({ from: '/simulate' });
  const { data, error } = useQuery(jobsQuery);
  if (error) return <ErrorNotice error={error} />;
  const jobs = data?.jobs ?? [];
  return (
    <Panel title="Simulations lately">
      {jobs.length === 0 ? (
        <Text size="sm" c="dimmed">
          {data === undefined ? 'Loading' : 'None yet: the button “Simulate” makes the first.'}
        </Text>
      ) : (
        <FigureTable
          label="Simulations lately"
          rows={jobs}
          rowKey={({ job_id }) => job_id}
          isCurrent={({ job_id }) => job_id === current}
          columns={[
            { head: 'Started', cell: ({ started_at }) => moment(started_at) },
            { head: 'State', cell: ({ status }) => <StateBadge state={status} /> },
            { head: 'Scenario', cell: ({ scenario }) => scenario },
            { head: 'By', cell: ({ requested_by }) => requested_by },
            { head: 'Seconds', number: true, cell: (job) => (job.reused ? 'reused' : seconds(job.seconds)) },
            {
              head: 'Results',
              cell: ({ simulation_id }) =>
                simulation_id == null ? (
                  '–'
                ) : (
                  <Link to="/results" search={{ simulation: simulation_id } as never}>
                    {shortId(simulation_id)}
                  </Link>
                ),
            },
            {
              head: 'Action',
              cell: ({ job_id }) => (
                <Button
                  size="compact-xs"
                  variant="default"
                  onClick={() => void navigate({ search: (before) => ({ ...before, job: job_id }) })}
                >
                  Show
                </Button>
              ),
            },
          ]}
        />
      )}
    </Panel>
  );
}
