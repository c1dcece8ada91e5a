/** The commands that repeat a simulation by hand, one engine at a time, ready to paste into a shell. */
import path from 'node:path';
import type { Config } from '../config.js';
import { shellWord } from '../shared/errors/shell-word.js';
import type { TrialInputs } from './store/trial-inputs.js';

/** First the diagnosis, then each engine by itself with the run's own inputs, then dbt's own check. */
export function commandsByHand(
  { projectRoot, home }: Pick<Config, 'projectRoot' | 'home'>,
  { censusFile, leverFile, run }: Pick<TrialInputs, 'censusFile' | 'leverFile' | 'run'>,
): string[] {
  const meritloop = path.join(projectRoot, 'bin', 'meritloop');
  const dbt = path.join(projectRoot, 'dbt');
  const { first, last } = run.years;
  const inputs = ['--census', censusFile, '--levers', leverFile, '--scenario', run.scenario];
  const choice = ['--years', `${first}-${last}`, '--seed', String(run.seed)];
  const simulate = [meritloop, 'simulate', '--home', home, ...inputs, ...choice];
  return [
    [meritloop, 'doctor', '--home', home],
    [...simulate, '--engine', 'plan', '--log-level', 'debug'],
    [...simulate, '--engine', 'dbt', '--log-level', 'debug'],
    [path.join(projectRoot, '.venv', 'bin', 'dbt'), 'debug', '--project-dir', dbt, '--profiles-dir', dbt],
  ].map((words) => words.map(shellWord).join(' '));
}
