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
      rows={points}
      rowKey={({ iteration }) => iteration}
      columns={[
        {
          head: 'Iteration',
          cell: ({ label }) => label.replace('iteration ', ''),
        },
        { head: 'Growth', unit: '% a year', number: true, cell: ({ growth }) => percent(growth, 3) },
        { head: 'Gap to target', unit: 'pp', number: true, cell: ({ gap }) => percentagePoints(gap, 3) },
        { head: 'Nearest', cell: ({ gap }) => (Math.abs(gap) === nearest ? '✓ nearest' : '') },
        { head: 'Seconds', number: true, cell: (point) => seconds(point.seconds) },
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
