/** The latest verdict of each check of a selection; those that fail stand first. */
import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ErrorNotice } from '../../ui/error-notice.js';
import { FigureTable } from '../../ui/figure-table.js';
import { Waiting } from '../../ui/figures.js';
import { moment } from '../../ui/number.js';
import { assetChecksQuery } from './queries.js';

export function AssetChecks({ select }: { readonly select: string }) {
  const { data, error } = useQuery(assetChecksQuery(select));
  if (error) return <ErrorNotice error={error} />;
  if (data === undefined) return <Waiting what="the checks" />;
  if (data.checks.length === 0)
    return (
      <Text size="sm" c="dimmed">
        No check was evaluated yet: it is when its asset is made.
      </Text>
    );
  const failing = data.checks.filter(({ passed }) => !passed);
  return (
    <>
      <Text size="sm" className={failing.length === 0 ? 'tone-good' : 'tone-bad'}>
        {failing.length === 0
          ? `✓ All ${data.checks.length} verdicts are good.`
          : `✕ ${failing.length} of ${data.checks.length} verdicts are bad.`}
      </Text>
      <FigureTable
        label="Checks"
        rows={[...failing, ...data.checks.filter(({ passed }) => passed)]}
        rowKey={({ asset, partition, check }) => `${asset}@${partition}/${check}`}
        columns={[
          { head: 'Asset', cell: ({ asset }) => asset },
          { head: 'Partition', cell: ({ partition }) => partition ?? 'whole' },
          { head: 'Check', cell: ({ check }) => check },
          {
            head: 'Verdict',
            cell: ({ passed, severity, metadata }) =>
              passed ? (
                <span className="tone-good">
                  {metadata['follows_from'] === undefined
                    ? '✓ holds'
                    : `✓ follows from ${String(metadata['follows_from'].value)}`}
                </span>
              ) : severity === 'warn' ? (
                <span className="tone-warn">▲ warns</span>
              ) : (
                <span className="tone-bad">✕ fails</span>
              ),
          },
          { head: 'Blocks what reads it', cell: ({ blocking }) => (blocking ? 'yes' : 'no') },
          { head: 'When', cell: ({ evaluated_at }) => moment(evaluated_at) },
        ]}
      />
    </>
  );
}
