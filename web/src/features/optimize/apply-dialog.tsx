/** Makes a run's levers current, after showing what that changes now; a conflict is shown, and the move can be taken back. */
import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { digitsFor } from '../../../../src/shared/contract/figures.terms.js';
import { ApiProblem, post } from '../../api/http.js';
import { leversQuery } from '../../api/queries.js';
import type { LeverMoved, OptimizationResult, RunDetails } from '../../api/types.js';
import { Conflict } from '../../draft/save-dialog.js';
import { cellKey } from '../../draft/draft.js';
import { ErrorNotice } from '../../ui/error-notice.js';
import { Waiting } from '../../ui/figures.js';
import { LeverDiff } from '../../ui/lever-diff.js';
import { percent, percentagePoints } from '../../ui/number.js';
import { plainWords } from '../../ui/words.js';

export interface ApplyDialogProps {
  readonly details: RunDetails;
  readonly result: OptimizationResult;
  readonly onClose: () => void;
}

export function ApplyDialog({ details: { run }, result, onClose }: ApplyDialogProps) {
  const scenario = run.scenario ?? 'default';
  const [isAccepted, accept] = useState(result.status === 'converged');
  const [reason, setReason] = useState(`levers of run ${run.run_id}`);
  const queries = useQueryClient();
  const grid = useQuery(leversQuery(scenario)).data;
  const apply = useMutation({
    mutationFn: (expected: string) =>
      post<LeverMoved>(`/api/runs/${encodeURIComponent(run.run_id)}/apply`, {
        expected,
        reason,
        // Only whoever was told what they miss comes so far.
        anyway: result.status !== 'converged',
      }),
    onSettled: () => queries.invalidateQueries(),
  });
  const undo = useMutation({
    mutationFn: (moved: LeverMoved) =>
      post<LeverMoved>('/api/levers/rollback', {
        scenario,
        expected: moved.lever_set,
        to: moved.previous,
        reason: `undo of run ${run.run_id}`,
      }),
    onSettled: () => queries.invalidateQueries(),
  });
  const conflict = apply.error instanceof ApiProblem ? apply.error.problem.conflict : null;
  const current = new Map(grid?.levers.map((row) => [cellKey(row), row.parameter_value]));
  const steps = result.levers
    .map((lever) => ({ ...lever, before: current.get(cellKey(lever)) ?? null }))
    .filter(({ before, after }) => before !== after);
  return (
    <Modal opened onClose={onClose} title={`Apply the levers of ${run.run_id} to ${scenario}`} size="xl">
      <Stack gap="sm">
        {undo.data ? (
          <Text size="sm">↺ Taken back: the levers are as they were before.</Text>
        ) : apply.data ? (
          <Text size="sm" className="tone-good">
            ✓{' '}
            {apply.data.moved
              ? `${apply.data.changes.length} levers of ${scenario} are changed.`
              : 'These levers were current already.'}
          </Text>
        ) : !isAccepted ? (
          <MissedTarget result={result} />
        ) : grid === undefined ? (
          <Waiting what="the current levers" />
        ) : steps.length === 0 ? (
          <Text size="sm">The current levers of {scenario} are those of the run already.</Text>
        ) : (
          <>
            <LeverDiff label="What applying changes" heads={['Current', 'Of the run']} steps={steps} />
            <TextInput
              label="Why"
              required
              value={reason}
              onChange={({ currentTarget }) => setReason(currentTarget.value)}
            />
          </>
        )}
        {conflict && (
          <Conflict conflict={conflict} onRebase={() => apply.mutate(conflict.found)} onDiscard={onClose} />
        )}
        {apply.error && !conflict && <ErrorNotice error={apply.error} />}
        {undo.error && <ErrorNotice error={undo.error} />}
        <Group justify="flex-end">
          {apply.data?.moved && !undo.data && (
            <Button variant="default" loading={undo.isPending} onClick={() => undo.mutate(apply.data)}>
              Undo
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
          {!isAccepted && (
            <Button variant="default" onClick={() => accept(true)}>
              Show what they would change
            </Button>
          )}
          {isAccepted && !apply.data && grid !== undefined && steps.length > 0 && (
            <Button
              loading={apply.isPending}
              disabled={reason.trim() === '' || conflict !== null}
              onClick={() => apply.mutate(grid.lever_set)}
            >
              {result.status === 'converged' ? 'Apply' : 'Apply levers that miss the target'}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}

/** Before anything else: these levers are the closest, and do not do what was asked. */
function MissedTarget({ result }: Pick<ApplyDialogProps, 'result'>) {
  const { status, targets, target_growth, final_growth, final_gap, tolerance } = result;
  const digits = digitsFor(tolerance);
  const missed = targets?.filter(({ met }) => !met).length ?? 0;
  return (
    <Text size="sm" className="tone-warn" role="alert">
      ▲ The run is {plainWords(status)}: these levers do not meet{' '}
      {targets == null
        ? `the target of ${percent(target_growth, digits)}. They give ${percent(final_growth, digits)}, a gap of ${percentagePoints(final_gap, digits)}`
        : `${missed} of ${targets.length} targets`}
      . Better change the question and run again; what they would change is the next step.
    </Text>
  );
}
