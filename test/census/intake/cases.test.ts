/** Small files from real life, each with what is right: read with a notice, or refused with the question that is open. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runMeritloop } from '../../cli/run-meritloop.js';

let home: string;
beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'meritloop-cases-'));
});
afterAll(() => rm(home, { recursive: true, force: true }));

test.each<[string, number, readonly RegExp[]]>([
  [
    '01-hourly-rate-as-annual',
    2,
    [
      /10 of 40 rows/,
      /24\.5/,
      /hourly rate, x 2080 = 50,960/,
      /lines 2, 6, 10/,
      /--pay-unit S=annual,H=hourly/,
    ],
  ],
  [
    '02-several-currencies',
    2,
    [/several currencies \(INR 10, JPY 10, USD 10\)/, /--currency USD --rates FILE/],
  ],
  ['04-open-end-date-9999', 0, [/12 of them active/, /open end/]],
  [
    '07-header-problems-one-at-a-time',
    0,
    [/--map employee_id=EmpID,birth_date=DOB,hire_date=DateofHire,annual_salary=Salary/],
  ],
  ['09-semicolon-decimal-comma', 0, [/separated by ;, not by a comma/, /decimal comma/, /10 people/]],
  [
    '14-pay-outside-its-level',
    0,
    [
      /pay outside its level's range: 2 people \(L5 12\.50, L1 450,000\)/,
      /level derived from pay outside every range: 2 \(80,500 between L1 and L2; 30,000 below L1\)/,
    ],
  ],
  [
    '16-trailing-total-and-empty-rows',
    0,
    [/20 people/, /line 22 looks like a total/, /without any value \(line 23\)/],
  ],
  ['17-leading-report-lines', 0, [/header stands on line 4: lines 1-3/, /--skip 3/, /5 people/]],
])('%s', async (name, exitCode, said) => {
  const file = path.resolve('test', 'fixtures', 'cases', `${name}.csv`);
  const run = await runMeritloop(['--home', home, 'census', 'validate', file]);
  expect({ exitCode: run.exitCode, stderr: run.stderr }).toEqual({ exitCode, stderr: '' });
  for (const words of said) expect(run.stdout).toMatch(words);
});
