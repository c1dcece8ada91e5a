/** Jest for mutation testing: the tests of the pure parts alone, none of which needs the set-up of the whole suite. */
import config from './jest.config.js';

export default {
  ...config,
  testMatch: ['<rootDir>/test/tuning/**/*.test.ts'],
  // Hundreds of linear programs on random problems: too slow to repeat for each mutant.
  testPathIgnorePatterns: ['many/laws', 'many/conformance'],
};
