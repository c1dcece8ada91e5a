/** One asset: what it is, its columns and checks, and each of its partitions with what a run would do and why. */
import { Button, Group, Stack, Text } from '@mantine/core';
import type { AssetView } from '../../api/types.js';
import { FigureTable } from '../../ui/figure-table.js';
import { Panel } from '../../ui/figures.js';
import { count, moment, seconds } from '../../ui/number.js';
import { AssetStatus } from './status.js';

export interface AssetPanelProps {
  readonly asset: AssetView;
  readonly onSelect: (selection: string) => void;
  readonly onClose: () => void;
}

export function AssetPanel({ asset, onSelect, onClose }: AssetPanelProps) {
  const { key, description, group, kinds, deps, checks, columns, steps, status } = asset;
  return (
    <Panel
      title={key}
      actions={
        <>
          <Button size="compact-xs" variant="default" onClick={() => onSelect(`+${key}`)}>
            Select upstream
          </Button>
          <Button size="compact-xs" variant="default" onClick={() => onSelect(`${key}+`)}>
            Select downstream
          </Button>
          <Button size="compact-xs" variant="default" onClick={onClose}>
            Close
          </Button>
        </>
      }
    >
      <Stack gap="xs">
        <Text size="sm">{description}</Text>
        <Group gap="md">
          {status.map((each) => (
            <Text size="sm" key={each}>
              <AssetStatus status={each} />
            </Text>
          ))}
          <Text size="xs" c="dimmed">
            group {group} · {kinds.join(', ')} · reads {deps.length === 0 ? 'nothing' : deps.join(', ')}
          </Text>
        </Group>
        {steps.length > 0 && (
          <FigureTable
            label={`Partitions of ${key}`}
            rows={steps}
            rowKey={({ partition }) => partition ?? 'whole'}
            columns={[
              { head: 'Partition', cell: ({ partition }) => partition ?? 'whole' },
              { head: 'State', cell: (step) => <AssetStatus status={step.status[0] ?? ''} /> },
              { head: 'A run would', cell: ({ action, reasons }) => `${action}: ${reasons.join('; ')}` },
              { head: 'Made', cell: ({ made_at }) => moment(made_at) },
              { head: 'Rows', number: true, cell: ({ rows }) => count(rows) },
              { head: 'Seconds', number: true, cell: (step) => seconds(step.seconds) },
            ]}
          />
        )}
        {checks.length > 0 && (
          <Text size="sm">
            Checks: {checks.map(({ name, failed }) => `${failed ? '✕' : '✓'} ${name}`).join(', ')}
          </Text>
        )}
        {Object.keys(columns).length > 0 && (
          <details>
            <summary>{Object.keys(columns).length} columns</summary>
            <FigureTable
              label={`Columns of ${key}`}
              rows={Object.entries(columns)}
              rowKey={([name]) => name}
              columns={[
                { head: 'Column', cell: ([name]) => <code>{name}</code> },
                { head: 'Meaning', cell: ([, meaning]) => meaning },
              ]}
            />
          </details>
        )}
      </Stack>
    </Panel>
  );
}
