/** How many tests passed and failed, as jest's reporter left it in a file. */
import { existsSync, readFileSync } from 'node:fs';

/**
 * @typedef {object} JestResults
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests
 * @property {number} numTodoTests
 * @property {number} numRuntimeErrorTestSuites suites that could not be loaded: none of their tests ran
 */

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * @param {string} file
 * @returns {Counts | undefined} undefined until the run is complete
 */
export const readCounts = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined);

/**
 * @param {Counts} counts
 * @returns {string} the plain line that ends a test run
 */
export const countsLine = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`;
