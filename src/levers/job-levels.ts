/** The job levels that a plan has: 1 to as many as its settings name. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Config } from '../config.js';
import { MOST_LEVELS } from './lever.contract.js';

/** Read at once: a command or a request needs it before anything else, and it is a few lines long. */
export function jobLevels({ seeds }: Pick<Config, 'seeds'>): number[] {
  const [, ...rows] = readFileSync(path.join(seeds, 'config_job_levels.csv'), 'utf8').trim().split(/\r?\n/);
  return Array.from({ length: Math.min(rows.length, MOST_LEVELS) }, (_, index) => index + 1);
}

/** @param levels of the plan, from 1 */
export const levelRule = (levels: readonly number[]): string =>
  `must be a level of the plan, 1 to ${levels.length}`;
