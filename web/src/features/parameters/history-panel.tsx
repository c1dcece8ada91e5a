/** Who moved the scenario's levers, when and why, with the way back to any of them. */
import { Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { RoleButton } from '../../access/role-button.js';
import { post } from '../../api/http.js';
import { leverHistoryQuery } from '../../api/queries.js';
import type { LeverMoved } from '../../api/types.js';
import { ErrorNotice } from '../../ui/error-notice.js';
import { FigureTable } from '../../ui/figure-table.js';
import { Panel } from '../../ui/figures.js';
import { moment, shortId } from '../../ui/number.js';

export interface HistoryPanelProps {
  readonly scenario: string;
  /** Fingerprint of the current set. */
  readonly current: string;
}

export function HistoryPanel({ scenario, current }: HistoryPanelProps) {
  const { data, error } = useQuery(leverHistoryQuery(scenario));
  const queries = useQueryClient();
  const back = useMutation({
    mutationFn: (to: string) =>
      post<LeverMoved>('/api/levers/rollback', {
        scenario,
        expected: current,
        to,
        reason: `back to ${shortId(to)}`,
      }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['levers'] }),
  });
  const moves = data?.moves ?? [];
  return (
    <Panel title="History of the levers">
      {(error ?? back.error) && <ErrorNotice error={error ?? back.error} />}
      {moves.length === 0 ? (
        <Text size="sm" c="dimmed">
          Nobody has moved the levers of {scenario} yet: they are those of the first import.
        </Text>
      ) : (
        <FigureTable
          label="Moves of the levers"
          rows={moves}
          rowKey={({ version }) => version}
          columns={[
            { head: 'When', cell: ({ at }) => moment(at) },
            { head: 'Who', cell: ({ by }) => by },
            { head: 'How', cell: ({ action }) => action },
            { head: 'Why', cell: ({ reason }) => reason },
            {
              head: 'Run',
              cell: ({ run_id }) =>
                run_id === null ? (
                  ''
                ) : (
                  <Link to="/optimize" search={{ run: run_id } as never}>
                    {run_id}
                  </Link>
                ),
            },
            { head: 'Set', cell: ({ to }) => <code>{shortId(to)}</code> },
            {
              head: 'Action',
              cell: ({ from, to }) =>
                to === current ? (
                  <RoleButton
                    needs="approver"
                    size="compact-xs"
                    variant="default"
                    loading={back.isPending}
                    onClick={() => back.mutate(from)}
                  >
                    Undo this move
                  </RoleButton>
                ) : (
                  <RoleButton
                    needs="approver"
                    size="compact-xs"
                    variant="default"
                    loading={back.isPending}
                    onClick={() => back.mutate(to)}
                  >
                    Make current again
                  </RoleButton>
                ),
            },
          ]}
        />
      )}
    </Panel>
  );
}
