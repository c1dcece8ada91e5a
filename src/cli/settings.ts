/** The baseline date of the workforce settings, for checks of a census outside a run. */
import type { Config } from '../config.js';
import { readWorkforceSettings } from '../seeds/settings.js';

/** December 31 before the first plan year, as ISO date. */
export async function baselineDate({ projectRoot }: Pick<Config, 'projectRoot'>): Promise<string> {
  const { start_year } = await readWorkforceSettings(projectRoot);
  return `${start_year - 1}-12-31`;
}
