/** `npm test`: every test, or those named by the arguments, which go to jest as they are. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from './command.js';
import { prepare } from './prepare.js';
import { exitCodeOf } from './problem.js';
import { PROJECT_ROOT } from './set-up.js';
import { countsLine, readCounts } from './test/counts.js';

/** A jest that has reported and does not end holds something open: that is a failure, not a reason to wait for ever. */
const MAY_LINGER_MS = 30_000;
const POLL_MS = 500;

const folder = mkdtempSync(path.join(tmpdir(), 'meritloop-test-'));
let jestRan = false;
process.exitCode = await exitCodeOf(async () => {
  await prepare({ tests: true });
  jestRan = true;
  return runJest(path.join(folder, 'counts.json'));
}).finally(() => rmSync(folder, { recursive: true, force: true }));
// What cannot be set up or built has not passed its tests.
if (!jestRan) process.stdout.write(`${countsLine({ passed: 0, failed: 1, skipped: 0 })}\n`);

/** @param {string} countsFile */
async function runJest(countsFile) {
  const jest = path.join(PROJECT_ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
  const args = ['--experimental-vm-modules', '--no-warnings=ExperimentalWarning', jest];
  let lingered = false;
  /** @type {NodeJS.Timeout | undefined} */
  let watch;
  const { code } = await run(process.execPath, [...args, ...process.argv.slice(2)], {
    cwd: PROJECT_ROOT,
    env: { ...process.env, MERITLOOP_TEST_COUNTS: countsFile },
    show: true,
    onStart: (stop) => {
      let polls = 0;
      watch = setInterval(() => {
        if (readCounts(countsFile) === undefined || ++polls * POLL_MS < MAY_LINGER_MS) return;
        lingered = true;
        stop();
      }, POLL_MS);
    },
  }).finally(() => clearInterval(watch));

  const counts = readCounts(countsFile);
  if (lingered)
    process.stderr.write('error: the tests are done, but something that they opened kept jest alive\n');
  // Jest ended without a result (a bad option, a crash), or printed what was asked for (--listTests).
  const shown = counts ?? (code === 0 ? undefined : { passed: 0, failed: 1, skipped: 0 });
  if (shown !== undefined) process.stdout.write(`${countsLine(shown)}\n`);
  return code === 0 && !lingered && (shown?.failed ?? 0) === 0 ? 0 : 1;
}
