/** `optimize --targets` and `--seeds` as a user meets them: a real server, a worker, real simulations, the result as JSON and text. */
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { loadConfig } from '../../../src/config.js';
import { optimizationResult } from '../../../src/runs/optimization.contract.js';
import { runInProcess } from '../capture.js';
import { runMeritloop, startMeritloop, type RunningCommand } from '../run-meritloop.js';

const HEADER = 'scenario_id,fiscal_year,metric_name,target_value,tolerance,tolerance_kind,priority,kind';

let folder: string;
let home: string;
let census: string;
let server: RunningCommand;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'meritloop-targets-'));
  home = path.join(folder, 'home');
  census = path.join(folder, 'census.csv');
  await runMeritloop(['census', 'generate', '--employees', '800', '--seed', '5', '--out', census]);
  // Held, so that each command finds a server instead of starting and stopping one.
  server = startMeritloop(['server', '--home', home]);
  while (server.stdout() === '' && server.process.exitCode === null) await sleep(50);
});
afterAll(async () => {
  server.process.kill('SIGTERM');
  await server.finished;
  await rm(folder, { recursive: true, force: true });
});

async function optimize(name: string, content: string, ...argv: string[]) {
  const file = path.join(folder, name);
  await writeFile(file, content);
  return runMeritloop(['optimize', '--census', census, '--targets', file, '--home', home, ...argv]);
}

test('a file of targets, caps and floors: every one is met, and the report says so', async () => {
  const { exitCode, stdout } = await optimize(
    'targets.csv',
    [
      HEADER,
      'default,2025,compensation_growth_rate,3,0.1,absolute_pp,high,',
      'default,2026,median_merit_increase,3.5,0,absolute_pp,medium,floor',
      'default,2027,new_hire_average_salary,118000,0.01,relative,low,target',
      'default,2029,total_compensation_cost,1000000000,0,absolute_pp,high,cap',
      'other,2029,headcount,1,1,absolute_pp,high,',
      '',
    ].join('\n'),
    '--json',
  );
  const result = optimizationResult.parse(JSON.parse(stdout));
  expect({ exitCode, status: result.status, target: result.target_growth }).toEqual({
    exitCode: 0,
    status: 'converged',
    target: 3,
  });
  expect(result.targets?.map(({ met }) => met)).toEqual([true, true, true, true]);
  expect(result.simulations_run).toBeLessThanOrEqual(15);
  const report = await readFile(path.join(home, 'runs', result.run_id, 'report.md'), 'utf8');
  expect(report).toContain('**converged: 4 of 4 targets met**');
  expect(report).toMatch(/\| 2026 \| median_merit_increase \| at least 3.5 % \| medium \| .* \| met \|/);
});

test('targets that contradict each other: exit 4, and the one of low priority gave way', async () => {
  const row = { fiscal_year: 2026, metric_name: 'median_merit_increase', tolerance: 0 };
  const targets = [
    { ...row, kind: 'floor', target_value: 5 },
    { ...row, kind: 'cap', target_value: 4, priority: 'low' },
  ];
  const limits = [{ parameter_name: 'cola_rate', frozen: true }];
  const { exitCode, stdout } = await optimize('conflict.json', JSON.stringify({ targets, limits }));
  expect(exitCode).toBe(4);
  expect(stdout).toContain('Infeasible: 1 of 2 targets met');
  expect(stdout).toMatch(/2026 {2}median_merit_increase +at most 4 % +low +3 % +5 % +gave way by 1 pp/);
  expect(stdout).toMatch(/- 2026 median_merit_increase \(at most 4 %, low\): 5 %; it gave way by 1 pp/);
  expect(stdout).not.toMatch(/^[1-5] +20.*cola.*→/m);
});

test('several seeds: tuned on their mean, judged on twenty others, as JSON and as text', async () => {
  const people = path.join(folder, 'people.csv');
  await runMeritloop(['census', 'generate', '--employees', '200', '--seed', '5', '--out', people]);
  const argv = ['optimize', '--census', people, '--years', '2025-2026', '--id', 'sure', '--home', home];
  const { exitCode, stdout } = await runMeritloop([...argv, '--seeds', '2', '--json']);
  const { status, uncertainty, final_growth } = optimizationResult.parse(JSON.parse(stdout));
  expect({ exitCode, status }).toEqual({ exitCode: 0, status: 'converged' });
  expect(uncertainty?.tuning_seeds).toEqual([42, 43]);
  expect(uncertainty?.evaluation_seeds).toHaveLength(20);
  const growths = uncertainty?.simulations
    .filter(({ role }) => role === 'tuning')
    .map(({ growth }) => growth);
  expect(new Set(growths).size).toBe(2);
  expect(growths!.reduce((sum, growth) => sum + growth, 0) / 2).toBeCloseTo(final_growth, 9);
  // The same id gives the result that is there.
  const again = await runMeritloop([...argv, '--seeds', '2']);
  expect(again.exitCode).toBe(0);
  expect(again.stdout).toContain('(mean over 2 seeds)');
  expect(again.stdout).toContain('Tuned on the mean over seeds 42–43; below are seeds 1042–1061.');
});

test.each([
  ['65 seeds', ['--seeds', '65'], 'seeds'],
  [
    'seeds with targets',
    ['--seeds', '2', '--targets', 'seeds/comp_targets.csv'],
    'seeds 2 with targets is not available',
  ],
])('%s are refused before anything starts', async (_, argv, said) => {
  const other = path.join(folder, 'none');
  const { exitCode, stderr } = await runInProcess(
    ['optimize', ...argv, '--home', other],
    loadConfig({}, {}).projectRoot,
  );
  expect(exitCode).toBe(2);
  expect(stderr).toContain(said);
  expect(await readdir(folder)).not.toContain('none');
});

test('a bad file is refused before anything starts, naming line, column, value and rule', async () => {
  const file = path.join(folder, 'bad.csv');
  await writeFile(file, `${HEADER}\ndefault,2026,bonus,1,1,relative,high,\n`);
  const other = path.join(folder, 'other');
  const { exitCode, stderr } = await runInProcess(['optimize', '--targets', file, '--home', other], folder);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(`${file} line 2: metric_name = bonus: must be one of compensation_growth_rate, `);
  expect(await readdir(folder)).not.toContain('other');
});
