/** What a census is checked against beside the rules for everybody: the levels of the plan that it is for. */
import type { Config } from '../config.js';
import { readJobLevels } from '../simulation/seeds/job-levels.js';
import type { CheckOptions } from './copy.js';

/** @throws MeritloopError FILE_MISSING, ROW_INVALID for settings that are not right */
export async function checksOf({
  seeds,
}: Pick<Config, 'seeds'>): Promise<Pick<CheckOptions, 'topLevel' | 'ranges'>> {
  const ranges = await readJobLevels(seeds);
  return { topLevel: ranges.length, ranges };
}
