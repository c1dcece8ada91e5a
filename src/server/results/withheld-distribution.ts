/** Pay by level for somebody who must not learn the pay of few: no extremes, and quantiles with people on both sides. */
import type { DetailedStatus } from '../../shared/contract/choices.terms.js';
import type { ResultReader, StoredResult } from '../../simulation/results/reader.js';
import { disclosuresOf, withheldReason } from '../../simulation/results/withheld.js';
import type { distributionLevels } from './views.js';

type Level = ReturnType<typeof distributionLevels>[number];

const SHARES = { p10: 0.1, p25: 0.25, median: 0.5, p75: 0.75, p90: 0.9 } as const;
const QUANTILES = ['p10', 'p25', 'median', 'p75', 'p90'] as const;
const NOTHING = {
  min: null,
  p10: null,
  p25: null,
  median: null,
  p75: null,
  p90: null,
  max: null,
  mean: null,
};

/**
 * The lowest and the highest pay are one person's each, and bins between them show single ones: neither is told.
 * @param smallest fewest people whose pay may be told together
 */
export async function withheldDistribution(
  results: ResultReader,
  stored: StoredResult,
  { year, statuses }: { readonly year: number; readonly statuses: readonly DetailedStatus[] },
  levels: readonly Level[],
  smallest: number,
) {
  const disclosure = disclosuresOf(await results.cells(stored), smallest).get(year);
  const why_hidden = withheldReason(smallest);
  return levels.map(({ level, headcount, ...told }) => {
    const mayTell = disclosure?.mayTell((cell) => cell.level === level && statuses.includes(cell.status));
    if (mayTell !== true) return { level, headcount, ...NOTHING, bins: [], why_hidden };
    // The middle stands for all of them; towards the ends enough people must lie beyond.
    const isTold = (name: (typeof QUANTILES)[number]): boolean =>
      name === 'median' || Math.min(SHARES[name], 1 - SHARES[name]) * headcount >= smallest;
    const quantiles = {
      p10: isTold('p10') ? told.p10 : null,
      p25: isTold('p25') ? told.p25 : null,
      median: told.median,
      p75: isTold('p75') ? told.p75 : null,
      p90: isTold('p90') ? told.p90 : null,
    };
    return { level, headcount, min: null, ...quantiles, max: null, mean: told.mean, bins: [], why_hidden };
  });
}
