/** Installs what the project is missing, and nothing when nothing is: `node scripts/set-up.js`, or `setUp()` from other scripts. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './lock.js';
import { ENVIRONMENT_EXIT, exitCodeOf, isMain, ScriptProblem } from './problem.js';
import { during, reporter } from './report.js';
import { npmStep } from './set-up/npm.js';
import { pythonStep, testToolsStep } from './set-up/python.js';
import { systemPackagesStep } from './set-up/system-packages.js';

/**
 * @typedef {object} Step
 * @property {string} what said while it is done
 * @property {() => boolean} needed costs a few milliseconds
 * @property {() => Promise<void>} [require] fails early when a tool is missing, before any step installs anything
 * @property {() => Promise<void>} install begins anew whatever an interrupted one left
 */

export const PROJECT_ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

const OLDEST_NODE = /** @type {const} */ ([20, 19]);

/**
 * @param {object} options
 * @param {boolean} options.tests also what only the tests need; `demo` and the command line ask without
 * @param {string} [options.root] the project's folder
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {import('./report.js').Say} [options.say]
 * @param {Parameters<typeof systemPackagesStep>[1]} [options.system] which packages of the system the tests need
 * @returns {Promise<string[]>} what was done
 * @throws {ScriptProblem} with exit code 6 when Node.js, npm, Python or the network is missing
 */
export async function setUp({ tests, root = PROJECT_ROOT, env = process.env, say = reporter(), system }) {
  requireNode(process.versions.node);
  const steps = [npmStep(root, env), pythonStep(root, env), ...(tests ? testSteps(root, env, system) : [])];
  if (!steps.some((step) => step.needed())) return [];
  const onWait = (/** @type {number} */ holder) =>
    say(`waiting for another set-up (process ${holder}) to finish`);
  return withLock(path.join(root, '.cache', 'set-up.lock'), onWait, async () => {
    const missing = steps.filter((step) => step.needed());
    for (const step of missing) await step.require?.();
    const outcomes = await Promise.allSettled(missing.map((step) => during(say, step.what, step.install)));
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    return missing.map((step) => step.what);
  });
}

/**
 * What only tests need.
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 * @param {Parameters<typeof systemPackagesStep>[1]} system
 */
const testSteps = (root, env, system) => [testToolsStep(root, env), systemPackagesStep(env, system)];

/** @param {string} version */
function requireNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  throw new ScriptProblem(`Node.js ${OLDEST_NODE.join('.')} or newer is needed; this is ${version}`, {
    hint: 'Install a newer Node.js, then run the same command again.',
    exitCode: ENVIRONMENT_EXIT,
  });
}

if (isMain(import.meta.url)) {
  process.exitCode = await exitCodeOf(async () => {
    const say = reporter();
    const done = await setUp({ tests: true, say });
    say(done.length === 0 ? 'nothing to install' : 'set-up complete');
    return 0;
  });
}
