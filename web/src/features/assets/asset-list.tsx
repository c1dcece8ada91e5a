/** The selected assets as a table: state, a strip of their partitions, when they were made last. */
import type { AssetView } from '../../api/types.js';
import { FigureTable } from '../../ui/figure-table.js';
import { Panel } from '../../ui/figures.js';
import { moment } from '../../ui/number.js';
import { PartitionStrip, partitionsOf } from './partition-strip.js';
import { AssetStatuses } from './status.js';

interface AssetListProps {
  readonly assets: readonly AssetView[];
  readonly onChoose: (key: string) => void;
}

export function AssetList({ assets, onChoose }: AssetListProps) {
  const partitions = partitionsOf(assets);
  return (
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
            cell: ({ status }) => <AssetStatuses statuses={status} />,
          },
          {
            head: (
              <>
                Partitions
                <br />
                <span className="strip" aria-hidden="true">
                  {partitions.map((name) => (
                    <span className="strip-cell strip-head" key={name}>
                      {name.slice(-2)}
                    </span>
                  ))}
                </span>
              </>
            ),
            cell: (asset) =>
              asset.steps.length === 0 ? '–' : <PartitionStrip asset={asset} partitions={partitions} />,
          },
          {
            head: 'Partitions due',
            number: true,
            cell: ({ steps }) =>
              `${steps.filter(({ action }) => action === 'run').length} of ${steps.length}`,
          },
          {
            head: 'Last made',
            cell: ({ steps }) => moment(steps.map(({ made_at }) => made_at).findLast((at) => at !== null)),
          },
        ]}
      />
    </Panel>
  );
}
