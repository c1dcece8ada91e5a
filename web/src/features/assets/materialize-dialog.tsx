/** What a run of the selection would make, reuse and leave blocked, before it is started. */
import { Button, Checkbox, Group, Modal, ScrollArea, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { post } from '../../api/http.js';
import type { AssetPlan, StartedMaterialization } from '../../api/types.js';
import { ErrorNotice } from '../../ui/error-notice.js';
import { FigureTable } from '../../ui/figure-table.js';
import { Waiting } from '../../ui/figures.js';
import { assetPlanQuery } from './queries.js';

const PAUSE_MS = 300;

export interface MaterializeDialogProps {
  readonly select: string;
  readonly onStarted: (run: StartedMaterialization) => void;
  readonly onClose: () => void;
}

export function MaterializeDialog({ select, onStarted, onClose }: MaterializeDialogProps) {
  const [typed, setTyped] = useState('');
  const [force, setForce] = useState(false);
  const [partitions] = useDebouncedValue(typed.trim() === '' ? undefined : typed.trim(), PAUSE_MS);
  const queries = useQueryClient();
  const plan = useQuery({
    ...assetPlanQuery({ select, partitions, force }),
    placeholderData: keepPreviousData,
  });
  const start = useMutation({
    mutationFn: () =>
      post<StartedMaterialization>('/api/materializations', {
        select,
        force,
        ...(partitions === undefined ? {} : { partitions }),
      }),
    onSuccess: (run) => {
      onStarted(run);
      onClose();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['assets'] }),
  });
  const steps = plan.data?.steps ?? [];
  const count = (action: string): number => steps.filter((step) => step.action === action).length;
  return (
    <Modal opened onClose={onClose} title="Materialise the selection" size="xl">
      <Stack gap="sm">
        <Text size="sm">
          Selection <code>{select}</code>. Nothing is started until you say so.
        </Text>
        <Group gap="md" align="flex-end">
          <TextInput
            size="xs"
            label="Partitions"
            description="Such as 2025..2027 or 2026,2028; empty: all"
            value={typed}
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          />
          <Checkbox
            size="xs"
            label="Make it again, whatever is recorded"
            checked={force}
            onChange={({ currentTarget }) => setForce(currentTarget.checked)}
          />
        </Group>
        {plan.error && <ErrorNotice error={plan.error} />}
        {start.error && <ErrorNotice error={start.error} />}
        {plan.data === undefined && !plan.error && <Waiting what="the plan" />}
        {plan.data && !plan.error && (
          <>
            <Text size="sm" role="status">
              {count('run')} to make, {count('reuse')} reused, {count('blocked')} blocked.
            </Text>
            <ScrollArea.Autosize mah="42vh" type="auto">
              <FigureTable
                label="Plan of the run"
                rows={planLines(steps)}
                rowKey={({ id }) => id}
                columns={[
                  { head: 'Asset', cell: ({ key }) => key },
                  { head: 'Partitions', cell: ({ partitions: years }) => years.join(' ') },
                  { head: 'What', cell: ({ action }) => ACTIONS[action] },
                  { head: 'Why', cell: ({ reasons }) => reasons.join('; ') },
                ]}
              />
            </ScrollArea.Autosize>
          </>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            loading={start.isPending}
            disabled={plan.isFetching || plan.error !== null || count('run') === 0}
            onClick={() => start.mutate()}
          >
            Make {count('run')} {count('run') === 1 ? 'partition' : 'partitions'}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

type Step = AssetPlan['steps'][number];

const ACTIONS: Readonly<Record<Step['action'], string>> = {
  run: '▶ make',
  reuse: '✓ reuse',
  blocked: '⊘ blocked',
};

interface PlanLine extends Omit<Step, 'partition'> {
  readonly id: string;
  readonly partitions: string[];
}

/** Partitions of an asset with the same action and reasons share a line; what is made stands first. */
export function planLines(steps: readonly Step[]): PlanLine[] {
  const lines = new Map<string, PlanLine>();
  for (const { partition, ...step } of steps) {
    const id = JSON.stringify([step.key, step.action, step.reasons]);
    const line = lines.get(id) ?? { ...step, id, partitions: [] };
    lines.set(id, line);
    if (partition !== null) line.partitions.push(partition);
  }
  const order: readonly string[] = Object.keys(ACTIONS);
  return [...lines.values()].toSorted(
    (left, right) => order.indexOf(left.action) - order.indexOf(right.action),
  );
}
