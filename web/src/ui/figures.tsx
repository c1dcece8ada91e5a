/** Cards of figures, badges of states and empty places: the small parts that all pages share. */
import { Badge, Group, Loader, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { plainWords } from './words.js';
import { own } from '../../../src/shared/own.terms.js';

export type Tone = 'good' | 'warn' | 'bad' | 'plain';

export interface FigureCardProps {
  readonly label: string;
  readonly value: ReactNode;
  readonly note?: ReactNode;
  readonly tone?: Tone;
}

export function FigureCard({ label, value, note, tone = 'plain' }: FigureCardProps) {
  return (
    <div className="panel">
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <div className={`card-figure tone-${tone}`}>{value}</div>
      <Text size="xs" c="dimmed" component="div">
        {note ?? '\u00a0'}
      </Text>
    </div>
  );
}

export interface FigureCardsProps {
  readonly children: ReactNode;
  /** On a wide screen. */
  readonly columns?: number;
}

export const FigureCards = ({ children, columns = 4 }: FigureCardsProps) => (
  <SimpleGrid cols={{ base: 2, md: columns }} spacing="sm">
    {children}
  </SimpleGrid>
);

/** Sign and colour: never colour alone. */
const STATES: Record<string, { readonly sign: string; readonly colour: string }> = {
  running: { sign: '▶', colour: 'blue' },
  waiting_for_approval: { sign: '?', colour: 'yellow' },
  paused: { sign: '❚❚', colour: 'yellow' },
  converged: { sign: '✓', colour: 'teal' },
  completed: { sign: '✓', colour: 'teal' },
  succeeded: { sign: '✓', colour: 'teal' },
  not_converged: { sign: '≠', colour: 'yellow' },
  infeasible: { sign: '⊘', colour: 'orange' },
  cancelled: { sign: '■', colour: 'gray' },
  terminated: { sign: '■', colour: 'gray' },
  failed: { sign: '✕', colour: 'red' },
  damaged: { sign: '✕', colour: 'red' },
};

export function StateBadge({ state }: { readonly state: string }) {
  const { sign, colour } = own(STATES, state) ?? { sign: '•', colour: 'gray' };
  return (
    <Badge
      variant="outline"
      color={colour}
      radius="sm"
      leftSection={<span aria-hidden="true">{sign}</span>}
      styles={{ root: { textTransform: 'none', color: 'var(--mantine-color-text)' } }}
    >
      {plainWords(state)}
    </Badge>
  );
}

export interface EmptyPlaceProps {
  readonly title: string;
  readonly children: ReactNode;
  /** The next step. */
  readonly action?: ReactNode;
}

export const EmptyPlace = ({ title, children, action }: EmptyPlaceProps) => (
  <Paper className="panel" p="xl">
    <Stack align="center" gap="xs">
      <Text fw={600}>{title}</Text>
      <Text size="sm" c="dimmed" ta="center" maw="60ch" component="div">
        {children}
      </Text>
      {action}
    </Stack>
  </Paper>
);

export const Waiting = ({ what }: { readonly what: string }) => (
  <Group p="md" gap="xs" role="status">
    <Loader size="xs" />
    <Text size="sm" c="dimmed">
      Loading {what}
    </Text>
  </Group>
);

export interface PageHeadProps {
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

export const PageHead = ({ title, children, actions }: PageHeadProps) => (
  <Group justify="space-between" align="flex-end" mb="sm" gap="sm">
    <div>
      <Title order={1}>{title}</Title>
      {children !== undefined && (
        <Text size="sm" c="dimmed" component="div" maw="90ch">
          {children}
        </Text>
      )}
    </div>
    <Group gap="xs" className="no-print">
      {actions}
    </Group>
  </Group>
);

export interface PanelProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}

export const Panel = ({ title, children, actions }: PanelProps) => (
  <section className="panel" aria-label={title}>
    <Group justify="space-between" mb="xs">
      <Title order={2}>{title}</Title>
      <Group gap="xs" className="no-print">
        {actions}
      </Group>
    </Group>
    {children}
  </section>
);
