/** From one growth to another by what both are made of: raises, promotions, the mix of hires, leavers. */
import { useCallback, useMemo, type ReactNode } from 'react';
import { bridgeOption, stepsFrom } from './chart/bridge.js';
import { Chart } from './chart/chart.js';
import { FigureTable } from './figure-table.js';
import { percent, percentagePoints } from './number.js';
import { PART_COLOURS, SERIES_COLOURS, type ChartInk } from './palette.js';

export const GROWTH_PARTS = ['raises', 'promotions', 'hires', 'leavers'] as const;
type Part = (typeof GROWTH_PARTS)[number] | 'growth';

/** Each in pp of growth; the four parts add up to `growth`. */
export type GrowthParts = Readonly<Record<Part, number>>;

export const PART_WORDS: Readonly<Record<Part, string>> = {
  raises: 'Raises',
  promotions: 'Promotions',
  hires: 'Mix of hires',
  leavers: 'Leavers',
  growth: 'Growth',
};

export interface GrowthPair {
  readonly year: number;
  readonly before: GrowthParts;
  readonly after: GrowthParts;
}

export interface GrowthBridgeProps {
  readonly title: string;
  /** What is compared, such as `Current` and `Draft`. */
  readonly names: readonly [before: string, after: string];
  readonly pairs: readonly GrowthPair[];
  readonly source: string;
  readonly control?: ReactNode;
}

export function GrowthBridge({ title, names, pairs, source, control }: GrowthBridgeProps) {
  const [before, after] = names;
  const total = useMemo(() => meanOf(pairs), [pairs]);
  // Where nothing differs the parts themselves are the steps, from zero.
  const alike = GROWTH_PARTS.every((part) => total.after[part] === total.before[part]);
  const option = useCallback(
    (ink: ChartInk) => {
      const whole = (name: string, growth: number) => ({
        name,
        from: 0,
        to: growth,
        colour: SERIES_COLOURS[4],
        label: percent(growth),
      });
      const bars = alike
        ? [
            ...stepsFrom(
              0,
              partSteps((part) => total.after[part]),
            ),
            whole(PART_WORDS.growth, total.after.growth),
          ]
        : [
            whole(before, total.before.growth),
            ...stepsFrom(
              total.before.growth,
              partSteps((part) => total.after[part] - total.before[part]),
            ),
            whole(after, total.after.growth),
          ];
      return bridgeOption(ink, bars, 'growth, %');
    },
    [before, after, alike, total],
  );
  const steps = GROWTH_PARTS.map(
    (part) =>
      `${PART_WORDS[part].toLowerCase()} ${percentagePoints(total.after[part] - (alike ? 0 : total.before[part]))}`,
  ).join(', ');
  const summary = alike
    ? `${steps}; ${percent(total.after.growth)} in all, with ${before.toLowerCase()} as with ${after.toLowerCase()}.`
    : `${percent(total.before.growth)} ${before.toLowerCase()}; ${steps}; ${percent(total.after.growth)} ${after.toLowerCase()}.`;
  return (
    <Chart
      title={title}
      units="mean growth, percent a year; parts in pp"
      source={source}
      summary={summary}
      option={option}
      {...(control === undefined ? {} : { control })}
      table={<PartsTable names={names} pairs={pairs} total={total} />}
    />
  );
}

/** The parts in their fixed colours. */
export const partSteps = (by: (part: (typeof GROWTH_PARTS)[number]) => number) =>
  GROWTH_PARTS.map((part) => ({
    name: PART_WORDS[part],
    by: by(part),
    colour: PART_COLOURS[part],
    label: percentagePoints(by(part)),
  }));

interface PartsTableProps extends Pick<GrowthBridgeProps, 'names' | 'pairs'> {
  readonly total: Omit<GrowthPair, 'year'>;
}

const PartsTable = ({ names: [before, after], pairs, total }: PartsTableProps) => (
  <FigureTable
    label={`Parts of growth, ${before} and ${after}`}
    rows={[...GROWTH_PARTS, 'growth'] as const}
    rowKey={(part) => part}
    columns={[
      {
        head: 'Part',
        cell: (part) => (part === 'growth' ? <strong>{PART_WORDS[part]}</strong> : PART_WORDS[part]),
      },
      ...(
        [
          [before, (part) => total.before[part]],
          [after, (part) => total.after[part]],
          ['Change', (part) => total.after[part] - total.before[part]],
        ] as const satisfies readonly (readonly [string, (part: Part) => number])[]
      ).map(([head, of]) => ({
        head,
        unit: 'pp a year',
        number: true,
        cell: (part: Part) => percentagePoints(of(part), 3),
      })),
      ...pairs.map((pair) => ({
        head: `Change ${pair.year}`,
        unit: 'pp',
        number: true,
        cell: (part: Part) => percentagePoints(pair.after[part] - pair.before[part]),
      })),
    ]}
  />
);

/** Over the years, as growth itself is. */
function meanOf(pairs: readonly GrowthPair[]): Omit<GrowthPair, 'year'> {
  const mean = (of: (pair: GrowthPair) => GrowthParts, part: Part): number =>
    pairs.reduce((sum, pair) => sum + of(pair)[part], 0) / pairs.length;
  const parts = (of: (pair: GrowthPair) => GrowthParts): GrowthParts => ({
    raises: mean(of, 'raises'),
    promotions: mean(of, 'promotions'),
    hires: mean(of, 'hires'),
    leavers: mean(of, 'leavers'),
    growth: mean(of, 'growth'),
  });
  return { before: parts(({ before }) => before), after: parts(({ after }) => after) };
}
