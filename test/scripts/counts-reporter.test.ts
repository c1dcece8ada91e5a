/** The closing count of a test run, from a real jest on tests that pass, fail and cannot be loaded. */
import path from 'node:path';
import { countsLine, readCounts } from '../../scripts/test/counts.js';
import { inFolder, PROJECT_ROOT, startNode, writeFiles } from './helpers/project.js';

test('a suite that cannot be loaded counts as failed', () =>
  inFolder(async (folder) => {
    await writeFiles(folder, {
      'package.json': '{}',
      'good.test.js': "test('good', () => {}); test.skip('later', () => {});",
      'bad.test.js': "test('bad', () => { throw new Error('bad'); });",
      'broken.test.js': "require('./missing.js');",
    });
    const counts = path.join(folder, 'counts.json');
    const reporter = path.join(PROJECT_ROOT, 'scripts/test/counts-reporter.js');
    const jest = path.join(PROJECT_ROOT, 'node_modules/jest/bin/jest.js');
    const args = [jest, '--rootDir', folder, '--config', '{}', `--reporters=${reporter}`];
    const env = { ...process.env, MERITLOOP_TEST_COUNTS: counts };
    const { code } = await startNode(args, { cwd: folder, env }).ended;
    expect(code).toBe(1);
    expect(readCounts(counts)).toEqual({ passed: 1, failed: 2, skipped: 1 });
  }));

test.each([
  [{ passed: 3, failed: 0, skipped: 0 }, '3 passed, 0 failed'],
  [{ passed: 3, failed: 1, skipped: 2 }, '3 passed, 1 failed, 2 skipped'],
])('%j reads %s', (counts, line) => {
  expect(countsLine(counts)).toBe(line);
});
