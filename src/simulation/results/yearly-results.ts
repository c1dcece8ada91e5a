/** Headcount, pay and growth of a stored simulation by year, for any population. */
import type { DetailedStatus, Metric } from '../../runs/request.contract.js';
import type { SimulationSummary } from '../simulation.contract.js';
import { MeritloopError } from '../../shared/errors/errors.js';
import { growthByYear } from '../../tuning/measure.js';
import type { PayGroup } from './pay-cells.js';
import type { Choose } from './disclosure.pure.js';
import type { Population, Split } from './population.js';
import type { ResultReader, StoredResult } from './reader.js';
import { disclosureOf, disclosuresOf, isGrowthOfStayersTold, withheldReason } from './withheld.js';

export interface ResultRow {
  readonly year: number;
  readonly level: number | null;
  readonly status: DetailedStatus | null;
  readonly headcount: number;
  readonly mean_pay: number | null;
  readonly median_pay: number | null;
  /** Null only where it is withheld. */
  readonly payroll: number | null;
  readonly prorated_mean_pay: number | null;
  /** Why pay is withheld; null where it is told. */
  readonly why_hidden: string | null;
}

export interface YearGrowth {
  readonly year: number;
  /** Percent. */
  readonly growth: number | null;
  readonly why_null: string | null;
}

const VALUE = {
  mean: 'mean_pay',
  median: 'median_pay',
  payroll: 'payroll',
  'prorated-mean': 'prorated_mean_pay',
} as const satisfies Record<Exclude<Metric, 'matched-cohort'>, string>;

export async function resultRows(
  reader: ResultReader,
  stored: StoredResult,
  population: Population,
  split: Split,
  smallest = 1,
): Promise<ResultRow[]> {
  const cells = await reader.cells(stored);
  const disclosures = disclosuresOf(cells, smallest);
  return cells
    .groups(population, split)
    .map(({ stayers_pay: _1, stayers_opening_pay: _2, ...row }): ResultRow => {
      const chosen: Choose = ({ level, status }) =>
        population.statuses.includes(status) &&
        population.levels?.includes(level) !== false &&
        (row.level === null || row.level === level) &&
        (row.status === null || row.status === status);
      if (disclosures.get(row.year)?.mayTell(chosen) !== false) return { ...row, why_hidden: null };
      const hidden = { mean_pay: null, median_pay: null, payroll: null, prorated_mean_pay: null };
      return { ...row, ...hidden, why_hidden: withheldReason(smallest) };
    });
}

/**
 * From the summary where it holds the figure, as the tuner measures it; else from the tables.
 * @param smallest fewest people whose pay may follow from it, together with all else that is told
 */
export async function yearlyGrowth(
  reader: ResultReader,
  stored: StoredResult,
  metric: Metric,
  population: Population,
  smallest = 1,
): Promise<YearGrowth[]> {
  const growth = await measuredGrowth(reader, stored, metric, population);
  if (smallest <= 1) return growth;
  const { years, baseline } = stored.summary;
  const disclosures =
    population.levels === undefined || stored.provenance === null
      ? new Map(years.map((year) => [year.year, disclosureOf(year, smallest)]))
      : disclosuresOf(await reader.cells(stored), smallest);
  const isTold = (year: number): boolean =>
    disclosures
      .get(year)
      ?.mayTell(
        ({ level, status }) =>
          population.statuses.includes(status) && population.levels?.includes(level) !== false,
      ) ?? true;
  return growth.map((entry, index): YearGrowth => {
    const [year, before] = [years[index], years[index - 1]];
    const told =
      isTold(entry.year) &&
      (before === undefined ? baseline.headcount >= smallest : isTold(before.year)) &&
      (metric !== 'matched-cohort' ||
        year === undefined ||
        (population.levels === undefined && isGrowthOfStayersTold(year, smallest)));
    return told || entry.growth === null
      ? entry
      : { year: entry.year, growth: null, why_null: withheldReason(smallest) };
  });
}

async function measuredGrowth(
  reader: ResultReader,
  stored: StoredResult,
  metric: Metric,
  population: Population,
): Promise<YearGrowth[]> {
  if (population.levels === undefined) {
    try {
      const growth = growthByYear(stored.summary, { metric, statuses: population.statuses });
      return stored.summary.years.map(({ year }) => ({
        year,
        growth: growth[String(year)] ?? null,
        why_null: null,
      }));
    } catch (error) {
      if (!(error instanceof MeritloopError)) throw error;
    }
  }
  if (stored.provenance === null)
    return stored.summary.years.map(({ year }) => ({
      year,
      growth: null,
      why_null: 'of a trial only the summary is kept, which lacks this figure',
    }));
  const groups = (await reader.cells(stored)).groups(population, 'year');
  // Whatever the statuses, the first year compares with all people of the baseline; of its levels nothing is stored.
  const baseline = population.levels === undefined ? stored.summary.baseline : undefined;
  const [first] = stored.summary.years;
  return stored.summary.years.map(({ year }) =>
    growthOf(metric, year, groups, year === first?.year ? baseline : undefined),
  );
}

function growthOf(
  metric: Metric,
  year: number,
  groups: readonly PayGroup[],
  baseline: SimulationSummary['baseline'] | undefined,
): YearGrowth {
  const of = (wanted: number): PayGroup | undefined => groups.find((group) => group.year === wanted);
  const now = of(year);
  const nobody = { year, growth: null, why_null: `nobody of this population in ${year}` };
  if (now === undefined) return nobody;
  if (metric === 'matched-cohort') {
    const { stayers_pay: closing, stayers_opening_pay: opening } = now;
    if (closing === null || opening === null || opening === 0) return nobody;
    return { year, growth: (closing / opening - 1) * 100, why_null: null };
  }
  const before = baseline ?? of(year - 1);
  if (before === undefined)
    return { year, growth: null, why_null: `no figure of ${year - 1} for this population to compare with` };
  const growth = (now[VALUE[metric]] / before[VALUE[metric]] - 1) * 100;
  return Number.isFinite(growth) ? { year, growth, why_null: null } : nobody;
}

/** Null where a year has none. */
export const meanGrowth = (years: readonly YearGrowth[]): number | null =>
  years.every(({ growth }) => growth !== null)
    ? years.reduce((sum, { growth }) => sum + (growth ?? 0), 0) / years.length
    : null;
