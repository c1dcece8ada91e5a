/** The date of the census by the workforce settings, for checks outside a run. */
import type { Config } from '../../config.js';
import { baselineDate } from '../../simulation/settings.contract.js';
import { readWorkforceSettings } from '../../simulation/seeds/settings.js';

/** December 31 before the first plan year, as ISO date. */
export async function censusDate({ seeds }: Pick<Config, 'seeds'>): Promise<string> {
  const { start_year } = await readWorkforceSettings(seeds);
  return baselineDate(start_year);
}
