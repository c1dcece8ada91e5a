/** The limits of a request as one run uses them: read from a JSON file or from the request, of its years. */
import { z } from 'zod';
import { givenLimits, type LeverLimit } from './targets.contract.js';
import { levelRule } from '../levers/job-levels.js';
import { parseRequest } from '../shared/parse-request.js';
import { listYears, parsePlanYears, type PlanYears } from '../shared/contract/years.contract.js';
import { failure } from '../shared/errors/errors.js';
import { readJson } from './read-source.js';

const limitsDocument = z.strictObject({ limits: givenLimits });

/**
 * @param input path of a JSON list, or the limits themselves
 * @throws MeritloopError FILE_MISSING, FILE_UNREADABLE, REQUEST_INVALID
 */
export async function readLimits(
  input: string | readonly LeverLimit[],
  years: PlanYears,
): Promise<readonly LeverLimit[]> {
  const source = typeof input === 'string' ? input : 'request';
  const limits = typeof input === 'string' ? parse(await readJson(input, 'limits'), input) : input;
  checkLimitYears(limits, years, source);
  return limits;
}

function parse(list: unknown, source: string): LeverLimit[] {
  const input = Array.isArray(list) ? { limits: list as unknown[] } : list;
  return parseRequest(limitsDocument, input, source).limits;
}

/** @throws MeritloopError REQUEST_INVALID for a limit of a level that the plan does not have */
export function checkLimitLevels(limits: readonly LeverLimit[], levels: readonly number[]): void {
  for (const [index, { job_levels = [] }] of limits.entries()) {
    const other = job_levels.find((level) => !levels.includes(level));
    if (other === undefined) continue;
    throw failure('REQUEST_INVALID', {
      source: 'limits',
      field: `limits.${index}.job_levels`,
      value: String(other),
      rule: levelRule(levels),
    });
  }
}

/** @throws MeritloopError REQUEST_INVALID for a limit of years that the run does not plan */
export function checkLimitYears(limits: readonly LeverLimit[], plan: PlanYears, source: string): void {
  const known = listYears(plan);
  for (const [index, { years }] of limits.entries()) {
    if (years === undefined || listYears(parsePlanYears(years)).some((year) => known.includes(year)))
      continue;
    throw failure('REQUEST_INVALID', {
      source,
      field: `limits.${index}.years`,
      value: years,
      rule: `must be a plan year of the run, ${plan.first} to ${plan.last}`,
    });
  }
}
