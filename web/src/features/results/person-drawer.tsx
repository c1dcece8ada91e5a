/** One person through the years: what happened, and where each year ended. */
import { Drawer, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ErrorNotice } from '../../ui/error-notice.js';
import { FigureTable } from '../../ui/figure-table.js';
import { Waiting } from '../../ui/figures.js';
import { plainWords } from '../../ui/words.js';
import type { ViewProps } from './overview.js';
import { timelineQuery } from './queries.js';
import { cellText, type TableRow } from './row-text.js';
import { own } from '../../../../src/shared/own.terms.js';

const EVENT_COLUMNS = [
  'effective_date',
  'event_category',
  'level_before',
  'level_after',
  'previous_compensation',
  'new_compensation',
];
const YEAR_COLUMNS = [
  'simulation_year',
  'level_id',
  'current_compensation',
  'prorated_compensation',
  'detailed_status_code',
];

export function PersonDrawer({ choice: { person, choose }, simulation }: ViewProps) {
  return (
    <Drawer
      opened={person !== undefined}
      onClose={() => choose({ person: undefined })}
      position="right"
      size="xl"
      title={`Employee ${person ?? ''}`}
    >
      {person !== undefined && <Person simulation={simulation} person={person} />}
    </Drawer>
  );
}

function Person({ simulation, person }: { readonly simulation: string; readonly person: string }) {
  const { data, error } = useQuery(timelineQuery(simulation, person));
  if (error) return <ErrorNotice error={error} />;
  if (data === undefined) return <Waiting what="the person" />;
  return (
    <Stack gap="sm">
      <Text fw={600}>What happened</Text>
      <Rows label="Events of the person" rows={data.events} columns={EVENT_COLUMNS} />
      <Text fw={600}>Where each year ended</Text>
      <Rows label="Years of the person" rows={data.years} columns={YEAR_COLUMNS} />
    </Stack>
  );
}

interface RowsProps {
  readonly label: string;
  readonly rows: readonly TableRow[];
  readonly columns: readonly string[];
}

const Rows = ({ label, rows, columns }: RowsProps) => (
  <FigureTable
    label={label}
    rows={rows}
    rowKey={(row: TableRow) => JSON.stringify(row)}
    columns={columns.map((name) => ({
      head: plainWords(name),
      number: /compensation|level/.test(name),
      cell: (row: TableRow) => plainWords(cellText(own(row, name), name)),
    }))}
  />
);
