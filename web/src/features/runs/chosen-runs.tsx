/** What can be done with the runs that are chosen: tag, archive with undo, pin, run again exactly. */
import { Button, Group, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { RoleButton } from '../../access/role-button.js';
import { post, put } from '../../api/http.js';
import type { RunListing, RunMarks, StartedRun } from '../../api/types.js';
import { ErrorNotice } from '../../ui/error-notice.js';
import { sameRequest } from './same-request.js';

type Change = readonly (readonly [string, Partial<RunMarks>])[];

export interface ChosenRunsProps {
  readonly runs: readonly RunListing[];
  readonly onDone: () => void;
}

export function ChosenRuns({ runs, onDone }: ChosenRunsProps) {
  const [tag, setTag] = useState('');
  const [undo, setUndo] = useState<{ readonly words: string; readonly back: Change }>();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const mark = useMutation({
    mutationFn: (change: Change) =>
      Promise.all(
        change.map(([id, marks]) => put<RunMarks>(`/api/runs/${encodeURIComponent(id)}/marks`, marks)),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ['runs'] }),
  });
  const again = useMutation({
    mutationFn: (run: RunListing) => post<StartedRun>('/api/runs', sameRequest(run.request ?? {})),
    onSuccess: ({ run_id }) => navigate({ to: '/optimize', search: { run: run_id } as never }),
  });
  const [only] = runs.length === 1 ? runs : [];
  const archived = runs.every((run) => run.marks.archived);
  const change = (words: string, of: (run: RunListing) => Partial<RunMarks>): void =>
    mark.mutate(
      runs.map((run) => [run.run_id, of(run)]),
      {
        onSuccess: () => {
          setUndo({ words, back: runs.map((run) => [run.run_id, run.marks]) });
          setTag('');
          onDone();
        },
      },
    );
  return (
    <div role="group" aria-label="Chosen runs">
      {runs.length > 0 && (
        <Group gap="xs" mb="xs" align="flex-end">
          <Text size="sm" fw={600}>
            {runs.length} chosen
          </Text>
          <TextInput
            size="xs"
            w={140}
            aria-label="Tag"
            placeholder="tag"
            value={tag}
            onChange={({ currentTarget }) => setTag(currentTarget.value)}
          />
          <RoleButton
            needs="analyst"
            size="compact-sm"
            variant="default"
            disabled={tag.trim() === ''}
            onClick={() =>
              change(`Tagged ${tag.trim()}`, ({ marks }) => ({ tags: [...marks.tags, tag.trim()] }))
            }
          >
            Add the tag
          </RoleButton>
          <RoleButton
            needs="analyst"
            size="compact-sm"
            variant="default"
            onClick={() => change(archived ? 'Brought back' : 'Archived', () => ({ archived: !archived }))}
          >
            {archived ? 'Bring back' : 'Archive'}
          </RoleButton>
          {only && (
            <>
              <RoleButton
                needs="analyst"
                size="compact-sm"
                variant="default"
                onClick={() =>
                  change(only.marks.pinned ? 'Unpinned' : 'Pinned', () => ({ pinned: !only.marks.pinned }))
                }
              >
                {only.marks.pinned ? 'Unpin' : 'Pin as baseline'}
              </RoleButton>
              <RoleButton
                needs="analyst"
                size="compact-sm"
                variant="default"
                loading={again.isPending}
                disabled={only.request === null || only.request['targets'] !== undefined}
                onClick={() => again.mutate(only)}
              >
                Run again exactly
              </RoleButton>
            </>
          )}
        </Group>
      )}
      {undo && (
        <Group gap="xs" mb="xs" role="status">
          <Text size="sm">
            ✓ {undo.words}: {undo.back.length === 1 ? undo.back[0]?.[0] : `${undo.back.length} runs`}.
          </Text>
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => mark.mutate(undo.back, { onSuccess: () => setUndo(undefined) })}
          >
            Undo
          </Button>
        </Group>
      )}
      {(mark.error ?? again.error) && <ErrorNotice error={mark.error ?? again.error} />}
    </div>
  );
}
