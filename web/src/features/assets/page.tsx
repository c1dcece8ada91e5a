/** Assets: everything that is made, where it comes from and how it stands; one selection for graph and list. */
import { Button, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState } from 'react';
import { get, post, withQuery } from '../../api/http.js';
import type { AssetGraph as Graph, StartedMaterialization } from '../../api/types.js';
import { ErrorNotice } from '../../ui/error-notice.js';
import { FigureTable } from '../../ui/figure-table.js';
import { PageHead, Panel, Waiting } from '../../ui/figures.js';
import { moment } from '../../ui/number.js';
import { AssetPanel } from './asset-panel.js';
import { AssetStatus } from './status.js';

const AssetGraph = lazy(() => import('./graph.js').then((module) => ({ default: module.AssetGraph })));
const route = getRouteApi('/assets');
const EVERY = '*';

export function AssetsPage() {
  const { select, view = 'graph', asset, open } = route.useSearch();
  const navigate = useNavigate({ from: '/assets' });
  const queries = useQueryClient();
  const selection = select ?? EVERY;
  const { data, error } = useQuery({
    queryKey: ['assets', selection],
    queryFn: ({ signal }) => get<Graph>(withQuery('/api/assets', { select: selection }), signal),
    placeholderData: keepPreviousData,
    refetchInterval: 10_000,
    retry: false,
  });
  const start = useMutation({
    mutationFn: () => post<StartedMaterialization>('/api/materializations', { select: selection }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['assets'] }),
  });
  const choose = (part: Record<string, string | undefined>): void =>
    void navigate({ search: (before) => ({ ...before, ...part }) });
  const shown = useMemo(() => data?.assets.filter(({ key }) => data.selected.includes(key)) ?? [], [data]);
  const opened = useMemo(() => open?.split(',') ?? [], [open]);
  const groups = [...new Set(shown.map(({ group }) => group))];
  const due = shown.flatMap(({ steps }) => steps).filter(({ action }) => action === 'run').length;
  const chosen = data?.assets.find(({ key }) => key === asset);
  return (
    <>
      <PageHead
        title="Assets"
        actions={
          <SegmentedControl
            size="xs"
            aria-label="View of the assets"
            data={[
              { value: 'graph', label: 'Graph' },
              { value: 'list', label: 'List' },
            ]}
            value={view}
            onChange={(value) => choose({ view: value === 'graph' ? undefined : value })}
          />
        }
      >
        The model's tables, their inputs and the optimisation. Graph and list have the same selection, which
        is that of the command `assets`.
      </PageHead>
      <Stack gap="md">
        <Selection
          key={selection}
          selection={selection}
          onSelect={(text) => choose({ select: text })}
          groups={groups}
        />
        {error && <ErrorNotice error={error} />}
        {start.error && <ErrorNotice error={start.error} />}
        {data === undefined && !error && <Waiting what="the assets" />}
        {data && (
          <>
            <Group gap="sm">
              <Text size="sm">
                {shown.length} of {data.assets.length} assets; a run would make {due} of their partitions and
                reuse the rest.
              </Text>
              <Button
                size="compact-sm"
                loading={start.isPending}
                disabled={due === 0}
                onClick={() => start.mutate()}
              >
                Materialise the selection
              </Button>
              {view === 'graph' && (
                <Button
                  size="compact-sm"
                  variant="default"
                  onClick={() => choose({ open: opened.length > 0 ? undefined : groups.join(',') })}
                >
                  {opened.length > 0 ? 'Fold every group' : 'Open every group'}
                </Button>
              )}
              {start.data && (
                <Text size="sm" role="status">
                  Run {start.data.run_id} has started.{' '}
                  {start.data.temporal_url && <a href={start.data.temporal_url}>Temporal</a>}
                </Text>
              )}
            </Group>
            {chosen && (
              <AssetPanel
                asset={chosen}
                onSelect={(text) => choose({ select: text })}
                onClose={() => choose({ asset: undefined })}
              />
            )}
            {view === 'graph' ? (
              <Panel title="Lineage">
                <Suspense fallback={<Waiting what="the graph" />}>
                  <AssetGraph
                    assets={shown}
                    open={opened}
                    chosen={asset}
                    onChoose={(key) => choose({ asset: key })}
                    onOpen={(group) => choose({ open: [...opened, group].join(',') })}
                  />
                </Suspense>
              </Panel>
            ) : (
              <AssetList assets={shown} onChoose={(key) => choose({ asset: key })} />
            )}
          </>
        )}
      </Stack>
    </>
  );
}

interface SelectionProps {
  readonly selection: string;
  readonly groups: readonly string[];
  readonly onSelect: (selection: string | undefined) => void;
}

function Selection({ selection, groups, onSelect }: SelectionProps) {
  const [text, setText] = useState(selection);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const plain = text.trim();
        onSelect(plain === '' || plain === EVERY ? undefined : plain);
      }}
    >
      <Group gap="xs" align="flex-end">
        <TextInput
          size="xs"
          style={{ flex: 1 }}
          label="Selection"
          description="Such as +fct_workforce_snapshot, group:flow, kind:seed, status:stale; with and, or, not"
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
        <Button size="xs" type="submit">
          Select
        </Button>
        {selection !== EVERY && (
          <Button size="xs" variant="default" onClick={() => onSelect(undefined)}>
            Every asset
          </Button>
        )}
      </Group>
      <Group gap={4} mt={6}>
        {groups.map((group) => (
          <Button key={group} size="compact-xs" variant="default" onClick={() => onSelect(`group:${group}`)}>
            {group}
          </Button>
        ))}
      </Group>
    </form>
  );
}

interface AssetListProps {
  readonly assets: Graph['assets'];
  readonly onChoose: (key: string) => void;
}

const AssetList = ({ assets, onChoose }: AssetListProps) => (
  <Panel title="List">
    <FigureTable
      label="Assets"
      rows={assets}
      rowKey={({ key }) => key}
      columns={[
        {
          head: 'Asset',
          cell: ({ key }) => (
            <button type="button" className="number-link" onClick={() => onChoose(key)}>
              {key}
            </button>
          ),
        },
        { head: 'Group', cell: ({ group }) => group },
        { head: 'Kind', cell: ({ kinds }) => kinds.join(', ') },
        {
          head: 'State',
          cell: ({ status }) => status.map((each) => <AssetStatus key={each} status={each} />),
        },
        {
          head: 'Partitions due',
          number: true,
          cell: ({ steps }) => `${steps.filter(({ action }) => action === 'run').length} of ${steps.length}`,
        },
        {
          head: 'Last made',
          cell: ({ steps }) => moment(steps.map(({ made_at }) => made_at).findLast((at) => at !== null)),
        },
      ]}
    />
  </Panel>
);
