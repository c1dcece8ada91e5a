/** What a number means: its definition, the SQL that makes it, and the first rows behind it. */
import { ofCompany } from '../../app/company.js';
import { Button, Code, CopyButton, Drawer, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { definitionsQuery } from '../../api/queries.js';
import { withQuery } from '../../api/http.js';
import { ErrorNotice } from '../../ui/error-notice.js';
import { FigureTable } from '../../ui/figure-table.js';
import { Waiting } from '../../ui/figures.js';
import { count } from '../../ui/number.js';
import { readNumber } from './number-link.js';
import type { ViewProps } from './overview.js';
import { rowsQuery } from './queries.js';
import { cellText, isNumberType, type TableRow } from './row-text.js';
import { own } from '../../../../src/shared/own.terms.js';

const ROWS_SHOWN = 8;

export function NumberDrawer({ choice, simulation }: ViewProps) {
  const { number, statuses, choose } = choice;
  return (
    <Drawer
      opened={number !== undefined}
      onClose={() => choose({ number: undefined })}
      position="right"
      size="xl"
      title="What this number is"
    >
      {number !== undefined && (
        <Explained simulation={simulation} name={number} statuses={statuses} choose={choose} />
      )}
    </Drawer>
  );
}

interface ExplainedProps {
  readonly simulation: string;
  readonly name: string;
  readonly statuses: readonly string[];
  readonly choose: ViewProps['choice']['choose'];
}

function Explained({ simulation, name, statuses, choose }: ExplainedProps) {
  const { figure, year, category, status } = readNumber(name);
  const filter = {
    ...(category === undefined ? { statuses: status ?? statuses.join(',') } : { table: 'events', category }),
    ...(year === undefined ? {} : { year }),
  };
  const definitions = useQuery(definitionsQuery);
  const rows = useQuery(rowsQuery(simulation, { ...filter, limit: ROWS_SHOWN }));
  const definition = definitions.data?.definitions.find((entry) => entry.figure === figure);
  const error = definitions.error ?? rows.error;
  if (error) return <ErrorNotice error={error} />;
  if (rows.data === undefined || definitions.data === undefined) return <Waiting what="the definition" />;
  return (
    <Stack gap="sm">
      {definition && (
        <>
          <Text fw={600}>
            {definition.title} ({definition.unit}){year === undefined ? '' : `, ${year}`}
          </Text>
          <Text size="sm">{definition.description}</Text>
          <SqlText title="SQL of the figure" sql={definition.sql} />
        </>
      )}
      <Text size="sm" fw={600}>
        {count(rows.data.total)} rows behind it
      </Text>
      <FigureTable
        label="First rows behind the number"
        oneLine
        rows={rows.data.rows}
        rowKey={(row: TableRow) => JSON.stringify(row)}
        columns={rows.data.columns.map((column) => ({
          head: column.name,
          number: isNumberType(column.type),
          cell: (row: TableRow) => cellText(own(row, column.name), column.name),
        }))}
      />
      <Group gap="xs">
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => choose({ number: undefined, view: 'rows', year })}
        >
          All rows
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          component="a"
          href={ofCompany(withQuery(`/api/simulations/${simulation}/download`, { ...filter, format: 'csv' }))}
        >
          Save rows as CSV
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          component="a"
          href={ofCompany(
            withQuery(`/api/simulations/${simulation}/download`, { ...filter, format: 'parquet' }),
          )}
        >
          as Parquet
        </Button>
      </Group>
      <SqlText title="SQL of the rows" sql={rows.data.sql} />
    </Stack>
  );
}

function SqlText({ title, sql }: { readonly title: string; readonly sql: string }) {
  return (
    <div>
      <Group justify="space-between">
        <Text size="xs" c="dimmed">
          {title}
        </Text>
        <CopyButton value={sql}>
          {({ copied, copy }) => (
            <Button size="compact-xs" variant="default" onClick={copy}>
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
      </Group>
      <Code block tabIndex={0}>
        {sql}
      </Code>
    </div>
  );
}
