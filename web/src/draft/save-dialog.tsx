/** Shows what a draft changes, asks why, and makes it current; when somebody was quicker, shows both changes. */
import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiProblem, post } from '../api/http.js';
import { leversQuery } from '../api/queries.js';
import type { LeverConflict, LeverMoved } from '../api/types.js';
import { ErrorNotice } from '../ui/error-notice.js';
import { LeverDiff } from '../ui/lever-diff.js';
import { moment } from '../ui/number.js';
import { cellKey, EMPTY_DRAFT, listChanges, rebase } from './draft.js';
import { useDraft } from './store.js';

export interface SaveDialogProps {
  readonly scenario: string;
  readonly onClose: () => void;
}

export function SaveDialog({ scenario, onClose }: SaveDialogProps) {
  const [draft, change] = useDraft(scenario);
  const [reason, setReason] = useState('');
  const queries = useQueryClient();
  const grid = useQuery(leversQuery(scenario)).data;
  const values = new Map(grid?.levers.map((row) => [cellKey(row), row.parameter_value]));
  const save = useMutation({
    mutationFn: () =>
      post<LeverMoved>('/api/levers/publish', {
        scenario,
        expected: draft.base ?? grid?.lever_set,
        changes: listChanges(draft.changes).map(({ cell, value }) => ({ ...cell, value })),
        reason,
      }),
    onSuccess: async () => {
      change(() => EMPTY_DRAFT);
      onClose();
      await queries.invalidateQueries();
    },
  });
  const conflict = save.error instanceof ApiProblem ? save.error.problem.conflict : null;
  const steps = listChanges(draft.changes).map(({ cell, value }) => ({
    ...cell,
    before: values.get(cellKey(cell)) ?? null,
    after: value,
  }));
  return (
    <Modal opened onClose={onClose} title={`Save the levers of ${scenario}`} size="xl">
      <Stack gap="sm">
        <LeverDiff label="What the draft changes" steps={steps} />
        <TextInput
          label="Why"
          description="Stands in the history of the levers"
          required
          data-autofocus
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
        {conflict && (
          <Conflict
            conflict={conflict}
            onRebase={() => {
              change((before) => rebase(before, conflict.found));
              save.reset();
              void queries.invalidateQueries({ queryKey: ['levers'] });
            }}
            onDiscard={() => {
              change(() => EMPTY_DRAFT);
              void queries.invalidateQueries({ queryKey: ['levers'] });
              onClose();
            }}
          />
        )}
        {save.error && !conflict && <ErrorNotice error={save.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Keep editing
          </Button>
          <Button
            disabled={reason.trim() === '' || conflict !== null}
            loading={save.isPending}
            onClick={() => save.mutate()}
          >
            Save as current
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

interface ConflictProps {
  readonly conflict: LeverConflict;
  readonly onRebase: () => void;
  readonly onDiscard: () => void;
}

/** Both sides of a conflict; nothing is lost on either. */
export function Conflict({ conflict, onRebase, onDiscard }: ConflictProps) {
  const { by, at, reason, theirs, yours } = conflict;
  return (
    <Stack gap="xs" role="alert" className="panel">
      <Text size="sm">
        <strong>{by}</strong> moved the levers at {moment(at)} ({reason}). Nothing was written; your changes
        are kept.
      </Text>
      <Text size="sm" fw={600}>
        Their changes
      </Text>
      <LeverDiff label="Their changes" steps={theirs} />
      <Text size="sm" fw={600}>
        Your changes
      </Text>
      <LeverDiff label="Your changes" steps={yours} />
      <Group gap="xs">
        <Button size="compact-sm" onClick={onRebase}>
          Put my changes on top of theirs
        </Button>
        <Button size="compact-sm" variant="default" onClick={onDiscard}>
          Drop mine, take theirs
        </Button>
      </Group>
    </Stack>
  );
}
