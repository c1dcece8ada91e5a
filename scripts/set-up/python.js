/** The Python steps: a virtual environment with the packages of a requirements file, each checked against its hash. */
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { lastLines, run } from '../command.js';
import { ENVIRONMENT_EXIT, ScriptProblem } from '../problem.js';
import { findPython } from './find-python.js';
import { fingerprint, isStamped, writeStamp } from './stamp.js';

const PRODUCT = {
  what: 'installing dbt and the Temporal server into .venv (about half a minute the first time)',
  folder: '.venv',
  requirements: 'requirements.txt',
};
const TESTS = {
  what: 'installing the linters of the tests into .cache/test-tools',
  folder: path.join('.cache', 'test-tools'),
  requirements: 'requirements-test.txt',
};

const DAGSTER = {
  what: 'installing Dagster into .cache/dagster',
  folder: path.join('.cache', 'dagster'),
  requirements: path.join('bench', 'dagster', 'requirements.txt'),
};

/**
 * @param {string} root the project's folder
 * @param {NodeJS.ProcessEnv} env
 */
export const pythonStep = (root, env) => venvStep(root, env, PRODUCT);

/**
 * For `npm run bench dagster` alone.
 * @param {string} root the project's folder
 * @param {NodeJS.ProcessEnv} env
 */
export const dagsterStep = (root, env) => venvStep(root, env, DAGSTER);

/**
 * @param {string} root the project's folder
 * @param {NodeJS.ProcessEnv} env
 */
export const testToolsStep = (root, env) => venvStep(root, env, TESTS);

/**
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 * @param {{ what: string, folder: string, requirements: string }} parts
 * @returns {import('../set-up.js').Step}
 */
function venvStep(root, env, { what, folder, requirements }) {
  const venv = path.join(root, folder);
  const stamp = path.join(venv, '.meritloop-stamp');
  const python = path.join(venv, 'bin', 'python');
  // Programs in a .venv hold its path: a copied or moved one does not work.
  const wanted = () => fingerprint([path.join(root, requirements)], [venv]);
  return {
    what,
    // The link is broken once the Python that it was made from has gone.
    needed: () => !isStamped(stamp, wanted()) || !existsSync(python),
    require: async () => void (await findPython(env)),
    async install() {
      const base = await findPython(env);
      const inputs = wanted();
      rmSync(venv, { recursive: true, force: true });
      await succeed(base, ['-m', 'venv', venv], root, env);
      const pip = ['-m', 'pip', 'install', '--require-hashes', '--no-deps', '--no-input', '--quiet'];
      await succeed(python, [...pip, '--disable-pip-version-check', '-r', requirements], root, env);
      writeStamp(stamp, inputs);
    },
  };
}

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 */
async function succeed(program, args, root, env) {
  const { code, output } = await run(program, args, { cwd: root, env });
  if (code === 0) return;
  throw new ScriptProblem(`python ${args.slice(0, 2).join(' ')} failed:\n${lastLines(output)}`, {
    hint: 'Packages come over the network: check the connection or proxy, then run the same command again.',
    exitCode: ENVIRONMENT_EXIT,
  });
}
