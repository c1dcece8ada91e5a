/** One asset: what it is, its columns and checks, and each of its partitions with what a run would do and why. */
import { Button, Group, Stack, Text } from '@mantine/core';
import type { AssetView } from '../../api/types.js';
import { FigureTable } from '../../ui/figure-table.js';
import { Panel } from '../../ui/figures.js';
import { count, moment, seconds, shortId } from '../../ui/number.js';
import { AssetChecks } from './asset-checks.js';
import { AssetHistory } from './asset-history.js';
import { PartitionStrip } from './partition-strip.js';
import { AssetStatus } from './status.js';
import { own } from '../../../../src/shared/own.terms.js';

export interface AssetPanelProps {
  readonly asset: AssetView;
  readonly onSelect: (selection: string) => void;
  readonly onClose: () => void;
}

const ACTIONS: Readonly<Record<string, string>> = {
  run: 'make it',
  reuse: 'reuse it',
  blocked: 'be blocked',
};

export function AssetPanel({ asset, onSelect, onClose }: AssetPanelProps) {
  const { key, description, group, kinds, deps, checks, columns, steps, status } = asset;
  const made = steps.findLast(({ made_at }) => made_at !== null);
  const changed = made?.inputs.filter((input) => input.changed).length ?? 0;
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
        {steps.length > 1 && <PartitionStrip asset={asset} />}
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
              {
                head: 'A run would',
                cell: ({ action, reasons, made_at }) =>
                  action === 'run' && made_at !== null
                    ? `make it: stale because ${reasons.join('; ')}`
                    : `${own(ACTIONS, action) ?? action}: ${reasons.join('; ')}`,
              },
              { head: 'Made', cell: ({ made_at }) => moment(made_at) },
              { head: 'Rows', number: true, cell: ({ rows }) => count(rows) },
              { head: 'Seconds', number: true, cell: (step) => seconds(step.seconds) },
            ]}
          />
        )}
        {made && (
          <details>
            <summary>
              Made from {made.inputs.length} {made.inputs.length === 1 ? 'input' : 'inputs'}
              {changed > 0 ? `, ${changed} of which changed since` : ', none of which changed since'}
            </summary>
            <Text size="xs" c="dimmed">
              {made.partition ?? 'whole'}: fingerprint <code>{shortId(made.fingerprint ?? '')}</code>, data{' '}
              <code>{shortId(made.data_version ?? '')}</code>, run {made.run}
            </Text>
            <FigureTable
              label={`Inputs of ${key}`}
              rows={made.inputs}
              rowKey={(input) => `${input.asset}@${input.partition}`}
              columns={[
                { head: 'Input', cell: (input) => input.asset },
                { head: 'Partition', cell: ({ partition }) => partition ?? 'whole' },
                {
                  head: 'Data as it was read',
                  cell: ({ data_version }) => <code>{shortId(data_version)}</code>,
                },
                {
                  head: 'Now',
                  cell: (input) =>
                    input.changed ? <span className="tone-warn">↻ changed</span> : 'the same',
                },
              ]}
            />
          </details>
        )}
        {checks.length > 0 && (
          <details>
            <summary>
              {checks.length} {checks.length === 1 ? 'check' : 'checks'}
              {checks.some(({ failed }) => failed) ? ', some fail' : ''}
            </summary>
            <Text size="xs" c="dimmed">
              {checks.map(({ name }) => name).join(', ')}
            </Text>
            <AssetChecks select={key} />
          </details>
        )}
        <details open>
          <summary>History</summary>
          <AssetHistory key={key} select={key} label={key} withTimes />
        </details>
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
