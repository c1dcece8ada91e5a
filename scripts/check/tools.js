/** The programs that `npm run check` runs, in order. */
import path from 'node:path';
import { run } from '../command.js';

/**
 * @typedef {{ passed: boolean, details: string }} Verdict
 * @typedef {{ name: string, judge: () => Promise<Verdict> }} Check
 */

const FORMATTED = [
  '**/*.{ts,tsx,js,cjs,json,yml,yaml,css}',
  '!package-lock.json',
  '!dbt/target/**',
  '!test/**/histories/**',
  '!test/**/fixtures/**',
];

/** Name, program under node_modules and its arguments. */
const TOOLS = /** @type {const} */ ([
  ['types (tsc)', 'typescript/bin/tsc', ['-p', 'tsconfig.json', '--pretty', 'false']],
  ['types of the page (tsc)', 'typescript/bin/tsc', ['-p', 'web/tsconfig.json', '--pretty', 'false']],
  ['lint (oxlint, type-aware)', 'oxlint/bin/oxlint', ['--type-aware', '--deny-warnings']],
  ['format (oxfmt)', 'oxfmt/bin/oxfmt', ['--check', ...FORMATTED]],
  [
    'layers (dependency-cruiser)',
    'dependency-cruiser/bin/dependency-cruise.mjs',
    ['src', 'dist', '-T', 'err'],
  ],
  ['unused files, exports and packages (knip)', 'knip/bin/knip.js', ['--no-progress']],
]);

/**
 * @param {string} root the project's folder
 * @returns {Check[]}
 */
export const toolChecks = (root) =>
  TOOLS.map(([name, program, args]) => ({
    name,
    async judge() {
      const script = path.join(root, 'node_modules', program);
      const { code, output } = await run(process.execPath, [script, ...args], { cwd: root });
      return { passed: code === 0, details: code === 0 ? '' : output };
    },
  }));
