/**
 * How the code is laid out: `node scripts/layout.js [REVISION]` measures any commit by its file names, and without one this
 * checkout with the files that an optimisation enters.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { run } from './command.js';
import { exitCodeOf, isMain, ScriptProblem } from './problem.js';
import { PROJECT_ROOT } from './set-up.js';

/** A file is of a subject when its path under src/ names it; the folders that hold one are the places to look in. */
const SUBJECTS = /** @type {const} */ ([
  ['grid', /\bgrids?\b/],
  ['impact', /\bimpact\b/],
  ['run', /\b(runs?|optimi[sz]e|optimi[sz]ation|approvals?)\b/],
  ['lever', /\b(levers?|scenarios?)\b/],
]);

/** A folder named after a subject is that one's room, whatever else its files name. */
const ROOMS =
  /\/(grids?|impact|runs|levers|targets|census|retention|schedules|assets|simulations?|tuning|errors|graph|catalog)(\/|$)/;

/**
 * @param {string[]} args of git
 * @returns {Promise<string>}
 */
async function git(...args) {
  const { code, output } = await run('git', args, { cwd: PROJECT_ROOT });
  if (code !== 0) throw new ScriptProblem(`git ${args[0]} failed: ${output}`);
  return output;
}

/** @param {string} file */
const folderOf = (file) => file.slice(0, file.lastIndexOf('/'));

/** @param {string} revision a commit of this repository */
export async function layout(revision) {
  const listed = await git('ls-tree', '-r', '--name-only', revision, 'src');
  const files = listed.split('\n').filter((file) => /\.tsx?$/.test(file));
  const subjects = SUBJECTS.map(([name, pattern]) => {
    const own = files.filter((file) => {
      const [, room] = ROOMS.exec(`${folderOf(file)}/`) ?? [];
      return pattern.test(room ?? file.slice('src/'.length));
    });
    return { name, files: own.length, folders: [...new Set(own.map(folderOf))].toSorted() };
  });
  // Counted by git in one call: every line of a file matches the empty pattern.
  const counted = await git('grep', '-c', '', revision, '--', ...files);
  const lengths = counted
    .trim()
    .split('\n')
    .map((line) => Number(line.slice(line.lastIndexOf(':') + 1)))
    .toSorted((a, b) => a - b);
  const median = lengths[Math.floor((lengths.length - 1) / 2)] ?? 0;
  return { subjects, files: files.length, folders: new Set(files.map(folderOf)).size, median };
}

/** The modules of dist/ of which `optimize` calls a function, in its own process with the worker in it. */
async function enteredByOptimize() {
  const folder = mkdtempSync(path.join(tmpdir(), 'meritloop-layout-'));
  const entry = pathToFileURL(path.join(PROJECT_ROOT, 'dist', 'cli', 'main.js')).href;
  const command = (/** @type {string[]} */ ...argv) => [
    '--input-type=module',
    '-e',
    `process.exit(await (await import('${entry}')).main(${JSON.stringify([...argv, '--home', path.join(folder, 'home'), '--json'])}))`,
  ];
  const coverage = path.join(folder, 'coverage');
  try {
    const env = { ...process.env, NODE_V8_COVERAGE: coverage };
    const { code, output } = await run(process.execPath, command('optimize'), { cwd: PROJECT_ROOT, env });
    if (code !== 0) throw new ScriptProblem(`optimize ended with ${code}: ${output}`);
    await run(process.execPath, command('server', 'stop'), { cwd: PROJECT_ROOT });
    const dist = pathToFileURL(path.join(PROJECT_ROOT, 'dist')).href;
    /** @type {{ url: string, functions: { functionName: string, ranges: { count: number }[] }[] }[]} */
    const scripts = readdirSync(coverage).flatMap(
      (file) => JSON.parse(readFileSync(path.join(coverage, file), 'utf8')).result,
    );
    const entered = scripts.filter(
      ({ url, functions }) =>
        url.startsWith(`${dist}/`) &&
        functions.some(({ functionName, ranges }) => functionName !== '' && (ranges[0]?.count ?? 0) > 0),
    );
    return new Set(entered.map(({ url }) => url));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (isMain(import.meta.url)) {
  process.exitCode = await exitCodeOf(async () => {
    const revision = process.argv[2];
    const { subjects, files, folders, median } = await layout(revision ?? 'HEAD');
    const say = (/** @type {string} */ line) => process.stdout.write(`${line}\n`);
    say(`${files} source files in ${folders} folders, median ${median} lines`);
    for (const { name, files: count, folders: places } of subjects)
      say(`${name}: ${count} files in ${places.length} folders: ${places.join(', ')}`);
    if (revision === undefined) say(`optimize enters ${(await enteredByOptimize()).size} files`);
    return 0;
  });
}
