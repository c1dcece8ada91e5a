/** A used home, whoever wrote its files, can be read by nobody but its owner; one that was open is closed by doctor. */
import { chmod, lstat, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { closeToOthers, openToOthers } from '../../src/shared/files/owner-only.js';
import { runMeritloop, startMeritloop } from './run-meritloop.js';

/** A dozen processes one after another. */
jest.setTimeout(540_000);

let folder: string;
let home: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'meritloop-owner-'));
  home = path.join(folder, 'home');
});
afterAll(async () => {
  await run('server', 'stop');
  await rm(folder, { recursive: true, force: true });
});

/** 0: done. 3: not converged. */
async function run(...argv: string[]) {
  const finished = await runMeritloop([...argv, '--home', home]);
  if (finished.exitCode !== 0 && finished.exitCode !== 3) throw new Error(finished.stderr);
  return finished;
}

test('nothing that commands, DuckDB, dbt, the catalog, the Temporal server and the API made can be read by others', async () => {
  const census = path.join(home, 'census.csv');
  const out = path.join(home, 'exports', 'own.duckdb');
  await run('census', 'generate', '--employees', '300', '--seed', '5', '--out', census);
  const ui = startMeritloop(['ui', '--port', '0', '--no-open', '--json', '--home', home]);
  try {
    await run('simulate', '--census', census, '--engine', 'dbt', '--years', '2025-2025');
    await run('optimize', '--census', census, '--max-iterations', '2', '--id', 'one');
    await run('grid', '--census', census, '--targets', '2', '--max-iterations', '1', '--id', 'few');
    await run('runs', 'report', 'one');
    await run('publish');
    await run('publish', '--out', out);
    await run('assets', 'list', '--json');
    while (!ui.stdout().includes('}') && ui.process.exitCode === null) await sleep(50);
    const { url } = JSON.parse(ui.stdout()) as { url: string };
    const body = 'employee_id,birth_date,hire_date,annual_salary\nE1,1985-03-31,2015-01-05,85000\n';
    const headers = { 'content-type': 'text/csv' };
    const upload = await fetch(`${url}/api/censuses?name=one.csv`, { method: 'POST', body, headers });
    expect(upload.status).toBe(201);
    // While everything is open: locks, leases, logs and journals too.
    expect(await openToOthers(home)).toEqual([]);
  } finally {
    ui.process.kill('SIGINT');
    await ui.finished;
  }
  expect(await openToOthers(home)).toEqual([]);
  const names = await readdir(home, { recursive: true });
  const written = [
    /server\/temporal\.db/,
    /server\.log$/,
    /\.parquet$/,
    /^simulation\.duckdb$/,
    /report\.md$/,
  ];
  const made = [...written, /^catalog\//, /census\.json$/, /own\.duckdb$/];
  expect(made.filter((kind) => !names.some((name) => kind.test(name)))).toEqual([]);
  expect((await lstat(home)).mode & 0o777).toBe(0o700);
});

test('doctor names what others can read, and with --repair closes it, changing nothing else', async () => {
  const loose = path.join(home, 'simulations');
  const file = path.join(home, 'census.csv');
  await Promise.all([chmod(home, 0o755), chmod(loose, 0o755), chmod(file, 0o644)]);
  const before = (await lstat(file)).mtimeMs;
  const seen = await run('doctor');
  expect(seen.stdout).toMatch(/^warn {2}Privacy .*3 files and folders can be read by other users/m);
  expect(seen.stdout).toContain('meritloop doctor --repair');
  expect((await run('doctor', '--repair')).stdout).toMatch(/^pass {2}Privacy .*3 .*closed just now/m);
  expect(await openToOthers(home)).toEqual([]);
  expect((await run('doctor')).stdout).toMatch(/^pass {2}Privacy .*for their owner alone/m);
  expect((await lstat(file)).mtimeMs).toBe(before);
});

test('a folder that is no home is left alone', async () => {
  const other = path.join(folder, 'other');
  const notes = path.join(other, 'notes.txt');
  await mkdir(other);
  await writeFile(notes, 'mine');
  // Whatever mask this process has.
  await chmod(other, 0o755);
  await chmod(notes, 0o644);
  await runMeritloop(['doctor', '--repair', '--home', other]);
  expect((await openToOthers(other)).toSorted()).toEqual([other, notes]);
  await closeToOthers([path.join(other, 'gone')]);
});
