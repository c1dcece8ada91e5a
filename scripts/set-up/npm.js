/** The npm step: installs the packages of package-lock.json into node_modules. */
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { lastLines, run } from '../command.js';
import { ENVIRONMENT_EXIT, ScriptProblem } from '../problem.js';
import { fingerprint, isStamped, writeStamp } from './stamp.js';

/**
 * @param {string} root the project's folder
 * @param {NodeJS.ProcessEnv} env
 * @returns {import('../set-up.js').Step}
 */
export function npmStep(root, env) {
  const stamp = path.join(root, 'node_modules', '.meritloop-stamp');
  // Some packages hold one binary per system.
  const facts = [process.platform, process.arch];
  const wanted = () => fingerprint([path.join(root, 'package-lock.json')], facts);
  return {
    what: 'installing npm packages into node_modules (about a minute the first time)',
    needed: () => !isStamped(stamp, wanted()),
    async install() {
      rmSync(stamp, { force: true });
      const inputs = wanted();
      const { code, output } = await npmInstall(root, env);
      if (code !== 0 || !existsSync(path.dirname(stamp))) {
        throw new ScriptProblem(`npm install failed:\n${lastLines(output)}`, {
          hint: 'Packages come over the network: check the connection or proxy, then run the same command again.',
          exitCode: ENVIRONMENT_EXIT,
        });
      }
      writeStamp(stamp, inputs);
    },
  };
}

/**
 * `npm ci` refuses a lock file without download addresses; `--no-save` keeps the lock as it is.
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 */
async function npmInstall(root, env) {
  const args = ['install', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--include=dev'];
  try {
    return await run('npm', args, { cwd: root, env });
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOENT') throw error;
    throw new ScriptProblem('npm is not on the PATH', {
      hint: 'Install Node.js 20.19 or newer together with npm, then run the same command again.',
      exitCode: ENVIRONMENT_EXIT,
      cause: error,
    });
  }
}
