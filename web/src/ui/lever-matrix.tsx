/** Levers before and after, densely: a line per lever and level, a column per year. */
import { Text } from '@mantine/core';
import { FigureTable } from './figure-table.js';
import { parameterWord } from './lever-diff.js';
import { matrixLines, type Line, type MovedLever } from './lever-lines.js';
import { ranges } from './lever-steps.js';
import { leverText } from './lever-value.js';

const BOUNDS = {
  low: { sign: '⤓', words: 'at its lower bound' },
  high: { sign: '⤒', words: 'at its upper bound' },
  locked: { sign: '▣', words: 'locked' },
} as const;

export function LeverMatrix({ levers }: { readonly levers: readonly MovedLever[] }) {
  const years = [...new Set(levers.map(({ fiscal_year }) => fiscal_year))].toSorted(
    (left, right) => left - right,
  );
  const met = [...new Set(levers.map(({ bound }) => bound))].filter((bound) => bound !== null);
  return (
    <>
      <FigureTable
        label="Levers before and after"
        rows={matrixLines(levers)}
        rowKey={({ key }) => key}
        columns={[
          { head: 'Lever', cell: ({ name }) => parameterWord(name) },
          { head: 'Level', cell: ({ levels }) => ranges(levels) },
          ...years.map((year) => ({
            head: String(year),
            number: true,
            cell: ({ byYear }: Line) => <Change lever={byYear.get(year)} />,
          })),
        ]}
      />
      <Text size="xs" c="dimmed">
        In grey what it was before.
        {met.map((bound) => ` ${BOUNDS[bound].sign} ${BOUNDS[bound].words}.`).join('')}
      </Text>
    </>
  );
}

function Change({ lever }: { readonly lever: MovedLever | undefined }) {
  if (lever === undefined) return '–';
  const { before, after, bound } = lever;
  return (
    <span title={`${leverText(before)} to ${leverText(after)}`}>
      <Text span size="xs" c="dimmed">
        {leverText(before)}
      </Text>{' '}
      <strong>{(after * 100).toFixed(2)} %</strong>
      {bound === null ? '' : ` ${BOUNDS[bound].sign}`}
    </span>
  );
}
