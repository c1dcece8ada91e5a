/** Simulations side by side: each figure of the same year beside each other, whatever years each one plans. Pure. */
import { joinByKey, yearOf } from '../../../../src/shared/by-key.terms.js';
import type { Comparison } from '../../api/types.js';
import {
  count,
  dollars,
  millions,
  percent,
  percentagePoints,
  signedCount,
  signedDollars,
  signedMillions,
} from '../../ui/number.js';

type Simulations = Comparison['simulations'];
type Year = Simulations[number]['years'][number];

export interface ComparedFigure {
  readonly name: string;
  readonly equal: boolean;
  /** One for each simulation; the change against the first behind it where both have the figure. */
  readonly texts: readonly string[];
}

/** Every plan year of any of them, with the year's figures of each; undefined where one does not plan it. */
export const yearsOf = (simulations: Simulations) =>
  joinByKey(
    simulations.map(({ years }) => years),
    yearOf,
  ).map(({ key, rows }) => ({ year: key, rows }));

/** Growth of each simulation at the years of {@link yearsOf}; null where it has none. */
export const growthLines = (simulations: Simulations): (number | null)[][] =>
  simulations.map((_, place) => yearsOf(simulations).map(({ rows }) => rows[place]?.growth ?? null));

export function comparedFigures(simulations: Simulations): ComparedFigure[] {
  const years = yearsOf(simulations);
  const common = years.filter(({ rows }) => rows.every((row) => row !== undefined));
  const isSamePlan = common.length === years.length;
  const last = common.at(-1);
  const meanOfCommon = (place: number): number | null => {
    const growths = common.map(({ rows }) => rows[place]?.growth ?? null);
    return growths.length === 0 || growths.includes(null)
      ? null
      : growths.reduce<number>((sum, growth) => sum + (growth ?? 0), 0) / growths.length;
  };
  const inLast = (name: string, figureOf: (year: Year) => number | null, words: Words): ComparedFigure[] =>
    last === undefined
      ? []
      : [
          figure(
            `${name} ${last.year}`,
            last.rows.map((row) => (row === undefined ? null : figureOf(row))),
            words,
          ),
        ];
  return [
    isSamePlan
      ? figure(
          'Mean growth',
          simulations.map(({ mean_growth }) => mean_growth),
          GROWTH,
        )
      : // Means of other years: they are shown, and no difference is.
        figure(
          'Mean growth of its own plan years',
          simulations.map(({ mean_growth }) => mean_growth),
          { of: percent },
        ),
    ...(isSamePlan || last === undefined
      ? []
      : [
          figure(
            `Mean growth ${common[0]?.year}–${last.year}, which all plan`,
            simulations.map((_, place) => meanOfCommon(place)),
            GROWTH,
          ),
        ]),
    ...years.map(({ year, rows }) =>
      figure(
        `Growth ${year}`,
        rows.map((row) => row?.growth ?? null),
        GROWTH,
      ),
    ),
    ...inLast('Headcount', ({ headcount }) => headcount, { of: count, change: signedCount }),
    ...inLast('Mean pay', ({ mean_pay }) => mean_pay, { of: dollars, change: signedDollars }),
    ...inLast('Median pay', ({ median_pay }) => median_pay, { of: dollars, change: signedDollars }),
    ...inLast('Payroll', ({ payroll }) => payroll, { of: millions, change: signedMillions }),
  ];
}

interface Words {
  readonly of: (value: number | null) => string;
  readonly change?: (change: number) => string;
}

const GROWTH: Words = { of: percent, change: percentagePoints };

function figure(name: string, values: readonly (number | null)[], { of, change }: Words): ComparedFigure {
  const [first] = values;
  return {
    name,
    equal: values.every((value) => value === first),
    texts: values.map((value, place) =>
      place === 0 || value === null || first == null || value === first || change === undefined
        ? of(value)
        : `${of(value)} (${change(value - first)})`,
    ),
  };
}
