/** Checks every file of the seeds folder before a simulation reads one. */
import { parseLevers } from '../../levers/file.js';
import { readDeliveredScenarios } from '../../levers/scenarios.js';
import { checkBands, checkDistributions } from './distributions.js';
import { readJobLevels } from './job-levels.js';
import { readWorkforceSettings } from './settings.js';
import { readSeed } from './seed-table.js';
import { parseTargets } from '../../targets/targets-file.js';

/** @throws MeritloopError FILE_MISSING, COLUMN_MISSING, ROW_INVALID for the first file that is not right */
export async function validateSeeds(seedsDir: string): Promise<void> {
  await readWorkforceSettings(seedsDir);
  const levels = (await readJobLevels(seedsDir)).length;
  await checkDistributions(seedsDir, levels);
  await checkBands(seedsDir, levels);
  await readDeliveredScenarios(seedsDir);
  parseLevers(await readSeed(seedsDir, 'comp_levers.csv'), 'comp_levers.csv', levels);
  parseTargets(await readSeed(seedsDir, 'comp_targets.csv'), 'comp_targets.csv');
}
