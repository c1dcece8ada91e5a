/** The project's own rules for its files: size, nothing of one machine, nothing of one registry, a lock that fits package.json. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { run } from '../command.js';

const MAX_LINES = 300;
const CODE = /\.(ts|tsx|js|cjs|css|sql|py)$/;
const BINARY = /\.(parquet|png|jpg|gif|ico|woff2?|gz|duckdb|zip|pdf)$/;
const SIZED = /^(src|web|scripts|test|bench|dbt|bin)\//;

/** What no file may hold, and why. */
const FORBIDDEN = /** @type {const} */ ([
  // One-letter names are made up for an example.
  [/(?<![\w.:/$}-])\/(?:home|Users|root|work)\/[\w.-]{2,}/, 'a path of one machine'],
  [
    /\bregistry\.(?:npmjs|yarnpkg)\b|\bpythonhosted\b|\bpypi\.(?:org|io)\b|--(?:extra-)?index-url\b/,
    'a registry host',
  ],
]);

/** A comment that begins so is half a sentence: it leans on the code below to be understood. */
const HALF_SENTENCE = /(?:\/\*\*|\/\/|^\s*\*|--|\{#-) Of [a-z`]/;

/**
 * @param {string} root the project's folder
 * @returns {import('./tools.js').Check[]}
 */
export const fileChecks = (root) => [
  {
    name: `files (at most ${MAX_LINES} lines, no machine paths, no registry hosts)`,
    judge: async () => verdict((await projectFiles(root)).flatMap((file) => fileProblems(root, file))),
  },
  { name: 'package-lock.json fits package.json', judge: async () => verdict(lockProblems(root)) },
];

/**
 * Median, 90th percentile and maximum of the product's files.
 * @param {string} root
 */
export async function lineCounts(root) {
  const sources = (await projectFiles(root)).filter((file) => file.startsWith('src/') && CODE.test(file));
  const counts = sources.map((file) => lineCount(read(root, file))).sort((a, b) => a - b);
  const at = (/** @type {number} */ share) => counts[Math.floor((counts.length - 1) * share)] ?? 0;
  return `${counts.length} files in src: median ${at(0.5)} lines, 90 % within ${at(0.9)}, longest ${at(1)}`;
}

/** @param {readonly string[]} problems */
const verdict = (problems) => ({ passed: problems.length === 0, details: problems.join('\n') });

/**
 * Committed files and those about to be.
 * @param {string} root
 */
async function projectFiles(root) {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const { code, output } = await run('git', args, { cwd: root });
  if (code !== 0) throw new Error(`git ls-files failed: ${output}`);
  return output.split('\0').filter((file) => file !== '' && existsSync(path.join(root, file)));
}

/**
 * @param {string} root
 * @param {string} file
 */
const read = (root, file) => readFileSync(path.join(root, file), 'utf8');

/** @param {string} text */
const lineCount = (text) => text.split('\n').length - (text.endsWith('\n') ? 1 : 0);

/**
 * @param {string} root
 * @param {string} file
 */
function fileProblems(root, file) {
  if (BINARY.test(file)) return [];
  const text = read(root, file);
  const lines = lineCount(text);
  const problems =
    SIZED.test(file) && CODE.test(file) && lines > MAX_LINES ? [`${file}: ${lines} lines; split it`] : [];
  for (const [index, line] of text.split('\n').entries()) {
    for (const [pattern, what] of FORBIDDEN) {
      const match = pattern.exec(line);
      if (match !== null) problems.push(`${file}:${index + 1}: ${what}: ${match[0]}`);
    }
    if (SIZED.test(file) && HALF_SENTENCE.test(line))
      problems.push(`${file}:${index + 1}: a comment that is no sentence: ${line.trim()}`);
  }
  return problems;
}

/**
 * @param {string} root
 * @returns {string[]}
 */
function lockProblems(root) {
  const manifest = JSON.parse(read(root, 'package.json'));
  /** @type {Record<string, { version: string, resolved?: string, integrity?: string }>} */
  const packages = JSON.parse(read(root, 'package-lock.json')).packages;
  const wanted = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
  const unlike = wanted
    .filter(([name, version]) => packages[`node_modules/${name}`]?.version !== version)
    .map(([name, version]) => `${name} is ${version} in package.json and not in the lock; run npm install`);
  const installed = Object.entries(packages).filter(([name]) => name !== '');
  const addressed = installed.filter(([, { resolved }]) => resolved !== undefined);
  const unhashed = installed.filter(([, { integrity }]) => integrity === undefined);
  return [
    ...unlike,
    ...addressed.map(([name]) => `${name} has a download address (resolved) in the lock`),
    ...unhashed.map(([name]) => `${name} has no integrity hash in the lock`),
  ];
}
