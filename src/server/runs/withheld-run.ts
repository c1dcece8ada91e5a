/** Runs for somebody who must not learn the pay of few people. */
import type { RunRecord } from '../../runs/run-store.js';
import type { RunReport } from '../../runs/report.contract.js';
import { failure } from '../../shared/errors/errors.js';
import { arePartsTold } from '../../simulation/results/withheld.js';
import type { SimulationSummary } from '../../simulation/simulation.contract.js';
import { explanationOf } from './views.js';
import type { RunDetails } from './runs.contract.js';

const COMPANY = ['continuous_active', 'new_hire_active'];
/** Figures of a part of the company, which may be few people. */
const OF_A_PART = /^(level_\d_median_salary|new_hire_average_salary|matched_cohort_growth_rate)$/;

type Request = Readonly<Record<string, unknown>> | null;

/** A run that is measured on a part of the company, or on those who stayed: each figure of it may be that of few. */
export function isAboutAPart(request: Request): boolean {
  if (request === null) return false;
  const { statuses, targets, metric } = request as Partial<NonNullable<RunRecord['spec']>>;
  return (
    metric === 'matched-cohort' ||
    (statuses !== undefined && COMPANY.some((status) => !statuses.some((own) => own === status))) ||
    (statuses ?? []).some((status) => !COMPANY.includes(status)) ||
    (targets?.goals ?? []).some((goal) => OF_A_PART.test(goal.metric))
  );
}

/** @param smallest fewest people whose pay may be told together; 1: everything is shown */
export function withheldRun(details: RunDetails, smallest: number): RunDetails {
  if (smallest <= 1 || !isAboutAPart(details.request)) return details;
  return {
    ...details,
    run: { ...details.run, final_growth: null },
    progress: null,
    result: null,
    error: explanationOf(withheldFailure(details.run.run_id, smallest)),
  };
}

/** Parts of growth of few people are left out. */
export function withheldReport(report: RunReport, { years }: SimulationSummary, smallest: number): RunReport {
  const told = years.filter((year) => arePartsTold(year, smallest)).map(({ year }) => year);
  const parts = report.decomposition?.filter(({ year }) => told.includes(year)) ?? [];
  return { ...report, decomposition: parts.length === 0 ? null : parts };
}

export const withheldFailure = (run: string, smallest: number) =>
  failure('FIGURES_WITHHELD', { what: `the figures of ${run}`, smallest });
