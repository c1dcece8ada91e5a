/** Jest runs the TypeScript sources as ES modules; `npm test` sets --experimental-vm-modules. */
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  modulePathIgnorePatterns: [
    '<rootDir>/.stryker-tmp',
    '<rootDir>/dist',
    '<rootDir>/.build',
    '<rootDir>/.venv',
  ],
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  reporters: ['default', '<rootDir>/scripts/test/counts-reporter.js'],
  testSequencer: '<rootDir>/scripts/test/longest-first.js',
  testTimeout: 120_000,
  // One more than the cores of the smallest machine: many files wait for processes that they started.
  maxWorkers: 3,
};
