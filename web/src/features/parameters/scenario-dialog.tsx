/** Makes a named scenario with the levers of the one shown. */
import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { post } from '../../api/http.js';
import type { LeverMoved } from '../../api/types.js';
import { usePageContext } from '../../app/use-context.js';
import { ErrorNotice } from '../../ui/error-notice.js';

export interface ScenarioDialogProps {
  readonly from: string;
  readonly onClose: () => void;
}

export function ScenarioDialog({ from, onClose }: ScenarioDialogProps) {
  const [scenario, setScenario] = useState('');
  const [reason, setReason] = useState('');
  const { chosen, choose } = usePageContext();
  const queries = useQueryClient();
  const make = useMutation({
    mutationFn: () => post<LeverMoved>('/api/scenarios', { scenario, copy_of: from, reason }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['scenarios'] });
      choose({ ...chosen, scenario });
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={`New scenario from ${from}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate();
        }}
      >
        <Stack gap="sm">
          <TextInput
            label="Name"
            description="Letters, digits, dot, dash or underscore"
            required
            data-autofocus
            value={scenario}
            onChange={({ currentTarget }) => setScenario(currentTarget.value)}
          />
          <TextInput
            label="Why"
            required
            value={reason}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
          />
          {make.error && <ErrorNotice error={make.error} />}
          <Group justify="flex-end">
            <Button type="submit" loading={make.isPending} disabled={scenario === '' || reason.trim() === ''}>
              Make the scenario
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
