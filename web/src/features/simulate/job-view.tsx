/** One simulation as it happens: its years, the model at work, how it ended, what to do then. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { post } from '../../api/http.js';
import { useFollowed } from '../../api/live.js';
import { jobsQuery, simulationQuery } from '../../api/queries.js';
import type { SimulationJob } from '../../api/types.js';
import type { FigureColumn } from '../../ui/figure-table.js';
import { ErrorNotice } from '../../ui/error-notice.js';
import { Panel, StateBadge, Waiting } from '../../ui/figures.js';
import { TellMe } from '../../ui/tell-me.js';
import { LinkNotice } from '../../ui/link-notice.js';
import { count, moment, seconds } from '../../ui/number.js';
import { ProvenanceStamp } from './provenance-stamp.js';
import { StepGrid } from './step-grid.js';
import { doneRows, duration, queuedBefore, usualSeconds, yearsOf, type StepGridRow } from './steps.js';

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
  const jobs = useQuery(jobsQuery).data?.jobs ?? [];
  const lastWork = useRef<SimulationJob['at_work']>(null);
  if (state?.at_work != null) lastWork.current = state.at_work;
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
          <TellMe ended={over ? `Simulation of ${state.scenario}: ${state.status}` : undefined} />
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
          {waitingText(state, jobs)}
        </Text>
        {state.attempt > 1 && (
          <Text size="sm" className="tone-warn">
            ▲ Attempt {state.attempt}.
            {state.last_failure !== null && ` The one before: ${state.last_failure}.`}
          </Text>
        )}
        <Steps job={state} work={lastWork.current} />
        {state.notes.map((note) => (
          <Text size="sm" key={note}>
            {note}
          </Text>
        ))}
        {state.error != null && <ErrorNotice error={state.error} />}
        {cancel.error && <ErrorNotice error={cancel.error} />}
        {over && state.simulation_id !== null && <Stamp simulation={state.simulation_id} />}
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

const TOTALS: readonly FigureColumn<StepGridRow>[] = [
  { head: 'In all', number: true, cell: ({ seconds: time }) => (time === 0 ? 'reused' : duration(time)) },
  { head: 'Rows', number: true, cell: ({ rows }) => (rows === 0 ? '–' : count(rows)) },
];

const LEGEND = '✓ run, in the time beside it. ↺ reused: its rows were there already.';

/** The models by year, live, then as the simulation stored them; a failed one keeps what was last seen. */
function Steps({ job, work }: { readonly job: SimulationJob; readonly work: SimulationJob['at_work'] }) {
  const { data } = useQuery({
    ...simulationQuery(job.simulation_id ?? ''),
    enabled: job.simulation_id !== null,
  });
  const stored = data?.provenance?.steps;
  if (stored !== undefined && stored.length > 0)
    return (
      <StepGrid
        label="Models by year"
        oneLine
        legend={LEGEND}
        more={TOTALS}
        rows={doneRows(stored)}
        years={[...new Set(stored.map(({ year }) => year))]}
      />
    );
  if (work === null || work.years_total === 0) return null;
  return (
    <StepGrid
      label="Models by year"
      oneLine
      legend={job.status === 'running' ? `${LEGEND} ▶ at work.` : LEGEND}
      more={TOTALS}
      rows={doneRows(work.steps ?? [], job.status === 'running' ? work : undefined)}
      years={yearsOf(work)}
    />
  );
}

/** Place in the queue, and how long it takes by what earlier ones took. */
function waitingText(job: SimulationJob, jobs: readonly SimulationJob[]): string {
  if (job.status !== 'running') return '';
  const before = queuedBefore(jobs, job);
  const usual = usualSeconds(jobs);
  return [
    job.phase === 'waiting' && before > 0 ? ` ${before} before it.` : '',
    usual === null ? '' : ` Earlier ones took ${seconds(usual)}.`,
  ].join('');
}

function Stamp({ simulation }: { readonly simulation: string }) {
  const { data } = useQuery(simulationQuery(simulation));
  return data === undefined ? null : <ProvenanceStamp provenance={data.provenance} />;
}
