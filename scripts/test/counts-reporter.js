/** A jest reporter that leaves the run's counts in the file named by MERITLOOP_TEST_COUNTS. */
import { writeFileSync } from 'node:fs';

export default class CountsReporter {
  /**
   * @param {unknown} _contexts
   * @param {import('./counts.js').JestResults} results
   */
  onRunComplete(_contexts, results) {
    const file = process.env['MERITLOOP_TEST_COUNTS'];
    if (file === undefined) return;
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numRuntimeErrorTestSuites } =
      results;
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    const skipped = numPendingTests + numTodoTests;
    writeFileSync(file, JSON.stringify({ passed: numPassedTests, failed, skipped }));
  }
}
