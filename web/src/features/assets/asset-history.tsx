/** What happened to the assets of a selection, with the time that making them took, run after run. */
import { Button, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AssetHistory as History } from '../../api/types.js';
import { ErrorNotice } from '../../ui/error-notice.js';
import { FigureTable } from '../../ui/figure-table.js';
import { Waiting } from '../../ui/figures.js';
import { moment, seconds, shortId } from '../../ui/number.js';
import { Sparkline } from './sparkline.js';
import { assetHistoryQuery } from './queries.js';

const PAGE = 20;
type Event = History['events'][number];

export interface AssetHistoryProps {
  readonly select: string;
  /** What the selection is, in words. */
  readonly label: string;
  /** The times of one asset's runs can be compared. */
  readonly withTimes?: boolean;
}

export function AssetHistory({ select, label, withTimes = false }: AssetHistoryProps) {
  const [shown, setShown] = useState(PAGE);
  const { data, error } = useQuery({
    ...assetHistoryQuery(select, shown),
    placeholderData: keepPreviousData,
  });
  if (error) return <ErrorNotice error={error} />;
  if (data === undefined) return <Waiting what="the history" />;
  const { events, next_before } = data;
  if (events.length === 0)
    return (
      <Text size="sm" c="dimmed">
        Nothing happened yet: materialise it.
      </Text>
    );
  const times = events
    .filter(({ kind }) => kind === 'materialization')
    .map((event) => event.seconds ?? 0)
    .toReversed();
  return (
    <>
      {withTimes && times.length > 1 && <Sparkline label={`Seconds to make ${label}`} values={times} />}
      <FigureTable
        label={`History of ${label}`}
        oneLine
        rows={events}
        rowKey={({ sequence }) => sequence}
        columns={[
          { head: 'When', cell: ({ recorded_at }) => moment(recorded_at) },
          { head: 'Asset', cell: ({ asset, partition }) => (partition ? `${asset} ${partition}` : asset) },
          { head: 'What', cell: (event) => wordsOf(event) },
          { head: 'Seconds', number: true, cell: (event) => seconds(event.seconds) },
          {
            head: 'Data',
            cell: ({ data_version }) => (data_version ? <code>{shortId(data_version)}</code> : ''),
          },
          { head: 'Run', cell: ({ run }) => run },
        ]}
      />
      {next_before !== null && (
        <Button
          mt="xs"
          size="compact-xs"
          variant="default"
          onClick={() => setShown((before) => before + 100)}
        >
          Show earlier events
        </Button>
      )}
    </>
  );
}

function wordsOf({ kind, check, passed, reasons, code, message }: Event) {
  switch (kind) {
    case 'materialization':
      return <span className="tone-good">✓ made</span>;
    case 'observation':
      return 'observed';
    case 'check':
      return passed ? (
        <span className="tone-good">✓ {check} holds</span>
      ) : (
        <span className="tone-bad">✕ {check} fails</span>
      );
    case 'failed':
      return (
        <span className="tone-bad">
          ✕ {code}: {message}
        </span>
      );
    case 'blocked':
      return <span className="tone-bad">⊘ blocked: {reasons.join('; ')}</span>;
    case 'planned':
      return `planned: ${reasons.join('; ')}`;
  }
}
