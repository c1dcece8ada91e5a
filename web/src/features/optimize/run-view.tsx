/** One run, live or ended: where it stands, how it converges, what it found, and what may be done with it. */
import { Button, Grid, Group, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import { digitsFor } from '../../../../src/shared/contract/figures.terms.js';
import { useFollowed } from '../../api/live.js';
import type { RunDetails } from '../../api/types.js';
import { ErrorNotice } from '../../ui/error-notice.js';
import { FigureCard, FigureCards, Panel, StateBadge, Waiting } from '../../ui/figures.js';
import { moment, percent, percentagePoints, percentRange, seconds } from '../../ui/number.js';
import { LinkNotice } from '../../ui/link-notice.js';
import { plainWords } from '../../ui/words.js';
import { ConvergenceChart } from './convergence-chart.js';
import { RunAnalysis, type ShownParts } from './run-analysis.js';
import { IterationTable } from './iteration-table.js';
import { pointsOf } from './points.js';
import { TellMe } from '../../ui/tell-me.js';
import { RunSteering } from './run-steering.js';
import { RunOutcome } from './run-outcome.js';
import { DEFAULTS, type OptimizeSearch } from './request.js';
import { requestOf, searchOf } from './run-request.js';

export const isOver = ({ run }: RunDetails): boolean => run.status !== 'running';

export interface RunViewProps extends ShownParts {
  readonly runId: string;
  /** Takes what this run was asked into the form. */
  readonly onAskAgain: (part: OptimizeSearch) => void;
}

export function RunView({ runId, onAskAgain, ...parts }: RunViewProps) {
  const { state, link, resyncs } = useFollowed<RunDetails>(
    `/api/runs/${encodeURIComponent(runId)}/events`,
    isOver,
  );
  const queries = useQueryClient();
  const over = state !== undefined && isOver(state);
  useEffect(() => {
    if (over) void queries.invalidateQueries({ queryKey: ['runs'] });
  }, [over, queries]);
  const drawn = useMemo(() => (state === undefined ? undefined : pointsOf(state)), [state]);
  if (state === undefined || drawn === undefined)
    return link === 'lost' ? <UnknownRun runId={runId} /> : <Waiting what={`run ${runId}`} />;
  const { run, progress, result, error } = state;
  const target = result?.target_growth ?? progress?.target_growth ?? run.target_growth ?? DEFAULTS.target;
  const tolerance = result?.tolerance ?? progress?.tolerance ?? DEFAULTS.tolerance;
  const digits = digitsFor(tolerance);
  const request = requestOf(state);
  const last = drawn.points.at(-1);
  const growth = result?.final_growth ?? last?.growth;
  const gap = result?.final_gap ?? last?.gap;
  const met = gap !== undefined && Math.abs(gap) <= tolerance;
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Group gap="sm">
          <StateBadge state={stateOf(state)} />
          <Text size="sm" fw={600}>
            {run.run_id}
          </Text>
          <Text size="xs" c="dimmed">
            {run.scenario ?? 'default'} · asked for by {run.requested_by ?? '–'} · {moment(run.started_at)}
          </Text>
        </Group>
        <Group gap="xs" className="no-print">
          <TellMe ended={over ? `Run ${run.run_id}: ${plainWords(run.status)}` : undefined} />
          <RunSteering details={state} />
          {request !== null && request.targets === undefined && (
            <Button
              size="compact-sm"
              // The next step of a run that missed its target.
              variant={result != null && result.status !== 'converged' ? 'filled' : 'default'}
              onClick={() => onAskAgain(searchOf(request))}
            >
              Ask again, changed
            </Button>
          )}
          {over && result != null && (
            <Button
              size="compact-sm"
              variant="default"
              renderRoot={(props) => <Link to="/runs/$run/report" params={{ run: runId }} {...props} />}
            >
              Report
            </Button>
          )}
          {state.temporal_url && (
            <Button
              size="compact-sm"
              variant="default"
              component="a"
              href={state.temporal_url}
              target="_blank"
              rel="noreferrer"
            >
              Temporal
            </Button>
          )}
        </Group>
      </Group>
      <LinkNotice link={link} resyncs={resyncs} />
      {error != null && <ErrorNotice error={error} />}
      <FigureCards>
        <FigureCard
          label="Current growth"
          value={percent(growth, digits)}
          note={last === undefined ? 'first simulation is under way' : 'of the nearest trial, a year'}
        />
        <FigureCard label="Target growth" value={percent(target, digits)} note={`± ${tolerance}\u202fpp`} />
        <FigureCard
          label="Gap"
          value={percentagePoints(gap, digits)}
          tone={gap === undefined ? 'plain' : met ? 'good' : 'warn'}
          note={gap === undefined ? undefined : met ? '✓ within tolerance' : '≠ outside tolerance'}
        />
        <FigureCard
          label="Reachable within bounds"
          value={drawn.reachable === null ? '…' : percentRange(drawn.reachable, digits)}
          note={reachableNote(drawn.reachable, target, tolerance)}
        />
      </FigureCards>
      {!over && <AtWork details={state} />}
      <Grid gap="md" className="even-panels">
        <Grid.Col span={{ base: 12, lg: 6 }}>
          <ConvergenceChart points={drawn.points} target={target} tolerance={tolerance} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 6 }}>
          <Panel title="Iterations">
            <IterationTable points={drawn.points} />
          </Panel>
        </Grid.Col>
      </Grid>
      {result != null && <RunOutcome details={state} result={result} />}
      {over && result != null && <RunAnalysis details={state} result={result} {...parts} />}
      {result != null && (
        <Text size="xs" c="dimmed">
          {result.simulations_run} simulations run, {result.simulations_reused} reused,{' '}
          {seconds(result.seconds)} in all, engine {result.engine}.
        </Text>
      )}
    </Stack>
  );
}

const stateOf = ({ run, progress }: RunDetails): string =>
  run.status === 'running' && (progress?.phase === 'paused' || progress?.phase === 'waiting_for_approval')
    ? progress.phase
    : run.status;

function reachableNote(range: readonly [number, number] | null, target: number, tolerance: number): string {
  if (range === null) return 'both ends of the bounds are simulated first';
  return target >= range[0] - tolerance && target <= range[1] + tolerance
    ? '✓ the target lies inside'
    : '⊘ the target lies outside';
}

/** What the run is doing at this moment. */
function AtWork({ details: { progress, at_work } }: { readonly details: RunDetails }) {
  const phase =
    progress == null
      ? 'waiting for a worker'
      : `${plainWords(progress.phase)}, iteration ${progress.iteration} of at most ${progress.max_iterations}`;
  return (
    <Text size="sm" role="status" aria-live="polite">
      {phase}
      {at_work != null &&
        `; year ${at_work.year} (${at_work.years_done + 1} of ${at_work.years_total}): ${at_work.model}`}
      {progress?.notes.map((note) => ` ${note}`)}
    </Text>
  );
}

const UnknownRun = ({ runId }: { readonly runId: string }) => (
  <ErrorNotice
    error={{
      code: 'RUN_NOT_SHOWN',
      message: `Run ${runId} cannot be followed: it is not known, or the server of this page does not answer.`,
      hint: 'Look for it on the page Runs, or start a new run.',
    }}
  />
);
