/** The rows of the stored tables: filtered, sorted by the server, drawn as they are reached. */
import { Button, Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { withQuery } from '../../api/http.js';
import { ErrorNotice } from '../../ui/error-notice.js';
import { Panel, Waiting } from '../../ui/figures.js';
import { count } from '../../ui/number.js';
import { RowWindow, type WindowColumn } from '../../ui/row-window.js';
import { plainWords } from '../../ui/words.js';
import type { ViewProps } from './overview.js';
import { neededPages, PAGE } from '../../ui/pages.js';
import { rowsQuery } from './queries.js';
import { cellText, isNumberType } from './row-text.js';
import { own } from '../../../../src/shared/own.terms.js';

const SORTS = ['employee_id', 'year', 'level', 'pay', 'date'];

export function RowsView({ choice, simulation }: ViewProps) {
  const { statuses, year, known, choose } = choice;
  const [table, setTable] = useState('snapshot');
  const [sort, setSort] = useState('employee_id');
  const [descending, setDescending] = useState('false');
  const [employee, setEmployee] = useState('');
  const [range, setRange] = useState({ first: 0, last: 40 });
  const filter = {
    table,
    year,
    ...(table === 'snapshot' ? { statuses: statuses.join(',') } : {}),
    employee_id: employee || undefined,
  };
  const query = { ...filter, sort, descending, limit: PAGE };
  const head = useQuery({
    ...rowsQuery(simulation, { ...query, offset: 0 }),
    placeholderData: keepPreviousData,
  });
  const pages = neededPages(range.first, range.last);
  const bodies = useQueries({
    queries: pages.map((page) => rowsQuery(simulation, { ...query, offset: page * PAGE })),
  });
  if (head.error) return <ErrorNotice error={head.error} />;
  if (head.data === undefined) return <Waiting what="the rows" />;
  const { total, columns } = head.data;
  const rowAt = (index: number) => {
    const page = Math.floor(index / PAGE);
    const body = page === 0 ? head.data : bodies[pages.indexOf(page)]?.data;
    return body?.rows[index - page * PAGE];
  };
  const listing = known.find(({ simulation_id }) => simulation_id === simulation);
  const years = listing
    ? Array.from(
        { length: listing.last_year - listing.first_year + 1 },
        (_, index) => listing.first_year + index,
      )
    : [];
  const drawn: WindowColumn[] = columns.map(({ name, type, description }) => ({
    name,
    head: <span title={description}>{plainWords(name)}</span>,
    number: isNumberType(type),
    width: Math.max(96, name.length * 8.4 + 24),
  }));
  const save = (format: string): string =>
    withQuery(`/api/simulations/${simulation}/download`, { ...filter, format });
  return (
    <Panel
      title={`${count(total)} rows`}
      actions={
        <>
          <Button size="compact-xs" variant="default" component="a" href={save('csv')}>
            Save as CSV
          </Button>
          <Button size="compact-xs" variant="default" component="a" href={save('parquet')}>
            Save as Parquet
          </Button>
        </>
      }
    >
      <Group gap="sm" mb="xs" align="flex-end">
        <NativeSelect
          size="xs"
          label="Table"
          data={[
            { value: 'snapshot', label: 'snapshot (people by year)' },
            { value: 'events', label: 'events' },
          ]}
          value={table}
          onChange={({ currentTarget }) => setTable(currentTarget.value)}
        />
        <NativeSelect
          size="xs"
          label="Year"
          data={[{ value: '', label: 'all' }, ...years.map(String)]}
          value={year ?? ''}
          onChange={({ currentTarget: { value } }) =>
            choose({ year: value === '' ? undefined : Number(value) })
          }
        />
        <NativeSelect
          size="xs"
          label="Sorted by"
          data={SORTS.map((value) => ({ value, label: plainWords(value) }))}
          value={sort}
          onChange={({ currentTarget }) => setSort(currentTarget.value)}
        />
        <NativeSelect
          size="xs"
          label="Order"
          data={[
            { value: 'false', label: 'rising' },
            { value: 'true', label: 'falling' },
          ]}
          value={descending}
          onChange={({ currentTarget }) => setDescending(currentTarget.value)}
        />
        <TextInput
          size="xs"
          label="Employee"
          placeholder="exact id"
          defaultValue={employee}
          onBlur={({ currentTarget }) => setEmployee(currentTarget.value.trim())}
          onKeyDown={({ key, currentTarget }) => key === 'Enter' && setEmployee(currentTarget.value.trim())}
        />
      </Group>
      {total === 0 ? (
        <Text size="sm">No row fits this filter.</Text>
      ) : (
        <RowWindow
          label={`Rows of the ${table}`}
          columns={drawn}
          total={total}
          onRange={(first, last) => setRange({ first, last })}
          cell={(index, { name }) => {
            const row = rowAt(index);
            if (row === undefined) return '…';
            const text = cellText(own(row, name), name);
            return name === 'employee_id' ? (
              <button type="button" className="number-link" onClick={() => choose({ person: text })}>
                {text}
              </button>
            ) : (
              text
            );
          }}
        />
      )}
    </Panel>
  );
}
