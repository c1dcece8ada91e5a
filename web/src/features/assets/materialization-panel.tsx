/** A materialisation as it happens: how far it is, what is made now, how long it takes; it can be cancelled here. */
import { Button, Group, List, Progress, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { RoleButton } from '../../access/role-button.js';
import { post } from '../../api/http.js';
import { useFollowed } from '../../api/live.js';
import type { MaterializationState } from '../../api/types.js';
import { ErrorNotice } from '../../ui/error-notice.js';
import { Panel, StateBadge, Waiting } from '../../ui/figures.js';
import { LinkNotice } from '../../ui/link-notice.js';
import { seconds } from '../../ui/number.js';
import { TellMe } from '../../ui/tell-me.js';
import { courseOf, doneOf, elapsedSeconds } from './materialization-words.js';

const isOver = ({ status }: MaterializationState): boolean => status !== 'running';
const TICK_MS = 1000;
/** The assets change while they are made. */
const LOOK_MS = 2000;

export interface MaterializationPanelProps {
  readonly run: string;
  readonly onClose: () => void;
}

export function MaterializationPanel({ run, onClose }: MaterializationPanelProps) {
  const path = `/api/materializations/${encodeURIComponent(run)}`;
  const { state, link, resyncs } = useFollowed<MaterializationState>(`${path}/events`, isOver);
  const queries = useQueryClient();
  const cancel = useMutation({ mutationFn: () => post(`${path}/cancel`) });
  // A cancelled run no longer tells how far it came.
  const lastProgress = useRef<MaterializationState['progress']>(null);
  if (state?.progress != null) lastProgress.current = state.progress;
  const progress = state?.progress ?? lastProgress.current;
  const over = state !== undefined && isOver(state);
  const done = progress === null ? 0 : doneOf(progress);
  useEffect(() => {
    const lookAgain = (): void => void queries.invalidateQueries({ queryKey: ['assets'] });
    if (over) lookAgain();
    const timer = over ? undefined : setInterval(lookAgain, LOOK_MS);
    return () => clearInterval(timer);
  }, [over, queries]);
  const now = useNow(!over);
  if (state === undefined) {
    if (link !== 'lost') return <Waiting what={`materialisation ${run}`} />;
    return (
      <ErrorNotice
        error={{
          code: 'RUN_NOT_SHOWN',
          message: `Materialisation ${run} cannot be followed: it is not known, or the server of this page does not answer.`,
          hint: 'What was made stands in the history of the assets.',
        }}
      />
    );
  }
  const time = elapsedSeconds(state, now);
  return (
    <Panel
      title="Materialisation"
      actions={
        <>
          <TellMe ended={over ? `Materialisation ${run}: ${state.status}` : undefined} />
          {over ? (
            <Button size="compact-sm" variant="default" onClick={onClose}>
              Close
            </Button>
          ) : (
            <RoleButton
              needs="analyst"
              size="compact-sm"
              variant="default"
              loading={cancel.isPending}
              onClick={() => cancel.mutate()}
            >
              Cancel the materialisation
            </RoleButton>
          )}
        </>
      }
    >
      <Stack gap="xs">
        <Group gap="sm">
          <StateBadge state={state.status} />
          <Text size="xs" c="dimmed">
            {run}
            {state.temporal_url !== null && (
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
        {progress !== null && (
          <Progress
            aria-label="Steps that are over"
            value={progress.steps_total === 0 ? 100 : (100 * done) / progress.steps_total}
            color={progress.failed + progress.blocked > 0 ? 'red' : 'blue'}
          />
        )}
        <Text size="sm" role="status" aria-live="polite">
          {courseOf(state.status, progress)}
        </Text>
        <Text size="xs" c="dimmed">
          {seconds(time)} {over ? 'in all' : 'so far'}
          {!over &&
            progress?.seconds_left != null &&
            `; what is left took ${seconds(progress.seconds_left)} when it was made last, one after another`}
          .
        </Text>
        {!over && <AtWork state={state} />}
        {state.errors.length + state.failed_checks.length > 0 && (
          <List size="sm" spacing={2}>
            {[...state.errors, ...state.failed_checks.map((check) => `${check} fails`)].map((text) => (
              <List.Item key={text} className="tone-bad">
                ✕ {text}
              </List.Item>
            ))}
          </List>
        )}
        {state.error !== null && <ErrorNotice error={state.error} />}
        {cancel.error && <ErrorNotice error={cancel.error} />}
      </Stack>
    </Panel>
  );
}

function AtWork({ state: { progress, at_work } }: { readonly state: MaterializationState }) {
  const lines = [...(progress?.running.map((label) => `▶ ${label}`) ?? []), ...at_work];
  if (lines.length + (progress?.waiting.length ?? 0) === 0) return null;
  return (
    <List size="sm" spacing={2} listStyleType="none" aria-label="At work">
      {[...lines, ...(progress?.waiting.map((label) => `… ${label}`) ?? [])].map((line) => (
        <List.Item key={line}>{line}</List.Item>
      ))}
    </List>
  );
}

/** The time of the page, a second at a time; it stands still when `running` is false. */
function useNow(running: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!running) return undefined;
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [running]);
  return now;
}
