/** Models by year: what became of each, or would; a sign and a word in each cell, its figures beside it. */
import { Text } from '@mantine/core';
import { FigureTable, type FigureColumn } from '../../ui/figure-table.js';
import type { GridCell, StepGridRow } from './steps.js';

export interface StepGridProps {
  readonly label: string;
  readonly rows: readonly StepGridRow[];
  readonly years: readonly number[];
  /** Beside the years. */
  readonly more: readonly FigureColumn<StepGridRow>[];
  /** What its signs mean. */
  readonly legend: string;
  readonly oneLine?: boolean;
}

const SIGNS = { done: '✓', run: '▸', reuse: '↺', work: '▶', open: '·' } as const;
/** What a cell without a step says. */
const OPEN = 'nothing yet, or not in this year';
const TONES = { done: 'tone-good', run: '', reuse: '', work: 'tone-warn', open: '' } as const;

export const StepGrid = ({ label, rows, years, more, legend, oneLine = false }: StepGridProps) => (
  <>
    <FigureTable
      label={label}
      oneLine={oneLine}
      rows={rows}
      rowKey={({ model }) => model}
      columns={[
        { head: 'Model', cell: ({ model }) => model },
        ...years.map((year) => ({
          head: String(year),
          number: true,
          cell: ({ byYear }: StepGridRow) => <Cell cell={byYear.get(year)} />,
        })),
        ...more,
      ]}
    />
    <Text size="xs" c="dimmed">
      {legend}
      {rows.some(({ byYear }) => years.some((year) => !byYear.has(year))) && ` ${SIGNS.open} ${OPEN}.`}
    </Text>
  </>
);

function Cell({ cell }: { readonly cell: GridCell | undefined }) {
  if (cell === undefined)
    return (
      <span className="tone-plain" role="img" aria-label={OPEN}>
        {SIGNS.open}
      </span>
    );
  const { state, text, title } = cell;
  return (
    <span title={title} className={TONES[state]}>
      {text}{' '}
      <Text span size="xs" role="img" aria-label={title}>
        {SIGNS[state]}
      </Text>
    </span>
  );
}
