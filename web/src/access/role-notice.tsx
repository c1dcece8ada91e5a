/** What a role that may not do everything may do, and what takes another; with the way out. */
import { Button, Group, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Role } from '../../../src/shared/contract/roles.terms.js';
import { request } from '../api/http.js';
import type { Session } from '../api/types.js';
import { ErrorNotice } from '../ui/error-notice.js';

const MAY: Readonly<Record<Role, string>> = {
  viewer:
    'may read everything but rows of people. Starting runs and simulations takes an analyst, changing current levers an approver.',
  analyst:
    'may read everything and start runs and simulations. Changing current levers and approving runs takes an approver.',
  approver: 'may do everything but approve what the same person asked for.',
};

/** On a loopback server there is none: everybody may do everything. */
export function RoleNotice({ session }: { readonly session: Session }) {
  const queries = useQueryClient();
  const leave = useMutation({
    mutationFn: () => request<undefined>('/api/session', { method: 'DELETE' }),
    onSuccess: () => queries.resetQueries(),
  });
  return (
    <Group className="panel no-print" mb="sm" py={6} gap="sm" role="note" aria-label="Your role">
      <Text size="sm">
        <strong>{session.user}</strong> is {session.role}: {MAY[session.role]}
      </Text>
      <Button size="compact-xs" variant="default" loading={leave.isPending} onClick={() => leave.mutate()}>
        Sign out
      </Button>
      {leave.error && <ErrorNotice error={leave.error} />}
    </Group>
  );
}
