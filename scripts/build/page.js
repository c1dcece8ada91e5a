/** Builds the web page from web/ into dist/web, when its sources changed. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { lastLines, run } from '../command.js';
import { ScriptProblem } from '../problem.js';
import { fingerprint, isStamped, writeStamp } from '../set-up/stamp.js';

/** What the page takes from src/ at run time; of the rest it knows types only. */
const SHARED = /\.terms\.ts$/;

/** @param {string} root the project's folder */
export const hasPage = (root) => existsSync(path.join(root, 'web', 'index.html'));

/** @param {string} root */
const stampOf = (root) => path.join(root, 'dist', 'web', '.meritloop-stamp');

/** @param {string} root the project's folder */
export const isPageBuilt = (root) => isStamped(stampOf(root), pageFingerprint(root));

/**
 * @param {string} root the project's folder
 * @throws {ScriptProblem} with the bundler's messages
 */
export async function buildPage(root) {
  const inputs = pageFingerprint(root);
  const bundler = path.join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const { code, output } = await run(process.execPath, [bundler, 'build', 'web'], {
    cwd: root,
    // A test that builds it must not get React's development build.
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (code !== 0)
    throw new ScriptProblem(`the web page cannot be built:\n${lastLines(output, 30)}`, {
      hint: 'Correct the sources under web and run the same command again.',
    });
  writeStamp(stampOf(root), inputs);
}

/** @param {string} root */
function pageFingerprint(root) {
  const sources = readdirSync(path.join(root, 'web'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  const shared = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => SHARED.test(file))
    .sort()
    .map((file) => path.join(root, 'src', file));
  const files = [...sources.sort(), ...shared, path.join(root, 'package-lock.json')];
  return fingerprint(
    files.filter((file) => existsSync(file)),
    files.map((file) => path.relative(root, file)),
  );
}
