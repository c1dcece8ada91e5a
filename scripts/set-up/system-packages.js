/** What only tests need from the system itself: used where it is there, installed on Debian as root, asked for elsewhere. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { lastLines, run } from '../command.js';
import { ENVIRONMENT_EXIT, ScriptProblem } from '../problem.js';
import { findBrowser } from './find-browser.js';
import { findPostgresql } from './find-postgresql.js';

/**
 * @typedef {object} SystemPackage
 * @property {string} name for people
 * @property {(env: NodeJS.ProcessEnv) => boolean} isThere costs a few milliseconds
 * @property {string} debian the package's name there
 * @property {string} elsewhere how to install it on other systems
 */

/** @type {readonly SystemPackage[]} */
export const TEST_PACKAGES = [
  {
    name: 'PostgreSQL',
    isThere: (env) => findPostgresql(env) !== undefined,
    debian: 'postgresql',
    elsewhere: 'macOS: brew install postgresql@17, and put its bin folder on the PATH',
  },
  {
    name: 'Chrome or Chromium',
    isThere: (env) => findBrowser(env) !== undefined,
    debian: 'chromium',
    elsewhere: 'any other system: install Google Chrome, or set MERITLOOP_TEST_BROWSER to a Chromium',
  },
];

/** Debian would make a database cluster and start it on the usual port: the tests start servers of their own. */
const CLUSTER_SETTINGS = '/etc/postgresql-common/createcluster.d';

/**
 * One step for all of them: two calls of apt at once would be in each other's way.
 * @param {NodeJS.ProcessEnv} env
 * @param {{ packages?: readonly SystemPackage[], isRoot?: boolean, clusterSettings?: string }} [options]
 * @returns {import('../set-up.js').Step}
 */
export function systemPackagesStep(
  env,
  { packages = TEST_PACKAGES, isRoot = process.getuid?.() === 0, clusterSettings = CLUSTER_SETTINGS } = {},
) {
  const missing = () => packages.filter(({ isThere }) => !isThere(env));
  return {
    what: 'installing what the tests need from the system (about a minute)',
    needed: () => missing().length > 0,
    require: async () => {
      if (!isRoot || !(await hasApt(env))) throw problemOf(missing(), 'not installed');
    },
    async install() {
      const wanted = missing();
      const settings = path.join(clusterSettings, 'meritloop-tests.conf');
      mkdirSync(clusterSettings, { recursive: true });
      writeFileSync(settings, 'create_main_cluster = false\n');
      try {
        await apt(env, ['update', '-q']);
        await apt(env, [
          'install',
          '-y',
          '-q',
          '--no-install-recommends',
          ...wanted.map(({ debian }) => debian),
        ]);
      } finally {
        rmSync(settings, { force: true });
      }
      const still = missing();
      if (still.length > 0) throw problemOf(still, 'still missing after apt-get install');
    },
  };
}

/** @param {NodeJS.ProcessEnv} env */
async function hasApt(env) {
  try {
    return (await run('apt-get', ['--version'], { env })).code === 0;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return false;
    throw error;
  }
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {readonly string[]} args
 */
async function apt(env, args) {
  const patient = ['-o', 'DPkg::Lock::Timeout=300'];
  const { code, output } = await run('apt-get', [...patient, ...args], {
    env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (code === 0) return;
  throw new ScriptProblem(`apt-get ${args[0]} failed:\n${lastLines(output)}`, {
    hint: 'Packages come over the network: check the connection or proxy, then run the same command again.',
    exitCode: ENVIRONMENT_EXIT,
  });
}

/**
 * @param {readonly SystemPackage[]} packages
 * @param {string} state
 */
function problemOf(packages, state) {
  const names = packages.map(({ name }) => name).join(', ');
  const ways = packages.map(({ debian, elsewhere }) => `Debian: apt-get install ${debian}; ${elsewhere}`);
  return new ScriptProblem(`the tests need ${names}: ${state}`, {
    hint: `Install it (${ways.join('; ')}), then run the same command again. The product itself does not need it.`,
    exitCode: ENVIRONMENT_EXIT,
  });
}
