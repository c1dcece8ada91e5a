/** Compiles src/ into dist/, bundles the workflows and builds the page, when their sources changed: `npm run build`, or `build()` from other scripts. */
import { mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { buildPage, hasPage, isPageBuilt } from './build/page.js';
import { isBuilt, readStamp, sourcesFingerprint, sourceTimes, stampFile } from './build/sources.js';
import { bundleWorkflows } from './build/workflow-bundle.js';
import { lastLines, run } from './command.js';
import { withLock } from './lock.js';
import { exitCodeOf, isMain, ScriptProblem } from './problem.js';
import { during, reporter } from './report.js';
import { PROJECT_ROOT, setUp } from './set-up.js';
import { writeStamp } from './set-up/stamp.js';

/**
 * @param {{ root?: string, page?: boolean, say?: import('./report.js').Say }} [options] without `page`, the web page
 *   stays as it is: only `meritloop ui` and the tests need it
 * @returns {Promise<boolean>} false when dist/ was up to date
 * @throws {ScriptProblem} with the compiler's messages; dist/ then stays as it was
 */
export async function build({ root = PROJECT_ROOT, page = false, say = reporter() } = {}) {
  const withPage = page && hasPage(root);
  const done = () => isBuilt(root) && (!withPage || isPageBuilt(root));
  if (done()) return false;
  const onWait = (/** @type {number} */ holder) =>
    say(`waiting for another build (process ${holder}) to finish`);
  return withLock(path.join(root, '.cache', 'build.lock'), onWait, async () => {
    if (done()) return false;
    if (!isBuilt(root)) await during(say, 'building dist', () => buildNow(root, say));
    if (withPage && !isPageBuilt(root)) await during(say, 'building the web page', () => buildPage(root));
    return true;
  });
}

/**
 * @param {string} root
 * @param {import('./report.js').Say} say
 */
async function buildNow(root, say) {
  const times = sourceTimes(root);
  const inputs = sourcesFingerprint(root, times);
  const bundleBefore = readStamp(root)?.bundle ?? null;
  const compiled = path.join(root, '.build');
  rmSync(compiled, { recursive: true, force: true });
  await compile(root, compiled);
  // Without the stamp nobody takes a half-replaced dist/ for a whole one.
  rmSync(stampFile(root), { force: true });
  const bundle = path.join(root, 'dist', 'workflow-bundle.js');
  replaceFiles(compiled, path.join(root, 'dist'), [bundle, path.join(root, 'dist', 'web')]);
  rmSync(compiled, { recursive: true });
  const bundled = await bundleWorkflows(root, bundleBefore, say);
  if (bundled === null) rmSync(bundle, { force: true });
  writeStamp(stampFile(root), JSON.stringify({ fingerprint: inputs, bundle: bundled, times }));
}

/**
 * @param {string} root
 * @param {string} outDir beside dist/, so that source maps hold the same relative paths
 */
async function compile(root, outDir) {
  const compiler = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const args = [
    compiler,
    '-p',
    'tsconfig.build.json',
    '--outDir',
    outDir,
    '--noEmitOnError',
    '--pretty',
    'false',
  ];
  const { code, output } = await run(process.execPath, args, { cwd: root });
  if (code === 0) return;
  throw new ScriptProblem(`src does not compile:\n${lastLines(output, 40)}`, {
    hint: 'Correct the types and run the same command again; dist is as it was.',
  });
}

/**
 * Moves each file over its predecessor and drops what is no longer built: a program that runs from `target` never
 * finds a file missing that both builds have.
 * @param {string} source
 * @param {string} target
 * @param {readonly string[]} kept files of `target` that do not come from `source`
 */
function replaceFiles(source, target, kept) {
  mkdirSync(target, { recursive: true });
  const built = new Set(readdirSync(source));
  for (const entry of readdirSync(target, { withFileTypes: true })) {
    const file = path.join(target, entry.name);
    if (!built.has(entry.name) && !kept.includes(file)) rmSync(file, { recursive: true });
  }
  for (const entry of readdirSync(source, { withFileTypes: true })) {
    const from = path.join(source, entry.name);
    const to = path.join(target, entry.name);
    if (!entry.isDirectory()) renameSync(from, to);
    else {
      replaceFiles(from, to, kept);
      rmdirSync(from);
    }
  }
}

if (isMain(import.meta.url)) {
  process.exitCode = await exitCodeOf(async () => {
    const say = reporter();
    await setUp({ tests: false, say });
    say((await build({ page: true, say })) ? 'dist is built' : 'dist is up to date');
    return 0;
  });
}
