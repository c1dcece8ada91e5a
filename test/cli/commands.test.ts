/** The commands as a user meets them: real processes on a home of their own. */
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadConfig } from '../../src/config.js';
import { optimizationResult } from '../../src/runs/optimization.contract.js';
import { simulationSummary } from '../../src/simulation/simulation.contract.js';
import { serverStatus } from '../../src/temporal/embedded-server.js';
import { runMeritloop, startMeritloop, type RunningCommand } from './run-meritloop.js';

let folder: string;
let home: string;
let census: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'meritloop-commands-'));
  home = path.join(folder, 'home');
  census = path.join(folder, 'census.csv');
  const made = await run('census', 'generate', '--employees', '800', '--seed', '5', '--out', census);
  if (made.exitCode !== 0) throw new Error(made.stderr);
});
afterAll(async () => {
  await run('server', 'stop');
  await rm(folder, { recursive: true, force: true });
});

const run = (...argv: string[]) => runMeritloop([...argv, '--home', home]);

describe('simulate and results', () => {
  test('one document, the same for the same inputs, whose results load again', async () => {
    const first = await run('simulate', '--census', census, '--json');
    expect(first).toMatchObject({ exitCode: 0, stderr: '' });
    const summary = simulationSummary.parse(JSON.parse(first.stdout));
    expect(summary).toMatchObject({ employees: 800, reused: false });
    expect(summary.years.map(({ year }) => year)).toEqual([2025, 2026, 2027, 2028, 2029]);
    const files = await readdir(path.join(home, 'simulations', summary.simulation_id));
    expect(files.toSorted()).toEqual([
      'fct_workforce_snapshot.parquet',
      'fct_yearly_events.parquet',
      'levers.csv',
      'provenance.json',
      'seal.json',
      'summary.json',
    ]);

    const again = simulationSummary.parse(
      JSON.parse((await run('simulate', '--census', census, '--json')).stdout),
    );
    expect(again).toEqual({ ...summary, reused: true, seconds: expect.any(Number) });

    const results = await run('results', summary.simulation_id.slice(0, 8), '--json');
    const table = JSON.parse(results.stdout);
    expect(table.simulation_id).toBe(summary.simulation_id);
    expect(table.years.map((year: { growth: number }) => year.growth)).toEqual(
      summary.years.map(({ growth }) => growth),
    );
    expect(await run('results', '--statuses', 'new_hire_active', '--metric', 'payroll')).toMatchObject({
      exitCode: 0,
    });
  });

  test('text tells the years, the growth and where the files are', async () => {
    const { stdout, exitCode } = await run('simulate', '--census', census, '--years', '2025-2026');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^baseline .* \$\d/m);
    expect(stdout).toMatch(/^2026 .* %$/m);
    expect(stdout).toContain(`Files: ${path.join(home, 'simulations')}`);
  });

  test('a simulation that is not there', async () => {
    const { exitCode, stderr } = await run('results', 'feedface');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('no stored simulation feedface');
  });
});

describe('optimize and runs', () => {
  // Held, so that each command finds a server instead of starting and stopping one.
  let server: RunningCommand;
  let large: string;
  beforeAll(async () => {
    server = startMeritloop(['server', '--home', home]);
    large = path.join(folder, 'large.parquet');
    await run('census', 'generate', '--employees', '60000', '--seed', '6', '--out', large);
    while (server.stdout() === '' && server.process.exitCode === null) await sleep(50);
  });
  afterAll(async () => {
    server.process.kill('SIGINT');
    await server.finished;
  });

  const tune = (...argv: string[]) => run('optimize', '--census', census, ...argv);

  /** Large enough to be met while it simulates. */
  async function startLargeRun(id: string, of = home): Promise<RunningCommand> {
    const command = startMeritloop(['optimize', '--census', large, '--id', id, '--home', of]);
    while (!command.stderr().includes('simulating') && command.process.exitCode === null) await sleep(50);
    return command;
  }

  test('converges, and the same id gives the same result', async () => {
    const first = await tune('--id', 'first', '--requested-by', 'analyst', '--json');
    expect(first).toMatchObject({ exitCode: 0, stderr: '' });
    const result = optimizationResult.parse(JSON.parse(first.stdout));
    expect(result).toMatchObject({
      status: 'converged',
      run_id: 'first',
      requested_by: 'analyst',
      applied: 'never',
    });
    expect(Math.abs(result.final_gap)).toBeLessThanOrEqual(0.1);

    const joined = await tune('--id', 'first', '--json');
    expect(JSON.parse(joined.stdout)).toEqual(JSON.parse(first.stdout));

    const shown = await run('runs', 'show', 'first');
    expect(shown).toMatchObject({ exitCode: 0, stderr: '' });
    expect(shown.stdout).toMatch(/^Converged: growth \d\.\d\d % for a target of 2\.00 %/);
    expect(await readFile(path.join(home, 'runs', 'first', 'report.md'), 'utf8')).toContain('first');

    const listed = JSON.parse((await run('runs', 'list', '--json')).stdout);
    expect(listed.runs).toMatchObject([{ run_id: 'first', status: 'converged', requested_by: 'analyst' }]);
  });

  test.each([
    [['--target', '40'], 4, 'infeasible', 'Closest levers'],
    [
      ['--target', '10', '--strategy', 'aggressive', '--tolerance', '0.001', '--max-iterations', '1'],
      3,
      'not_converged',
      'Not converged',
    ],
  ])('%j ends with exit code %i', async (argv, exitCode, id, text) => {
    const ended = await tune(...argv, '--id', id);
    expect(ended.stdout).toContain(text);
    expect(ended.stdout).toMatch(
      /Attainable (with all levers moved together|inside the bounds, searched with \d+ sets of levers): -?\d+\.\d+ % to \d+\.\d+ %/,
    );
    expect(ended.exitCode).toBe(exitCode);
  });

  test('a lever file with a bad row names line, field, value and rule', async () => {
    const levers = path.join(folder, 'levers.csv');
    const sample = await readFile(new URL('../../seeds/comp_levers.csv', import.meta.url), 'utf8');
    await writeFile(levers, sample.replace(/(default,2025,1,RAISE,merit_base,)[\d.]+/, '$19'));
    const { exitCode, stdout } = await tune('--levers', levers, '--json');
    expect(JSON.parse(stdout).error).toMatchObject({
      code: 'ROW_INVALID',
      fields: { field: 'parameter_value', value: '9' },
    });
    expect(exitCode).toBe(2);
  });

  test('a run at work is paused, resumed, and stopped with its best levers kept', async () => {
    const command = await startLargeRun('steered');
    expect(await run('runs', 'pause', 'steered')).toMatchObject({ exitCode: 0 });
    const paused = JSON.parse((await run('runs', 'show', 'steered', '--json')).stdout);
    expect(paused).toMatchObject({ status: 'running', phase: 'paused', run_id: 'steered' });
    await run('runs', 'stop', 'steered');
    await run('runs', 'resume', 'steered');
    const { stdout, exitCode } = await command.finished;
    expect(stdout).toContain('Not converged');
    expect(exitCode).toBe(3);
  });

  test('Ctrl-C cancels the run and ends with 5', async () => {
    const command = await startLargeRun('stopped');
    command.process.kill('SIGINT');
    const { exitCode, stderr } = await command.finished;
    expect(stderr).toContain('cancelling; what is finished is kept');
    expect(exitCode).toBe(5);
    const shown = JSON.parse((await run('runs', 'list', '--json')).stdout);
    expect(shown.runs.find(({ run_id }: { run_id: string }) => run_id === 'stopped').status).toBe(
      'cancelled',
    );
  });

  test('a second Ctrl-C ends at once, and the server with it', async () => {
    const other = path.join(folder, 'other');
    const command = await startLargeRun('abandoned', other);
    command.process.kill('SIGINT');
    while (!command.stderr().includes('cancelling')) await sleep(5);
    command.process.kill('SIGINT');
    expect((await command.finished).exitCode).toBe(5);
    expect(await serverStatus(loadConfig({ home: other }, {}))).toMatchObject({
      pid: undefined,
      holders: [],
    });
  });

  test('a run that fails prints one document with what is known and the error', async () => {
    const exported = path.join(folder, 'locked.csv');
    await run('levers', 'export', '--out', exported);
    await writeFile(exported, (await readFile(exported, 'utf8')).replaceAll(',false,', ',true,'));
    const { exitCode, stdout } = await run('optimize', '--levers', exported, '--id', 'locked', '--json');
    const expected = {
      status: 'failed',
      run_id: 'locked',
      workflow_id: 'compensation-optimization/default/locked',
      target_growth: 2,
      tolerance: 0.1,
      error: { code: 'NOTHING_TO_TUNE' },
    };
    expect(JSON.parse(stdout)).toMatchObject(expected);
    expect(exitCode).toBe(2);
    const shown = await run('runs', 'show', 'locked', '--json');
    expect(JSON.parse(shown.stdout)).toMatchObject(expected);
    expect(shown.exitCode).toBe(2);
  });

  test.each([
    [['runs', 'show', 'nothing'], 'RUN_UNKNOWN'],
    [['runs', 'cancel', 'first'], 'RUN_FINISHED'],
    [['runs', 'approve', 'first', '--by', 'boss'], 'RUN_FINISHED'],
  ])('%j is refused', async (argv, code) => {
    const { exitCode, stdout } = await run(...argv, '--json');
    expect(JSON.parse(stdout).error.code).toBe(code);
    expect(exitCode).toBe(2);
  });
});

describe('inputs', () => {
  test('levers show resolves the scenario, levers validate counts its rows', async () => {
    const shown = JSON.parse((await run('levers', 'show', '--json')).stdout);
    expect(shown).toMatchObject({ scenario: 'default', inherits: ['default'] });
    expect(shown.levers).toHaveLength(125);
    expect(JSON.parse((await run('levers', 'validate', '--json')).stdout)).toMatchObject({
      valid: true,
      rows: 125,
    });
  });

  test('an invalid census lists its errors by line and ends with 2', async () => {
    const bad = path.join(folder, 'bad.csv');
    const lines = (await readFile(census, 'utf8')).split('\n');
    await writeFile(bad, [lines[0], lines[1], lines[1], lines[2]].join('\n'));
    const { exitCode, stdout } = await run('census', 'validate', bad);
    expect(stdout).toMatch(/bad\.csv: 3 people, .* not valid/);
    expect(stdout).toMatch(/line 3: employee_id = /);
    expect(exitCode).toBe(2);
    expect(await run('census', 'validate', census)).toMatchObject({ exitCode: 0 });
  });
});

describe('server and doctor', () => {
  test('server says where the web page is until Ctrl-C, and doctor sees it', async () => {
    const server = startMeritloop(['server', '--json', '--home', home]);
    while (server.stdout() === '' && server.process.exitCode === null) await sleep(50);
    const { ui_address } = JSON.parse(server.stdout());
    expect((await fetch(ui_address)).status).toBe(200);
    const healthy = JSON.parse((await run('doctor', '--json')).stdout);
    expect(healthy).toMatchObject({ healthy: true });
    expect(healthy.checks).toContainEqual({
      check: 'Temporal server',
      status: 'pass',
      detail: expect.stringContaining('runs at'),
      fix: null,
    });
    server.process.kill('SIGINT');
    expect(await server.finished).toMatchObject({ exitCode: 0 });
    expect(JSON.parse((await run('server', 'stop', '--json')).stdout)).toMatchObject({ stopped: false });
  });

  test('doctor fails with 6 and names the fix when an outside server does not answer', async () => {
    const { exitCode, stdout } = await runMeritloop(['doctor', '--home', home], {
      TEMPORAL_ADDRESS: '127.0.0.1:1',
    });
    expect(stdout).toMatch(/^fail {2}Temporal server .*127\.0\.0\.1:1 does not answer\n +fix: Start it/m);
    expect(exitCode).toBe(6);
  });

  test('server does not touch an outside server', async () => {
    const { exitCode, stderr } = await runMeritloop(['server', '--home', home], {
      TEMPORAL_ADDRESS: '127.0.0.1:1',
    });
    expect(stderr).toContain('TEMPORAL_ADDRESS = 127.0.0.1:1 names an outside server');
    expect(exitCode).toBe(2);
  });
});
