/** The asset graph as boxes and arrows, left to right. */
import '@xyflow/react/dist/base.css';
import { useComputedColorScheme } from '@mantine/core';
import { Controls, Handle, MiniMap, Position, ReactFlow, type Node, type NodeProps } from '@xyflow/react';
import { useMemo } from 'react';
import type { AssetView } from '../../api/types.js';
import { ErrorNotice } from '../../ui/error-notice.js';
import { Waiting } from '../../ui/figures.js';
import { AssetStatus, worstStatus } from './status.js';
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
    () => ({ assets: assets.map(({ key, group, deps }) => ({ key, group, deps })), open }),
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
            status: asset
              ? (asset.status[0] ?? '')
              : worstStatus(members.map(({ status }) => status[0] ?? '')),
            chosen: id === chosen,
          },
        };
      }),
    [layout, assets, chosen],
  );
  const edges = useMemo(
    () => (layout?.edges ?? []).map(({ from, to }) => ({ id: `${from}>${to}`, source: from, target: to })),
    [layout],
  );
  const isOpen = assets.some(({ group }) => open.includes(group));
  if (error) return <ErrorNotice error={error} />;
  if (layout === undefined) return <Waiting what="the graph" />;
  return (
    <div style={{ height: isOpen ? 620 : 360 }} role="group" aria-label="Asset graph">
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        colorMode={scheme}
        fitView
        fitViewOptions={{ padding: 0.04, maxZoom: 1.2 }}
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
        {isOpen && <MiniMap pannable ariaLabel="Overview of the graph" />}
        <Controls showInteractive={false} />
      </ReactFlow>
    </div>
  );
}

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
