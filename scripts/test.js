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
  await prepare({ tests: true, page: true });
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
  // Jest printed what was asked for (--listTests).
  if (counts === undefined && code === 0) return 0;
  const { passed, failed, skipped } = counts ?? { passed: 0, failed: 0, skipped: 0 };
  // Jest that does not end, or ends badly without a failed test (a bad option, a crash), is a failure of its own.
  const unexplained = lingered || (code !== 0 && failed === 0) ? 1 : 0;
  process.stdout.write(`${countsLine({ passed, failed: failed + unexplained, skipped })}\n`);
  return failed + unexplained === 0 ? 0 : 1;
}
