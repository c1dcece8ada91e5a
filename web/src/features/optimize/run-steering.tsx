/** Pause, resume, stop, cancel; approve or reject what waits. */
import { Button, Popover, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { post } from '../../api/http.js';
import type { RunDetails } from '../../api/types.js';
import { ErrorNotice } from '../../ui/error-notice.js';

export function RunSteering({ details: { run, progress } }: { readonly details: RunDetails }) {
  const steer = useMutation({
    mutationFn: ({ verb, body }: { readonly verb: string; readonly body?: object }) =>
      post(`/api/runs/${encodeURIComponent(run.run_id)}/${verb}`, body),
  });
  if (run.status !== 'running') return null;
  const ask = (verb: string) => steer.mutate({ verb });
  const waiting = progress?.phase === 'waiting_for_approval';
  const paused = progress?.phase === 'paused';
  return (
    <>
      {waiting ? (
        <>
          <Decision
            verb="approve"
            word="Approve"
            onDecide={(body) => steer.mutate({ verb: 'approve', body })}
          />
          <Decision verb="reject" word="Reject" onDecide={(body) => steer.mutate({ verb: 'reject', body })} />
        </>
      ) : (
        <>
          <Button size="compact-sm" variant="default" onClick={() => ask(paused ? 'resume' : 'pause')}>
            {paused ? 'Resume' : 'Pause'}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => ask('stop')}>
            Stop and keep best
          </Button>
        </>
      )}
      <Button size="compact-sm" variant="default" onClick={() => ask('cancel')}>
        Cancel
      </Button>
      {steer.error && <ErrorNotice error={steer.error} />}
    </>
  );
}

interface DecisionProps {
  readonly verb: 'approve' | 'reject';
  readonly word: string;
  readonly onDecide: (body: { comment?: string }) => void;
}

function Decision({ verb, word, onDecide }: DecisionProps) {
  const [comment, setComment] = useState('');
  return (
    <Popover position="bottom-end" withArrow trapFocus>
      <Popover.Target>
        <Button size="compact-sm" variant={verb === 'approve' ? 'filled' : 'default'}>
          {word}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            onDecide(comment.trim() === '' ? {} : { comment: comment.trim() });
          }}
        >
          <Stack gap="xs">
            <Text size="sm" maw={260}>
              {verb === 'approve' ? 'Makes the levers of this run current.' : 'The levers stay as they are.'}{' '}
              The one who asked for the run cannot decide.
            </Text>
            <TextInput
              label="Comment"
              value={comment}
              onChange={({ currentTarget }) => setComment(currentTarget.value)}
            />
            <Button type="submit" size="compact-sm">
              {word} the levers
            </Button>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
