/** The limits of a request on the rows that a run may move. */
import { roundLever } from '../levers/catalogue.terms.js';
import type { LeverLimit } from './targets.contract.js';
import { listYears, parsePlanYears } from '../shared/contract/years.contract.js';
import type { TunableLever } from '../tuning/problem.js';

/** The rows with the bounds of the request's limits; a frozen row keeps today's value between equal bounds. */
export const withLimits = (levers: readonly TunableLever[], limits: readonly LeverLimit[]): TunableLever[] =>
  levers.map((lever) => {
    const limit = limits.findLast((candidate) => concerns(candidate, lever));
    if (limit === undefined) return lever;
    if (limit.frozen === true) return { ...lever, low: lever.value, high: lever.value };
    const low = limit.low === undefined ? lever.low : roundLever(limit.low);
    const high = limit.high === undefined ? lever.high : roundLever(limit.high);
    return { ...lever, low: Math.min(low, high), high: Math.max(low, high), step: limit.step ?? lever.step };
  });

const concerns = (limit: LeverLimit, lever: TunableLever): boolean =>
  limit.parameter_name === lever.parameter_name &&
  (limit.years === undefined || listYears(parsePlanYears(limit.years)).includes(lever.fiscal_year)) &&
  (limit.job_levels === undefined || limit.job_levels.some((level) => level === lever.job_level));
