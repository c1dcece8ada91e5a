/** The iterations of a run as figures. */
import { Link } from '@tanstack/react-router';
import { FigureTable } from '../../ui/figure-table.js';
import { percent, percentagePoints, seconds, shortId } from '../../ui/number.js';
import type { Point } from './points.js';

export function IterationTable({ points }: { readonly points: readonly Point[] }) {
  const nearest = Math.min(...points.map(({ gap }) => Math.abs(gap)));
  return (
    <FigureTable
      label="Iterations"
      oneLine
      rows={points}
      rowKey={({ iteration }) => iteration}
      columns={[
        {
          head: 'Iteration',
          cell: ({ label, gap }) => (
            <>
              {label.replace('iteration ', '')}
              {Math.abs(gap) === nearest && <span className="tone-good"> ✓ nearest</span>}
            </>
          ),
        },
        { head: 'Growth', number: true, cell: ({ growth }) => percent(growth, 3) },
        { head: 'Gap', number: true, cell: ({ gap }) => percentagePoints(gap, 3) },
        { head: 'Time', number: true, cell: (point) => seconds(point.seconds) },
        {
          head: 'Simulation',
          cell: ({ simulationId }) =>
            simulationId === null ? (
              '–'
            ) : (
              <Link to="/results" search={{ simulation: simulationId } as never}>
                {shortId(simulationId)}
              </Link>
            ),
        },
      ]}
    />
  );
}
