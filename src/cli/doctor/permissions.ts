/** Check of who may read the home: its owner alone; with --repair it is closed to everybody else. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { types } from 'node:util';
import type { Config } from '../../config.js';
import { shellWord } from '../../shared/errors/shell-word.js';
import { closeToOthers, openToOthers } from '../../shared/files/owner-only.js';
import { fail, pass, warn, type Finding } from './finding.js';

const CHECK = 'Privacy';
/** At least one of them stands in every home: a folder without any may be anybody's, and is left alone. */
const OF_A_HOME = ['inputs', 'levers', 'simulations', 'server', 'catalog', 'runs', 'trials'];

/** @param repair takes every right from group and others, in the home alone */
export async function checkPermissions({ home }: Config, repair: boolean): Promise<Finding> {
  if (!OF_A_HOME.some((name) => existsSync(path.join(home, name))))
    return pass(CHECK, 'nothing in this home yet; what is made is for its owner alone');
  const open = await openToOthers(home);
  const [first] = open;
  if (first === undefined) return pass(CHECK, 'home and files are for their owner alone');
  const found = `${open.length} files and folders can be read by other users, such as ${first}`;
  if (!repair)
    return warn(
      CHECK,
      found,
      `Run \`meritloop doctor --repair\`, or: \`chmod -R go-rwx ${shellWord(home)}\``,
    );
  try {
    await closeToOthers(open);
  } catch (error) {
    if (!types.isNativeError(error)) throw error;
    return fail(
      CHECK,
      `${found}: ${error.message}`,
      `As their owner: \`chmod -R go-rwx ${shellWord(home)}\``,
    );
  }
  return pass(CHECK, `${open.length} files and folders could be read by other users; closed just now`);
}
