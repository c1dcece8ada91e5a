/** A census for somebody who must not learn the pay of few people: levels with few, and what would tell theirs, are held back. */
import type { CensusAggregates } from '../../census/census-summary.js';
import { YearDisclosure } from '../../simulation/results/disclosure.pure.js';
import { withheldReason } from '../../simulation/results/withheld.js';

/** @param smallest fewest people whose pay may be told together */
export function withheldCensus({ levels, ...all }: CensusAggregates, smallest: number) {
  const counts = levels.map(({ job_level, headcount }) => ({
    level: job_level,
    status: 'continuous_active' as const,
    headcount,
  }));
  const disclosure = new YearDisclosure(counts, smallest);
  const whole = disclosure.mayTell(() => true);
  return {
    ...all,
    mean_pay: whole ? all.mean_pay : null,
    median_pay: whole ? all.median_pay : null,
    payroll: whole ? all.payroll : null,
    levels: levels.map(({ job_level, headcount, mean_pay, median_pay }) =>
      disclosure.mayTell(({ level }) => level === job_level)
        ? { job_level, headcount, mean_pay, median_pay, why_hidden: null }
        : { job_level, headcount, mean_pay: null, median_pay: null, why_hidden: withheldReason(smallest) },
    ),
  };
}
