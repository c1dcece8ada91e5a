/** Finds a Python on the PATH that is new enough and can make a virtual environment. */
import { run } from '../command.js';
import { ENVIRONMENT_EXIT, ScriptProblem } from '../problem.js';

const OLDEST = /** @type {const} */ ([3, 10]);
const NAMES = ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python'];
/** Debian ships Python without these two modules. */
const PROBE = `
import importlib.util, sys
modules = all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))
print("found", *sys.version_info[:2], "with-venv" if modules else "no-venv")
`;

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string>} the program's name
 * @throws {ScriptProblem} saying what was found instead
 */
export async function findPython(env) {
  /** @type {string[]} */
  const rejected = [];
  for (const name of NAMES) {
    const found = await probe(name, env);
    if (found === undefined) continue;
    const { major, minor, canMakeVenv } = found;
    if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
      rejected.push(`${name} is ${major}.${minor}`);
    } else if (!canMakeVenv) {
      rejected.push(`${name} ${major}.${minor} has no venv module`);
    } else {
      return name;
    }
  }
  const found = rejected.length === 0 ? 'none is on the PATH' : rejected.join(', ');
  throw new ScriptProblem(`Python ${OLDEST.join('.')} or newer with its venv module is needed: ${found}`, {
    hint: 'Install it (Debian: apt-get install python3 python3-venv; macOS: brew install python), then run the same command again.',
    exitCode: ENVIRONMENT_EXIT,
  });
}

/**
 * @param {string} name
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ major: number, minor: number, canMakeVenv: boolean } | undefined>} undefined when it does not run
 */
async function probe(name, env) {
  try {
    const { output } = await run(name, ['-I', '-c', PROBE], { env });
    const match = /^found (\d+) (\d+) (with|no)-venv$/m.exec(output);
    if (match === null) return undefined;
    return { major: Number(match[1]), minor: Number(match[2]), canMakeVenv: match[3] === 'with' };
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === 'ENOENT' || code === 'EACCES') return undefined;
    throw error;
  }
}
