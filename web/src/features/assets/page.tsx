/** Assets: everything that is made, where it comes from and how it stands; one selection for graph and list. */
import { Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState } from 'react';
import { RoleButton } from '../../access/role-button.js';
import { get, withQuery } from '../../api/http.js';
import type { AssetGraph as Graph } from '../../api/types.js';
import { ErrorNotice } from '../../ui/error-notice.js';
import { PageHead, Panel, Waiting } from '../../ui/figures.js';
import { AssetPanel } from './asset-panel.js';
import { AssetChecks } from './asset-checks.js';
import { AssetHistory } from './asset-history.js';
import { AssetList } from './asset-list.js';
import { MaterializationPanel } from './materialization-panel.js';
import { MaterializeDialog } from './materialize-dialog.js';
import { EVERY, SelectionBar } from './selection-bar.js';

const AssetGraph = lazy(() => import('./graph.js').then((module) => ({ default: module.AssetGraph })));
const route = getRouteApi('/assets');
const LOOK_MS = 10_000;

export function AssetsPage() {
  const { select, view = 'graph', asset, open, run } = route.useSearch();
  const navigate = useNavigate({ from: '/assets' });
  const [asking, setAsking] = useState(false);
  const selection = select ?? EVERY;
  const { data, error } = useQuery({
    queryKey: ['assets', selection],
    queryFn: ({ signal }) => get<Graph>(withQuery('/api/assets', { select: selection }), signal),
    placeholderData: keepPreviousData,
    refetchInterval: LOOK_MS,
    retry: false,
  });
  const choose = (part: Record<string, string | undefined>): void =>
    void navigate({ search: (before) => ({ ...before, ...part }) });
  const shown = useMemo(() => data?.assets.filter(({ key }) => data.selected.includes(key)) ?? [], [data]);
  const opened = useMemo(() => open?.split(',') ?? [], [open]);
  const groups = [...new Set(shown.map(({ group }) => group))];
  const everyGroup = [...new Set(data?.assets.map(({ group }) => group))];
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
              { value: 'checks', label: 'Checks' },
              { value: 'history', label: 'History' },
            ]}
            value={view}
            onChange={(value) => choose({ view: value === 'graph' ? undefined : value })}
          />
        }
      >
        The model's tables, their inputs and the optimisation. Every view has the same selection, in the
        language of the command <code>assets</code>.
      </PageHead>
      <Stack gap="md">
        <SelectionBar
          key={selection}
          selection={selection}
          onSelect={(text) => choose({ select: text })}
          groups={everyGroup}
        />
        {error && <ErrorNotice error={error} />}
        {data === undefined && !error && <Waiting what="the assets" />}
        {data && (
          <>
            <Group gap="sm">
              <Text size="sm">
                {shown.length} of {data.assets.length} assets; a run would make {due} of their partitions and
                reuse the rest.
              </Text>
              <RoleButton
                needs="analyst"
                size="compact-sm"
                disabled={shown.length === 0}
                onClick={() => setAsking(true)}
              >
                Materialise the selection
              </RoleButton>
              {view === 'graph' && (
                <Button
                  size="compact-sm"
                  variant="default"
                  onClick={() => choose({ open: opened.length > 0 ? undefined : groups.join(',') })}
                >
                  {opened.length > 0 ? 'Fold every group' : 'Open every group'}
                </Button>
              )}
            </Group>
            {run !== undefined && (
              <MaterializationPanel key={run} run={run} onClose={() => choose({ run: undefined })} />
            )}
            {chosen && (
              <AssetPanel
                asset={chosen}
                onSelect={(text) => choose({ select: text })}
                onClose={() => choose({ asset: undefined })}
              />
            )}
            {asking && (
              <MaterializeDialog
                select={selection}
                onStarted={({ run_id }) => choose({ run: run_id })}
                onClose={() => setAsking(false)}
              />
            )}
            {view === 'graph' && (
              <Panel title="Lineage">
                <Suspense fallback={<Waiting what="the graph" />}>
                  <FoldButtons
                    groups={groups.filter((group) => opened.includes(group))}
                    onFold={(folded) =>
                      choose({ open: opened.filter((group) => group !== folded).join(',') || undefined })
                    }
                  />
                  <AssetGraph
                    assets={shown}
                    open={opened}
                    chosen={asset}
                    onChoose={(key) => choose({ asset: key })}
                    onOpen={(group) => choose({ open: [...opened, group].join(',') })}
                  />
                </Suspense>
              </Panel>
            )}
            {view === 'list' && <AssetList assets={shown} onChoose={(key) => choose({ asset: key })} />}
            {view === 'checks' && (
              <Panel title="Checks">
                <AssetChecks select={selection} />
              </Panel>
            )}
            {view === 'history' && (
              <Panel title="History">
                <AssetHistory key={selection} select={selection} label="the selection" />
              </Panel>
            )}
          </>
        )}
      </Stack>
    </>
  );
}

interface FoldButtonsProps {
  /** Those that show their assets. */
  readonly groups: readonly string[];
  readonly onFold: (group: string) => void;
}

const FoldButtons = ({ groups, onFold }: FoldButtonsProps) =>
  groups.length === 0 ? null : (
    <Group gap={4} mb={6}>
      {groups.map((group) => (
        <Button key={group} size="compact-xs" variant="subtle" onClick={() => onFold(group)}>
          ▾ fold {group}
        </Button>
      ))}
    </Group>
  );
