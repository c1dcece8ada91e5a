/** What growth is made of, with the current levers and with the draft: raises, promotions, the mix of hires, leavers. */
import type { ImpactReport } from '../../api/types.js';
import { FigureTable } from '../../ui/figure-table.js';
import { Panel } from '../../ui/figures.js';
import { percentagePoints } from '../../ui/number.js';

type Pair = NonNullable<ImpactReport['decomposition']>[number];
type Parts = Pair['baseline'];

const PARTS = [
  'raises',
  'promotions',
  'hires',
  'leavers',
  'growth',
] as const satisfies readonly (keyof Parts)[];
const WORDS: Readonly<Record<(typeof PARTS)[number], string>> = {
  raises: 'Raises',
  promotions: 'Promotions',
  hires: 'Mix of hires',
  leavers: 'Leavers',
  growth: 'Growth',
};

/** Mean over the years, as growth itself is. */
const mean = (pairs: readonly Pair[], of: (pair: Pair) => Parts, part: keyof Parts): number =>
  pairs.reduce((sum, pair) => sum + of(pair)[part], 0) / pairs.length;

export function GrowthParts({ decomposition }: { readonly decomposition: readonly Pair[] }) {
  return (
    <Panel title="What growth is made of">
      <FigureTable
        label="Parts of growth, current and draft"
        rows={PARTS}
        rowKey={(part) => part}
        columns={[
          {
            head: 'Part',
            cell: (part) => (part === 'growth' ? <strong>{WORDS[part]}</strong> : WORDS[part]),
          },
          ...(
            [
              ['Current', (pair: Pair) => pair.baseline],
              ['Draft', (pair: Pair) => pair.proposed],
              ['Change', (pair: Pair) => pair.difference],
            ] as const
          ).map(([head, of]) => ({
            head,
            unit: 'pp a year',
            number: true,
            cell: (part: (typeof PARTS)[number]) => percentagePoints(mean(decomposition, of, part), 3),
          })),
          ...decomposition.map(({ year, difference }) => ({
            head: `Change ${year}`,
            unit: 'pp',
            number: true,
            cell: (part: (typeof PARTS)[number]) => percentagePoints(difference[part]),
          })),
        ]}
      />
    </Panel>
  );
}
