/** The job levels: pay ranges and the pay that hires start from. */
import { MOST_LEVELS } from '../../levers/lever.contract.js';
import { checkSeed } from './seed-table.js';

export interface JobLevel {
  readonly level_id: number;
  readonly name: string;
  /** USD a year, like the other two. */
  readonly min_pay: number;
  readonly max_pay: number;
  readonly hire_midpoint: number;
}

const COLUMNS = ['level_id', 'name', 'min_pay', 'max_pay', 'hire_midpoint'] as const;
const MAX_PAY = 1_000_000_000;

/** Levels in order, from 1. @throws MeritloopError FILE_MISSING, COLUMN_MISSING, ROW_INVALID */
export function readJobLevels(seedsDir: string): Promise<JobLevel[]> {
  return checkSeed(seedsDir, 'config_job_levels.csv', COLUMNS, (rows) => {
    const levels = rows.map((row, index): JobLevel => {
      const level = {
        level_id: row.whole('level_id', 1, MOST_LEVELS),
        name: row.text('name'),
        min_pay: row.number('min_pay', 0.01, MAX_PAY),
        max_pay: row.number('max_pay', 0.01, MAX_PAY),
        hire_midpoint: row.number('hire_midpoint', 0.01, MAX_PAY),
      };
      if (level.level_id !== index + 1)
        row.refuse('level_id', `must be ${index + 1}: levels from 1 in order, each once`);
      if (level.name === '') row.refuse('name', 'must not be empty');
      if (level.max_pay <= level.min_pay) row.refuse('max_pay', `must be above min_pay ${level.min_pay}`);
      if (level.hire_midpoint < level.min_pay || level.hire_midpoint > level.max_pay)
        row.refuse('hire_midpoint', `must lie between min_pay ${level.min_pay} and max_pay ${level.max_pay}`);
      return level;
    });
    for (const [index, level] of levels.entries()) {
      const below = levels[index - 1];
      if (below !== undefined && level.min_pay <= below.min_pay)
        rows[index]?.refuse('min_pay', `must be above ${below.min_pay}, the min_pay of the level below`);
    }
    return levels;
  });
}
