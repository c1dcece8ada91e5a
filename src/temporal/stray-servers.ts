/** Servers of a home that no record names: their starter was killed before it had written one. Linux only, by /proc. */
import { readdir, readFile, readlink, realpath } from 'node:fs/promises';
import type { Config } from '../config.js';
import { identify, type ProcessIdentity } from '../shared/files/process-identity.js';
import { serverPaths } from './server-record.js';

/** Each works in the home's server folder. Elsewhere than on Linux none is found. */
export async function strayServersOf(config: Pick<Config, 'home'>): Promise<ProcessIdentity[]> {
  const folder = await orUndefined(realpath(serverPaths(config).folder));
  const names = (await orUndefined(readdir('/proc'))) ?? [];
  if (folder === undefined) return [];
  const found = await Promise.all(
    names
      .filter((name) => /^\d+$/.test(name))
      .map(async (name) => {
        if ((await orUndefined(readlink(`/proc/${name}/cwd`))) !== folder) return [];
        const command = (await orUndefined(readFile(`/proc/${name}/cmdline`, 'utf8'))) ?? '';
        return command.includes('\0server\0start-dev\0') ? [identify(Number(name))] : [];
      }),
  );
  return found.flat();
}

/** A process may end, or belong to somebody else, while it is looked at. */
const orUndefined = <T>(look: Promise<T>): Promise<T | undefined> => look.catch(() => undefined);
