/** The Python step: a .venv with the packages of requirements.txt, each checked against its hash. */
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { lastLines, run } from '../command.js';
import { ENVIRONMENT_EXIT, ScriptProblem } from '../problem.js';
import { findPython } from './find-python.js';
import { fingerprint, isStamped, writeStamp } from './stamp.js';

/**
 * @param {string} root the project's folder
 * @param {NodeJS.ProcessEnv} env
 * @returns {import('../set-up.js').Step}
 */
export function pythonStep(root, env) {
  const venv = path.join(root, '.venv');
  const stamp = path.join(venv, '.meritloop-stamp');
  const python = path.join(venv, 'bin', 'python');
  // Programs in a .venv hold its path: a copied or moved one does not work.
  const wanted = () => fingerprint([path.join(root, 'requirements.txt')], [venv]);
  return {
    what: 'installing dbt and the Temporal server into .venv (about half a minute the first time)',
    // The link is broken once the Python that it was made from has gone.
    needed: () => !isStamped(stamp, wanted()) || !existsSync(python),
    require: async () => void (await findPython(env)),
    async install() {
      const base = await findPython(env);
      const inputs = wanted();
      rmSync(venv, { recursive: true, force: true });
      await succeed(base, ['-m', 'venv', venv], root, env);
      const pip = ['-m', 'pip', 'install', '--require-hashes', '--no-deps', '--no-input', '--quiet'];
      await succeed(python, [...pip, '--disable-pip-version-check', '-r', 'requirements.txt'], root, env);
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
