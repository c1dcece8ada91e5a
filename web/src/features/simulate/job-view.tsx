/** One simulation as it happens: its years, the model at work, how it ended, what to do then. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { post } from '../../api/http.js';
import { useFollowed } from '../../api/live.js';
import type { SimulationJob } from '../../api/types.js';
import { ErrorNotice } from '../../ui/error-notice.js';
import { Panel, StateBadge, Waiting } from '../../ui/figures.js';
import { LinkNotice } from '../../ui/link-notice.js';
import { moment, seconds } from '../../ui/number.js';

const isOver = ({ status }: SimulationJob): boolean => status !== 'running';

export interface JobViewProps {
  readonly jobId: string;
  readonly onRetry: () => void;
}

export function JobView({ jobId, onRetry }: JobViewProps) {
  const { state, link, resyncs } = useFollowed<SimulationJob>(
    `/api/simulation-jobs/${encodeURIComponent(jobId)}/events`,
    isOver,
  );
  const queries = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => post(`/api/simulation-jobs/${encodeURIComponent(jobId)}/cancel`),
  });
  const over = state !== undefined && isOver(state);
  useEffect(() => {
    if (!over) return;
    void queries.invalidateQueries({ queryKey: ['jobs'] });
    void queries.invalidateQueries({ queryKey: ['simulations'] });
  }, [over, queries]);
  if (state === undefined) {
    if (link !== 'lost') return <Waiting what={`simulation job ${jobId}`} />;
    return (
      <ErrorNotice
        error={{
          code: 'JOB_NOT_SHOWN',
          message: `Job ${jobId} cannot be followed: it is not known, or the server of this page does not answer.`,
          hint: 'Choose another one below, or start a new simulation.',
        }}
      />
    );
  }
  return (
    <Panel
      title="Simulation"
      actions={
        <>
          {state.status === 'running' && (
            <Button
              size="compact-sm"
              variant="default"
              loading={cancel.isPending}
              onClick={() => cancel.mutate()}
            >
              Cancel
            </Button>
          )}
          {(state.status === 'failed' || state.status === 'cancelled') && (
            <Button size="compact-sm" onClick={onRetry}>
              Go on from the last finished year
            </Button>
          )}
          {state.simulation_id != null && (
            <Button
              size="compact-sm"
              renderRoot={(props) => (
                <Link to="/results" search={{ simulation: state.simulation_id } as never} {...props} />
              )}
            >
              Read the results
            </Button>
          )}
        </>
      }
    >
      <Stack gap="xs">
        <Group gap="sm">
          <StateBadge state={state.status} />
          <Text size="xs" c="dimmed">
            {state.scenario} · asked for by {state.requested_by} · {moment(state.started_at)}
            {state.temporal_url != null && (
              <>
                {' · '}
                <a href={state.temporal_url} target="_blank" rel="noreferrer">
                  Temporal
                </a>
              </>
            )}
          </Text>
        </Group>
        <LinkNotice link={link} resyncs={resyncs} />
        <Text size="sm" role="status" aria-live="polite">
          {sentence(state)}
        </Text>
        {state.at_work != null && <Years work={state.at_work} />}
        {state.notes.map((note) => (
          <Text size="sm" key={note}>
            {note}
          </Text>
        ))}
        {state.error != null && <ErrorNotice error={state.error} />}
        {cancel.error && <ErrorNotice error={cancel.error} />}
      </Stack>
    </Panel>
  );
}

function sentence({ status, phase, at_work, reused, seconds: time }: SimulationJob): string {
  if (status === 'completed')
    return reused
      ? 'A stored simulation with the same inputs answered at once.'
      : `Done in ${seconds(time)}.`;
  if (status === 'cancelled') return 'Cancelled; the finished years are kept.';
  if (status === 'failed') return 'Failed; the finished years are kept.';
  if (phase === 'waiting') return 'Waiting for a worker.';
  return at_work == null ? 'The request is checked.' : `Year ${at_work.year}: ${at_work.model}`;
}

/** The plan years as a strip: done, at work, to come. */
function Years({ work }: { readonly work: NonNullable<SimulationJob['at_work']> }) {
  const first = work.year - work.years_done;
  return (
    <Group gap={4} aria-label="Years of the simulation" role="list">
      {Array.from({ length: work.years_total }, (_, index) => {
        const sign = index < work.years_done ? '✓' : index === work.years_done ? '▶' : '·';
        return (
          <Text key={index} role="listitem" size="xs" className="panel" px={8} py={2}>
            {sign} {first + index}
          </Text>
        );
      })}
    </Group>
  );
}
