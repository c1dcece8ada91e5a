/** Finds the programs of a PostgreSQL server: `initdb` and `postgres`. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** Debian keeps them off the PATH, a folder for each version. */
const DEBIAN = '/usr/lib/postgresql';

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {string} [versions] folder of versions
 * @returns {string | undefined} the folder of both programs; of several versions the newest
 */
export function findPostgresql(env, versions = DEBIAN) {
  const onPath = (env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const installed = existsSync(versions) ? readdirSync(versions) : [];
  const newestFirst = installed.toSorted((a, b) => Number(b) - Number(a));
  return [...onPath, ...newestFirst.map((version) => path.join(versions, version, 'bin'))].find((folder) =>
    ['initdb', 'postgres'].every((program) => existsSync(path.join(folder, program))),
  );
}
