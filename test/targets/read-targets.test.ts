/** Targets come from a file or the request; a bad one is refused with file, line, field, value and rule. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readTargets } from '../../src/targets/read-targets.js';

const HEADER = 'scenario_id,fiscal_year,metric_name,target_value,tolerance,tolerance_kind,priority';
const scope = { scenario: 'default', years: { first: 2025, last: 2027 } };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'meritloop-targets-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function read(text: string, name = 'targets.csv') {
  const file = path.join(folder, name);
  await writeFile(file, text);
  return readTargets(file, scope);
}

test('a row is a target; the column kind makes it a cap or a floor', async () => {
  const { goals, limits } = await read(
    `${HEADER},kind\ndefault,2026,headcount,5000,10,absolute_pp,low,cap\ndefault,2026,headcount,4000,.01,relative,low,\n`.replace(
      ',.01,',
      ',0.01,',
    ),
  );
  expect(limits).toEqual([]);
  expect(goals).toEqual([
    {
      scenario_id: 'default',
      fiscal_year: 2026,
      metric: 'headcount',
      kind: 'cap',
      value: 5000,
      tolerance: 10,
      tolerance_kind: 'absolute_pp',
      priority: 'low',
    },
    expect.objectContaining({ kind: 'target', value: 4000, tolerance: 0.01, tolerance_kind: 'relative' }),
  ]);
});

test('targets of other scenarios are left out, and said to be', async () => {
  const { goals, notices } = await read(
    `${HEADER}\ndefault,2026,headcount,5000,10,absolute_pp,low\ngrowth,2026,headcount,5000,10,absolute_pp,low\n`,
  );
  expect(goals).toHaveLength(1);
  expect(notices).toEqual(['1 targets of other scenarios (growth) were left out; 1 hold']);
});

test.each([
  ['default,2026,headcount,1,0,relative,high', 'line 2: tolerance = 0: must be greater than 0 for a target'],
  ['default,2026,bonus,1,1,relative,high', 'line 2: metric_name = bonus: must be one of compensation_growth'],
  [
    'default,2030,headcount,1,1,relative,high',
    'line 2: fiscal_year = 2030: must be a plan year of the run, 2025 to 2027',
  ],
  [
    'growth,2026,headcount,1,1,relative,high',
    'line 2: scenario_id = growth: has no target for scenario default',
  ],
  ['default,2026,headcount,1,-1,relative,high', 'line 2: tolerance = -1: must be a number of 0 or more'],
  ['default,2026,headcount,x,1,relative,high', 'line 2: target_value = x: must be a number'],
])('%s', async (row, message) => {
  await expect(read(`${HEADER}\n${row}\n`)).rejects.toMatchObject({
    code: 'ROW_INVALID',
    exitCode: 2,
    message: expect.stringContaining(`${path.join(folder, 'targets.csv')} ${message}`) as string,
  });
});

test('a JSON file may hold limits of levers too', async () => {
  const limits = [{ parameter_name: 'cola_rate', years: '2025-2025', frozen: true }];
  const targets = [{ fiscal_year: 2026, metric_name: 'headcount', target_value: 5000, tolerance: 1 }];
  expect(await read(JSON.stringify({ targets, limits }), 'targets.json')).toMatchObject({
    goals: [{ scenario_id: 'default', kind: 'target', tolerance: 1, priority: 'high' }],
    limits,
  });
  expect((await read(JSON.stringify(targets), 'targets.json')).goals).toHaveLength(1);
});

test.each([
  ['{', 'FILE_UNREADABLE', 'targets.json cannot be read'],
  ['{}', 'REQUEST_INVALID', 'targets = nothing: must be an array'],
  ['[{"fiscal_year": 2026}]', 'REQUEST_INVALID', 'targets.0.metric_name = nothing: must be one of comp'],
  [
    '[{"fiscal_year": 2024, "metric_name": "headcount", "target_value": 1, "tolerance": 1}]',
    'REQUEST_INVALID',
    'targets.0.fiscal_year = 2024: must be a plan year of the run, 2025 to 2027',
  ],
  [
    '{"targets": [{"fiscal_year": 2026, "metric_name": "headcount", "target_value": 1, "tolerance": 1}], "limits": [{"parameter_name": "merit_base", "years": "2028-2029"}]}',
    'REQUEST_INVALID',
    'limits.0.years = 2028-2029: must be a plan year of the run, 2025 to 2027',
  ],
])('a bad JSON file: %s', async (text, code, message) => {
  await expect(read(text, 'targets.json')).rejects.toMatchObject({
    code,
    exitCode: 2,
    message: expect.stringContaining(message) as string,
  });
});

test('a file that is not there is named', async () => {
  const file = path.join(folder, 'none.csv');
  await expect(readTargets(file, scope)).rejects.toMatchObject({
    code: 'FILE_MISSING',
    fields: { path: file },
  });
});
