/** Checks of the seeds and of the current lever set. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Config } from '../../config.js';
import { MeritloopError } from '../../shared/errors/errors.js';
import { leverWarnings } from '../../levers/warnings.js';
import { validateSeeds } from '../../simulation/seeds/validate.js';
import { leverStore } from '../../levers/open.js';
import { fail, pass, warn, type Finding } from './finding.js';

export const checkSeeds = (config: Config): Promise<Finding> =>
  explained('Seeds', async () => {
    const folder = config.seeds;
    await validateSeeds(folder);
    return pass('Seeds', folder);
  });

/** Looks only: the first import is left to the first run. */
export const checkLevers = (config: Config): Promise<Finding> =>
  explained('Levers', async () => {
    if (!existsSync(path.join(config.home, 'levers'))) {
      return pass('Levers', 'none in this home yet; the first run imports seeds/comp_levers.csv');
    }
    const store = leverStore(config);
    const fingerprint = await store.current('default');
    const rows = await store.load(fingerprint);
    const [first, ...more] = leverWarnings(rows);
    const set = `set ${fingerprint.slice(0, 12)}, ${rows.length} rows`;
    if (first === undefined) return pass('Levers', set);
    const others = more.length === 0 ? '' : `, and ${more.length} more`;
    return warn(
      'Levers',
      `${set}: ${first.message}${others}`,
      'Check that it is meant: `meritloop levers validate`.',
    );
  });

async function explained(check: string, look: () => Promise<Finding>): Promise<Finding> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof MeritloopError) return fail(check, error.message, error.hint);
    throw error;
  }
}
