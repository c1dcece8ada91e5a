/** From the opening to the closing headcount of each year, shown to reconcile. */
import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ErrorNotice } from '../../ui/error-notice.js';
import { FigureTable } from '../../ui/figure-table.js';
import { Panel, Waiting } from '../../ui/figures.js';
import { count, signedCount } from '../../ui/number.js';
import { NumberLink } from './number-link.js';
import type { ViewProps } from './overview.js';
import { headcountBridgeQuery } from './queries.js';

export function HeadcountBridgePanel({ choice, simulation }: ViewProps) {
  const { data, error } = useQuery(headcountBridgeQuery(simulation));
  if (error) return <ErrorNotice error={error} />;
  if (data === undefined) return <Waiting what="the headcount bridge" />;
  const link = (year: number, category: string, value: number) => (
    <NumberLink
      choice={choice}
      figure="headcount_bridge"
      year={year}
      category={category}
      text={signedCount(value)}
    />
  );
  return (
    <Panel title="Headcount bridge">
      <FigureTable
        label="Headcount bridge, people"
        rows={data.years}
        rowKey={({ year }) => year}
        columns={[
          { head: 'Year', cell: ({ year }) => <strong>{year}</strong> },
          { head: 'Start', number: true, cell: ({ opening }) => count(opening) },
          { head: 'Hires', number: true, cell: ({ year, hires }) => link(year, 'hire', hires) },
          {
            head: 'Exits',
            number: true,
            cell: ({ year, experienced_terminations }) =>
              link(year, 'experienced_termination', -experienced_terminations),
          },
          {
            head: 'New-hire exits',
            number: true,
            cell: ({ year, new_hire_terminations }) =>
              link(year, 'new_hire_termination', -new_hire_terminations),
          },
          { head: 'End', number: true, cell: ({ closing }) => <strong>{count(closing)}</strong> },
          {
            head: 'Adds up',
            cell: ({ difference }) => (difference === 0 ? '✓' : `✕ off by ${signedCount(difference)}`),
          },
        ]}
      />
      <Text size="xs" c="dimmed" mt={4}>
        start + hires − exits = end. {data.reconciles ? '✓ It holds in every year.' : '✕ It does not hold.'}
      </Text>
    </Panel>
  );
}
