/** `npm run check`: every static check, all of them even when one fails. */
import { styleText } from 'node:util';
import { build } from './build.js';
import { fileChecks, lineCounts } from './check/project-files.js';
import { toolChecks } from './check/tools.js';
import { wordsAsKeys } from './check/words-as-keys.js';
import { exitCodeOf, ScriptProblem } from './problem.js';
import { reporter } from './report.js';
import { PROJECT_ROOT, setUp } from './set-up.js';

/**
 * The layer rules look at dist/ too, so it is built first.
 * @type {import('./check/tools.js').Check}
 */
const buildCheck = {
  name: 'build (dist and workflow bundle)',
  async judge() {
    try {
      await build({ say: () => {} });
      return { passed: true, details: '' };
    } catch (error) {
      if (!(error instanceof ScriptProblem)) throw error;
      return { passed: false, details: error.message };
    }
  },
};

/** @typedef {import('./check/tools.js').Verdict & { name: string, seconds: string }} Timed */

/**
 * @param {import('./check/tools.js').Check} check
 * @returns {Promise<Timed>}
 */
async function timed({ name, judge }) {
  const started = performance.now();
  const verdict = await judge();
  return { name, seconds: ((performance.now() - started) / 1000).toFixed(1), ...verdict };
}

process.exitCode = await exitCodeOf(async () => {
  await setUp({ tests: false, say: reporter() });
  const checks = [
    buildCheck,
    ...toolChecks(PROJECT_ROOT),
    wordsAsKeys(PROJECT_ROOT),
    ...fileChecks(PROJECT_ROOT),
  ];
  let failed = 0;
  /** @param {Timed} timed */
  const report = ({ name, seconds, passed, details }) => {
    const mark = passed ? styleText('green', 'pass') : styleText('red', 'FAIL');
    process.stdout.write(`${mark}  ${name} (${seconds} s)\n`);
    if (!passed) process.stdout.write(`${details.trimEnd()}\n\n`);
    failed += passed ? 0 : 1;
  };
  report(await timed(buildCheck));
  // All at once: some wait for files while others compute. They are reported in their order.
  for (const verdict of await Promise.all(checks.slice(1).map(timed))) report(verdict);
  process.stdout.write(`${await lineCounts(PROJECT_ROOT)}\n`);
  const summary = failed === 0 ? 'all passed' : `${failed} failed`;
  process.stdout.write(`${checks.length} checks, ${summary}\n`);
  return failed === 0 ? 0 : 1;
});
