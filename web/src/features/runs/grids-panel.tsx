/** The grids of this home: many runs asked for at once; nothing where there is none. */
import { useQuery } from '@tanstack/react-query';
import { get } from '../../api/http.js';
import type { GridList } from '../../api/types.js';
import { ErrorNotice } from '../../ui/error-notice.js';
import { FigureTable } from '../../ui/figure-table.js';
import { Panel, StateBadge } from '../../ui/figures.js';
import { moment } from '../../ui/number.js';

const LOOK_MS = 10_000;

/** @param onFind shows the runs whose ids begin with the grid's */
export function GridsPanel({ onFind }: { readonly onFind: (gridId: string) => void }) {
  const { data, error } = useQuery({
    queryKey: ['grids'],
    queryFn: ({ signal }) => get<GridList>('/api/grids', signal),
    refetchInterval: LOOK_MS,
  });
  if (error) return <ErrorNotice error={error} />;
  if (data === undefined || data.grids.length === 0) return null;
  return (
    <Panel title="Grids">
      <FigureTable
        label="Grids"
        rows={data.grids}
        rowKey={({ grid_id }) => grid_id}
        columns={[
          {
            head: 'Grid',
            cell: ({ grid_id }) => (
              <button
                type="button"
                className="number-link"
                title="Show its runs"
                onClick={() => onFind(grid_id)}
              >
                {grid_id}
              </button>
            ),
          },
          { head: 'State', cell: ({ status }) => <StateBadge state={status} /> },
          {
            head: 'Cells that met their target',
            number: true,
            cell: ({ cells, converged }) =>
              cells === null ? '–' : converged === null ? `of ${cells}` : `${converged} of ${cells}`,
          },
          { head: 'Asked for by', cell: ({ requested_by }) => requested_by ?? '–' },
          { head: 'Ended', cell: ({ finished_at }) => moment(finished_at) },
        ]}
      />
    </Panel>
  );
}
