/** The end of a process: with its exit code whatever is still open, and never without end. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadConfig } from '../../src/config.js';

const built = (file: string): string =>
  JSON.stringify(pathToFileURL(path.join(loadConfig({}, {}).projectRoot, 'dist', file)).href);

/** Runs a program that ends by `endProcess`; `work` goes before it. */
async function ended(work: string, end: string) {
  const program = `
    import { endProcess } from ${built('cli/end-process.js')};
    import { opened } from ${built('shared/open-resources.js')};
    import { Database } from ${built('simulation/engine/database.js')};
    ${work}
    await ${end};
    process.stdout.write('went on');`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const text = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (text.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text.stderr += chunk.toString()));
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { code, signal, ...text };
}

const OPEN = "const database = await Database.open(':memory:', { spillFolder: '.' });";
/** Minutes of work for any machine. */
const LONG = "'select count(*) from range(40000000000) one where one.range % 7 = 3'";

test.each([
  ['with nothing open', ''],
  ['with a database that nobody uses', OPEN],
  [
    'under a statement that would take minutes',
    `${OPEN} const asked = database.rows(${LONG}); asked.catch(() => {});`,
  ],
  [
    'under statements that wait for each other',
    `${OPEN} for (let n = 0; n < 5; n += 1) database.rows(${LONG}).catch(() => {});`,
  ],
  ['with something that cannot be closed', "opened({ close: () => Promise.reject(new Error('stuck')) });"],
  ['under a timer that would never end', 'setInterval(() => {}, 1000);'],
])('%s it has the code that it was given', async (_, work) => {
  expect(await ended(work, 'endProcess(3)')).toEqual({ code: 3, signal: null, stdout: '', stderr: '' });
});

test.each([
  ['never settles', 'opened({ close: () => new Promise(() => {}) });'],
  [
    'never settles while a statement works',
    `${OPEN} database.rows(${LONG}).catch(() => {}); opened({ close: () => new Promise(() => {}) });`,
  ],
])('a close that %s ends as a kill, and says so', async (_, work) => {
  const end = await ended(work, 'endProcess(3, 200)');
  expect(end).toMatchObject({ code: null, signal: 'SIGKILL', stdout: '' });
  expect(end.stderr).toContain('did not end within 0.2 s: the process is killed');
});
