/** The health of an asset: sign, word and colour. */
import { Group } from '@mantine/core';
import { own } from '../../../../src/shared/own.terms.js';

/** From what needs somebody first to what needs nobody. */
const ORDER = ['failed', 'blocked', 'degraded', 'running', 'missing', 'warning', 'stale', 'healthy'];

const SIGNS: Record<string, { readonly sign: string; readonly tone: string }> = {
  failed: { sign: '✕', tone: 'bad' },
  blocked: { sign: '⊘', tone: 'bad' },
  degraded: { sign: '▼', tone: 'bad' },
  missing: { sign: '○', tone: 'plain' },
  warning: { sign: '▲', tone: 'warn' },
  healthy: { sign: '✓', tone: 'good' },
  stale: { sign: '↻', tone: 'warn' },
  running: { sign: '▶', tone: 'plain' },
};

/** The one that has to be known when there is room for one. */
export const worstStatus = (statuses: readonly string[]): string =>
  ORDER.find((status) => statuses.includes(status)) ?? '';

export const signOf = (status: string): { readonly sign: string; readonly tone: string } =>
  own(SIGNS, status) ?? { sign: '•', tone: 'plain' };

export function AssetStatus({ status }: { readonly status: string }) {
  const { sign, tone } = signOf(status);
  return (
    <span className={`tone-${tone}`}>
      <span aria-hidden="true">{sign}</span> {status}
    </span>
  );
}

export const AssetStatuses = ({ statuses }: { readonly statuses: readonly string[] }) => (
  <Group gap="xs" component="span">
    {statuses.map((status) => (
      <AssetStatus key={status} status={status} />
    ))}
  </Group>
);
