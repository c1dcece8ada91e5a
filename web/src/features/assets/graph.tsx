/** The asset graph as boxes and arrows, left to right. */
import '@xyflow/react/dist/base.css';
import { Text, useComputedColorScheme } from '@mantine/core';
import {
  Controls,
  Handle,
  MiniMap,
  Position,
  ReactFlow,
  type Node,
  type NodeProps,
  type Viewport,
} from '@xyflow/react';
import { useMemo } from 'react';
import type { AssetView } from '../../api/types.js';
import { ErrorNotice } from '../../ui/error-notice.js';
import { Waiting } from '../../ui/figures.js';
import { AssetStatus, worstStatus } from './status.js';
import type { Layout } from './layout.js';
import { useLayout } from './use-layout.js';

export interface AssetGraphProps {
  /** The selected ones. */
  readonly assets: readonly AssetView[];
  readonly open: readonly string[];
  readonly chosen: string | undefined;
  readonly onChoose: (key: string) => void;
  readonly onOpen: (group: string) => void;
}

type BoxData = Record<string, unknown> & {
  readonly title: string;
  readonly note: string;
  readonly status: string;
  readonly chosen: boolean;
};
type BoxNode = Node<BoxData, 'box'>;

export function AssetGraph({ assets, open, chosen, onChoose, onOpen }: AssetGraphProps) {
  const scheme = useComputedColorScheme('light');
  const request = useMemo(
    () => ({
      assets: assets.map(({ key, group, deps, earlier_deps }) => ({ key, group, deps, earlier_deps })),
      open,
    }),
    [assets, open],
  );
  const { data: layout, error } = useLayout(request);
  const nodes = useMemo(
    (): BoxNode[] =>
      (layout?.nodes ?? []).map(({ id, x, y, width, height, count }) => {
        const asset = assets.find(({ key }) => key === id);
        const group = id.replace(/^group:/, '');
        const members = assets.filter((each) => each.group === group);
        return {
          id,
          type: 'box',
          position: { x, y },
          width,
          height,
          draggable: false,
          ariaLabel: asset ? `asset ${id}` : `group ${group}, ${count} assets, opens`,
          data: {
            title: asset ? id : group,
            note: asset ? (asset.kinds[0] ?? '') : `${count} assets`,
            status: worstStatus((asset ? [asset] : members).flatMap((member) => member.status)),
            chosen: id === chosen,
          },
        };
      }),
    [layout, assets, chosen],
  );
  const edges = useMemo(
    () =>
      (layout?.edges ?? []).map(({ from, to, earlier }) => ({
        id: `${from}>${to}`,
        source: from,
        target: to,
        ...(earlier
          ? { className: 'reads-earlier', ariaLabel: `${to} reads earlier partitions of ${from}` }
          : {}),
      })),
    [layout],
  );
  const view = useMemo(() => layout && viewOf(layout), [layout]);
  const isOpen = assets.some(({ group }) => open.includes(group));
  if (error) return <ErrorNotice error={error} />;
  if (view === undefined) return <Waiting what="the graph" />;
  return (
    <>
      <div style={{ height: view.height }} role="group" aria-label="Asset graph">
        <ReactFlow
          nodes={nodes}
          edges={edges}
          nodeTypes={NODE_TYPES}
          colorMode={scheme}
          defaultViewport={view.viewport}
          fitViewOptions={{ padding: 0.04, maxZoom: LARGEST }}
          minZoom={0.05}
          nodesConnectable={false}
          proOptions={{ hideAttribution: true }}
          onNodeClick={(_, { id }) =>
            id.startsWith('group:') ? onOpen(id.slice('group:'.length)) : onChoose(id)
          }
          onKeyDown={({ key, target }) => {
            if (key !== 'Enter' || !(target instanceof HTMLElement)) return;
            const id = target.dataset['id'];
            if (id === undefined) return;
            if (id.startsWith('group:')) onOpen(id.slice('group:'.length));
            else onChoose(id);
          }}
        >
          {isOpen && (
            <MiniMap
              pannable
              position="top-right"
              style={{ width: 200, height: TOP - 2 * MARGIN }}
              ariaLabel="Overview of the graph"
            />
          )}
          <Controls position="top-left" orientation="horizontal" showInteractive={false} />
        </ReactFlow>
      </div>
      {layout?.edges.some(({ earlier }) => earlier) && (
        <Text size="xs" c="dimmed">
          Dashed: only earlier partitions are read.
        </Text>
      )}
    </>
  );
}

interface View {
  /** Height of the whole picture, px. */
  readonly height: number;
  readonly viewport: Viewport;
}

/** The whole width where its words can be read, else its beginning; as high as the boxes need. */
function viewOf({ nodes }: Layout): View {
  const width = Math.max(...nodes.map(({ x, width: own }) => x + own));
  const height = Math.max(...nodes.map(({ y, height: own }) => y + own));
  const zoom = Math.min(LARGEST, Math.max(SMALLEST, PAGE_WIDTH / width));
  const whole = Math.min(640, Math.max(260, TOP + height * zoom + 2 * MARGIN));
  return {
    height: whole,
    viewport: { zoom, x: MARGIN, y: Math.max(TOP, (TOP + whole - height * zoom) / 2) },
  };
}

const [SMALLEST, LARGEST] = [0.6, 1.2];
const PAGE_WIDTH = 1200;
const MARGIN = 16;
/** For the buttons and the overview, above the boxes, px. */
const TOP = 76;

const NODE_TYPES = { box: Box };

function Box({ data: { title, note, status, chosen } }: NodeProps<BoxNode>) {
  return (
    <div className="asset-box" data-chosen={chosen || undefined}>
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <div className="asset-title">{title}</div>
      <div>
        <AssetStatus status={status} /> <span className="asset-note">{note}</span>
      </div>
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </div>
  );
}
