/** Runs: live and past optimisation runs, found by any of their words, compared, opened, repeated. */
import { Button, Checkbox, Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { RUN_ORDERS } from '../../../../src/shared/contract/choices.terms.js';
import { foundRunsQuery } from '../../api/queries.js';
import type { RunListing } from '../../api/types.js';
import { useSearchAtOnce } from '../../app/use-search.js';
import { ErrorNotice } from '../../ui/error-notice.js';
import { EmptyPlace, PageHead, Panel, StateBadge, Waiting } from '../../ui/figures.js';
import { count, moment, percent, percentagePoints } from '../../ui/number.js';
import { plainWords } from '../../ui/words.js';
import { neededPages, PAGE } from '../../ui/pages.js';
import { RowWindow, type WindowColumn } from '../../ui/row-window.js';
import { RunComparison } from './run-comparison.js';
import { ChosenRuns } from './chosen-runs.js';
import { GridsPanel } from './grids-panel.js';
import { SavedViews } from './saved-views.js';

const route = getRouteApi('/runs');

const COLUMNS: readonly WindowColumn[] = [
  { name: 'choose', head: 'Compare', width: 84 },
  { name: 'run', head: 'Run', width: 250 },
  { name: 'status', head: 'State', width: 146 },
  { name: 'scenario', head: 'Scenario', width: 108 },
  { name: 'target', head: 'Target', width: 80, number: true },
  { name: 'growth', head: 'Growth', width: 90, number: true },
  { name: 'gap', head: 'Gap', width: 104, number: true },
  { name: 'tags', head: 'Tags', width: 120 },
  { name: 'by', head: 'Asked for by', width: 116 },
  { name: 'started', head: 'Started', width: 140 },
];

export function RunsPage() {
  const navigate = useNavigate({ from: '/runs' });
  const [search, choose] = useSearchAtOnce(route.useSearch(), (part) =>
    navigate({ replace: true, search: (before) => ({ ...before, ...part }) }),
  );
  const { find = '', status, compare, order = 'newest', archived } = search;
  const [range, setRange] = useState({ first: 0, last: 0 });
  const filter = { find, status, order, archived: archived === 'yes' ? 'true' : 'false', limit: PAGE };
  const { data, error } = useQuery({ ...foundRunsQuery(filter), placeholderData: keepPreviousData });
  const pages = neededPages(range.first, range.last);
  const bodies = useQueries({
    queries: pages.map((page) => foundRunsQuery({ ...filter, offset: page * PAGE })),
  });
  // What is chosen may stand on no page that is loaded.
  const named = useQuery({
    ...foundRunsQuery({ ids: compare, limit: MOST_COMPARED }),
    enabled: compare !== undefined,
  });
  if (error) return <ErrorNotice error={error} />;
  if (data === undefined) return <Waiting what="the runs" />;
  const chosen = compare?.split(',') ?? [];
  const { pinned } = data;
  const runAt = (index: number): RunListing | undefined => {
    const page = Math.floor(index / PAGE);
    return (page === 0 ? data : bodies[pages.indexOf(page)]?.data)?.runs[index - page * PAGE];
  };
  // What is pinned is what the others are compared with.
  const compared = [...new Set([...pinned, ...chosen])].slice(0, MOST_COMPARED);
  return (
    <>
      <PageHead title="Runs">Every optimisation run of this home, live and past.</PageHead>
      {data.total === 0 ? (
        <EmptyPlace
          title="No run yet"
          action={
            <Button renderRoot={(props) => <Link to="/optimize" {...props} />}>Start the first run</Button>
          }
        >
          A run finds levers with which growth meets a target.
        </EmptyPlace>
      ) : (
        <Panel title={`${count(data.found)} of ${count(data.total)} runs`}>
          <Group gap="sm" mb="xs" align="flex-end">
            <TextInput
              size="xs"
              label="Find"
              w={300}
              description="Words, tag:round, strategy=balanced, target>2"
              value={find}
              onChange={({ currentTarget: { value } }) => choose({ find: value === '' ? undefined : value })}
            />
            <NativeSelect
              size="xs"
              label="State"
              data={[
                { value: '', label: 'all' },
                ...data.statuses.map((value) => ({ value, label: plainWords(value) })),
              ]}
              value={status ?? ''}
              onChange={({ currentTarget: { value } }) =>
                choose({ status: value === '' ? undefined : value })
              }
            />
            <NativeSelect
              size="xs"
              label="Order"
              data={[
                { value: 'newest', label: 'newest first' },
                { value: 'failed', label: 'failed first' },
                { value: 'gap', label: 'nearest to the target first' },
              ]}
              value={order}
              onChange={({ currentTarget: { value } }) =>
                choose({ order: RUN_ORDERS.find((known) => known === value && known !== 'newest') })
              }
            />
            <Checkbox
              size="xs"
              label="Archived"
              checked={archived === 'yes'}
              onChange={({ currentTarget: { checked } }) => choose({ archived: checked ? 'yes' : undefined })}
            />
            <SavedViews
              current={{
                ...(find === '' ? {} : { find }),
                ...(status === undefined ? {} : { status }),
                ...(order === 'newest' ? {} : { order }),
                ...(archived === undefined ? {} : { archived }),
              }}
              onChoose={(view) =>
                choose({
                  find: view['find'],
                  status: view['status'],
                  order: RUN_ORDERS.find((known) => known === view['order']),
                  archived: view['archived'] === 'yes' ? 'yes' : undefined,
                })
              }
            />
          </Group>
          <ChosenRuns
            runs={chosen.length === 0 ? [] : (named.data?.runs ?? [])}
            onDone={() => choose({ compare: undefined })}
          />
          {data.found === 0 ? (
            <Text size="sm">No run fits this filter.</Text>
          ) : (
            <RowWindow
              label="Runs"
              columns={COLUMNS}
              total={data.found}
              onRange={(first, last) => setRange({ first, last })}
              cell={(index, { name }) => runCell(name, runAt(index), chosen, choose)}
            />
          )}
        </Panel>
      )}
      {chosen.length > 0 && compared.length > 1 && <RunComparison ids={compared} />}
      <GridsPanel onFind={(gridId) => choose({ find: gridId, compare: undefined })} />
    </>
  );
}

const MOST_COMPARED = 6;

function runCell(
  name: string,
  run: RunListing | undefined,
  chosen: readonly string[],
  choose: (part: { compare: string | undefined }) => void,
) {
  if (run === undefined) return name === 'run' ? '…' : '';
  const { run_id, status, scenario, requested_by, started_at, target_growth, final_growth } = run;
  switch (name) {
    case 'choose': {
      const toggled = chosen.includes(run_id) ? chosen.filter((id) => id !== run_id) : [...chosen, run_id];
      return (
        <Checkbox
          size="xs"
          aria-label={`Compare ${run_id}`}
          checked={chosen.includes(run_id)}
          disabled={!chosen.includes(run_id) && chosen.length >= MOST_COMPARED}
          onChange={() => choose({ compare: toggled.length === 0 ? undefined : toggled.join(',') })}
        />
      );
    }
    case 'run':
      return (
        <>
          {run.marks.pinned && <span title="pinned: others are compared with it">★ </span>}
          <Link to="/optimize" search={{ run: run_id } as never}>
            {run_id}
          </Link>
        </>
      );
    case 'status':
      return <StateBadge state={status} />;
    case 'scenario':
      return scenario ?? '–';
    case 'target':
      return percent(target_growth);
    case 'growth':
      return percent(final_growth, 3);
    case 'gap':
      return target_growth === null || final_growth === null
        ? '–'
        : percentagePoints(target_growth - final_growth, 3);
    case 'tags':
      return run.marks.tags.join(', ');
    case 'by':
      return requested_by ?? '–';
    default:
      return moment(started_at);
  }
}
