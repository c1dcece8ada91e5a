/** What of a simulation's pay is told to somebody who must not learn the pay of few people. */
import { STATUSES } from '../../shared/contract/choices.terms.js';
import type { SimulatedYear, SimulationSummary } from '../simulation.contract.js';
import { YearDisclosure } from './disclosure.pure.js';
import type { PayCells } from './pay-cells.js';

/** Stands where a figure is not told. */
export const withheldReason = (smallest: number): string =>
  `withheld: pay of fewer than ${smallest} people, or what it would follow from`;

/** By plan year, from the people of every level and status. */
export function disclosuresOf(cells: PayCells, smallest: number): Map<number, YearDisclosure> {
  const counts = cells.counts();
  return new Map(
    [...new Set(counts.map(({ year }) => year))].map((year) => [
      year,
      new YearDisclosure(
        counts.filter((cell) => cell.year === year),
        smallest,
      ),
    ]),
  );
}

/** The same from a summary alone: of all levels together. What it tells, the people of each level tell too. */
export const disclosureOf = ({ by_status }: SimulatedYear, smallest: number): YearDisclosure =>
  new YearDisclosure(
    STATUSES.map((status) => ({ level: 0, status, headcount: by_status[status] })),
    smallest,
  );

const isFew = (people: number, smallest: number): boolean => people > 0 && people < smallest;

/** What those who stayed got before would tell what those who left got, as the total of the year before is known. */
export const isGrowthOfStayersTold = ({ by_status }: SimulatedYear, smallest: number): boolean =>
  !isFew(by_status.experienced_termination, smallest) && by_status.continuous_active >= smallest;

/** Parts add up to growth: where one of few people would be told, none is. */
export const arePartsTold = ({ by_status, raises, promotions }: SimulatedYear, smallest: number): boolean =>
  [by_status.new_hire_active, by_status.experienced_termination, raises, promotions].every(
    (people) => !isFew(people, smallest),
  );

type Nullable<Whole> = { [Key in keyof Whole]: Whole[Key] | null };

/** A summary, null in place of what is not told. */
export function withheldSummary(summary: SimulationSummary, smallest: number) {
  const { baseline } = summary;
  const years = summary.years.map((year, index) => {
    const disclosure = disclosureOf(year, smallest);
    const told = isCompanyTold(year, smallest);
    const before = summary.years[index - 1];
    const toldBefore =
      before === undefined ? baseline.headcount >= smallest : isCompanyTold(before, smallest);
    const parts = told && toldBefore && arePartsTold(year, smallest);
    const pay: Nullable<SimulatedYear['pay_by_status']> = { ...year.pay_by_status };
    for (const status of STATUSES)
      if (!disclosure.mayTell((cell) => cell.status === status)) pay[status] = null;
    return {
      ...year,
      mean_pay: told ? year.mean_pay : null,
      median_pay: told ? year.median_pay : null,
      payroll: told ? year.payroll : null,
      prorated_mean_pay: told ? year.prorated_mean_pay : null,
      ...(year.cash_paid === undefined ? {} : { cash_paid: told ? year.cash_paid : null }),
      matched_cohort_growth: isGrowthOfStayersTold(year, smallest) ? year.matched_cohort_growth : null,
      pay_by_status: pay,
      growth: told && toldBefore ? year.growth : null,
      decomposition: parts ? year.decomposition : null,
    };
  });
  return {
    ...summary,
    baseline: withheldBaseline(baseline, smallest),
    years,
    mean_growth: years.every(({ growth }) => growth !== null) ? summary.mean_growth : null,
  };
}

export function withheldBaseline(
  baseline: SimulationSummary['baseline'],
  smallest: number,
): Nullable<SimulationSummary['baseline']> & { readonly headcount: number } {
  if (baseline.headcount >= smallest) return baseline;
  return {
    headcount: baseline.headcount,
    mean_pay: null,
    median_pay: null,
    payroll: null,
    prorated_mean_pay: null,
  };
}

/** Sums over the company are told of every year. */
export const isSummaryTold = ({ baseline, years }: SimulationSummary, smallest: number): boolean =>
  baseline.headcount >= smallest && years.every((year) => isCompanyTold(year, smallest));

const isCompanyTold = ({ closing }: SimulatedYear, smallest: number): boolean =>
  closing === 0 || closing >= smallest;
