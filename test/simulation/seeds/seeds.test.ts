/** The delivered seeds hold the figures of the domain, and each rule of a seed names file, line and column. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { millionths, workforceSettings } from '../../../src/simulation/settings.contract.js';
import { readJobLevels } from '../../../src/simulation/seeds/job-levels.js';
import { readSettingsFile, readWorkforceSettings } from '../../../src/simulation/seeds/settings.js';
import { parseTargets } from '../../../src/targets/targets-file.js';
import { validateSeeds } from '../../../src/simulation/seeds/validate.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'meritloop-seeds-'));
  await cp('seeds', folder, { recursive: true });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function change(file: string, from: string, to: string): Promise<void> {
  const text = await readFile(path.join(folder, file), 'utf8');
  expect(text).toContain(from);
  await writeFile(path.join(folder, file), text.replace(from, to));
}

test('the delivered seeds are valid', async () => {
  await expect(validateSeeds('seeds')).resolves.toBeUndefined();
  expect(await readWorkforceSettings('seeds')).toEqual({
    start_year: 2025,
    end_year: 2029,
    random_seed: 42,
    headcount_growth: 0.03,
    total_termination_rate: 0.12,
    new_hire_termination_rate: 0.25,
  });
  expect(
    (await readJobLevels('seeds')).map((level) => [
      level.name,
      level.min_pay,
      level.max_pay,
      level.hire_midpoint,
    ]),
  ).toEqual([
    ['Staff', 56000, 80000, 68000],
    ['Manager', 81000, 120000, 100500],
    ['SrMgr', 121000, 160000, 140500],
    ['Director', 161000, 300000, 205500],
    ['VP', 275000, 500000, 312500],
  ]);
});

test('a setting under its old name is read, with a notice that names its line', async () => {
  await change('config_workforce.csv', 'headcount_growth', 'target_growth_rate');
  const { settings, notices } = await readSettingsFile(folder);
  expect(settings.headcount_growth).toBe(0.03);
  expect(notices).toEqual([
    'config_workforce.csv line 5: target_growth_rate is called headcount_growth now; rename it',
  ]);
});

test('shares sum to 1, those of the raise months to 1.07 before they are divided', async () => {
  const sum = async (file: string) => {
    const rows = (await readFile(path.join('seeds', file), 'utf8')).trim().split('\n').slice(1);
    return rows.reduce((total, row) => total + Math.round(Number(row.split(',')[1]) * 100), 0);
  };
  expect(await sum('config_raise_months.csv')).toBe(107);
  expect(await sum('config_hire_levels.csv')).toBe(100);
  expect(await sum('config_hire_ages.csv')).toBe(100);
});

test.each([
  [
    'config_workforce.csv',
    'start_year,2025',
    'start_year,2019',
    'line 2: start_year = 2019: must be at least 2020',
  ],
  ['config_workforce.csv', 'end_year,2029', 'end_year,2061', 'line 3: end_year = 2061: must be at most 2060'],
  [
    'config_workforce.csv',
    'end_year,2029',
    'end_year,2024',
    'line 3: end_year = 2024: must not be before start_year',
  ],
  ['config_workforce.csv', '0.03', '0.51', 'line 5: headcount_growth = 0.51: must be at most 0.5'],
  ['config_workforce.csv', '0.12', '0.951', 'line 6: total_termination_rate = 0.951: must be at most 0.95'],
  ['config_workforce.csv', '0.25', '-0.1', 'line 7: new_hire_termination_rate = -0.1: must be at least 0'],
  [
    'config_workforce.csv',
    '0.25',
    '25%',
    'line 7: value = 25%: must be a number from -2147483648 to 2147483647',
  ],
  [
    'config_workforce.csv',
    '0.25',
    '0.2500001',
    'line 7: new_hire_termination_rate = 0.2500001: must have at most six decimals',
  ],
  [
    'config_workforce.csv',
    'random_seed,42',
    'random_seed,4.2',
    'line 4: random_seed = 4.2: must be a whole number',
  ],
  ['config_workforce.csv', 'random_seed,42\n', '', 'line 1: random_seed = none: has no row'],
  ['config_workforce.csv', 'random_seed', 'end_year', 'line 1: random_seed = none: has no row (and 1 more)'],
  ['config_workforce.csv', 'random_seed,42', 'random_seed,42\ncolour,1', 'line 5: colour = 1: is no setting'],
  [
    'config_job_levels.csv',
    '5,VP',
    '6,VP',
    'line 6: level_id = 6: must be 5: levels from 1 in order, each once',
  ],
  [
    'config_job_levels.csv',
    '2,Manager',
    '3,Manager',
    'line 3: level_id = 3: must be 2: levels from 1 in order, each once',
  ],
  [
    'config_job_levels.csv',
    '81000,120000',
    '81000,80000',
    'line 3: max_pay = 80000: must be above min_pay 81000 (and 1 more)',
  ],
  [
    'config_job_levels.csv',
    '312500',
    '500001',
    'line 6: hire_midpoint = 500001: must lie between min_pay 275000 and max_pay 500000',
  ],
  [
    'config_job_levels.csv',
    '121000,160000',
    '81000,160000',
    'line 4: min_pay = 81000: must be above 81000, the min_pay of the level below',
  ],
  [
    'config_termination_hazard.csv',
    'age,35,1.0',
    'age,25,1.0',
    'line 10: lower_bound = 25: overlaps: must be above 25, the age band before it',
  ],
  [
    'config_termination_hazard.csv',
    'age,0,',
    'age,1,',
    'line 8: lower_bound = 1: the first band of age must begin at 0: below it is a gap',
  ],
  [
    'config_termination_hazard.csv',
    'base,0,0.42\n',
    '',
    'line 1: lower_bound = none: the first band of base must begin at 0: below it is a gap',
  ],
  [
    'config_termination_hazard.csv',
    'level,3,0.80\n',
    '',
    'line 1: level = 4 rows: must have one row for each level, 1–5 (and 1 more)',
  ],
  [
    'config_termination_hazard.csv',
    '0.42',
    '-0.42',
    'line 2: factor = -0.42: must be a number from 0 to 1000',
  ],
  [
    'config_promotion_shape.csv',
    'tenure,20,',
    'rank,20,',
    'line 12: dimension = rank: must be one of age, tenure',
  ],
  [
    'config_promotion_shape.csv',
    'tenure,5,',
    'tenure,1,',
    'line 10: lower_bound = 1: overlaps: must be above 2, the tenure band before it',
  ],
  ['config_raise_months.csv', '12,0.02\n', '', 'line 1: month = 12: has no row'],
  ['config_raise_months.csv', '12,0.02', '11,0.02', 'line 1: month = 12: has no row (and 1 more)'],
  ['config_raise_months.csv', '12,0.02', '13,0.02', 'line 1: month = 12: has no row (and 1 more)'],
  [
    'config_raise_months.csv',
    '12,0.02',
    '12,-0.02',
    'line 13: share = -0.02: must be a number from 0 to 1000000',
  ],
  ['config_hire_levels.csv', '5,0.02', '4,0.02', 'line 1: level_id = 5: has no row (and 1 more)'],
  ['config_hire_ages.csv', '50,0.02', '45,0.02', 'line 9: age = 45: is also on line 8'],
  ['config_hire_ages.csv', '50,0.02', '90,0.02', 'line 9: age = 90: must be a whole number from 16 to 80'],
  ['scenarios.csv', 'default,,', 'default,x,', 'line 2: parent_id = x: is no scenario (and 1 more)'],
  ['comp_levers.csv', '0.04', '0.6', 'line 2: parameter_value = 0.6: must be from 0 to 0.5'],
  [
    'comp_targets.csv',
    'absolute_pp',
    'absolute',
    'line 2: tolerance_kind = absolute: must be one of absolute_pp, relative',
  ],
  ['comp_targets.csv', '2025', '2025.5', 'line 2: fiscal_year = 2025.5: must be a year from 2020 to 2060'],
])('%s: %s -> %s', async (file, from, to, message) => {
  await change(file, from, to);
  await expect(validateSeeds(folder)).rejects.toMatchObject({
    code: 'ROW_INVALID',
    message: `${file} ${message}`,
  });
});

test('shares that are all zero are no distribution', async () => {
  await writeFile(path.join(folder, 'config_hire_ages.csv'), 'age,share\n22,0\n30,0\n');
  await expect(validateSeeds(folder)).rejects.toMatchObject({
    message: 'config_hire_ages.csv line 1: share = sum 0: must sum to 1 when divided by the sum',
  });
});

test('a missing file and a missing column are named', async () => {
  await change('config_hire_levels.csv', 'share', 'part');
  await expect(validateSeeds(folder)).rejects.toMatchObject({ code: 'COLUMN_MISSING' });
  await rm(path.join(folder, 'config_hire_levels.csv'));
  await expect(validateSeeds(folder)).rejects.toMatchObject({
    code: 'FILE_MISSING',
    fields: { source: 'config_hire_levels.csv' },
  });
});

test('the delivered targets: 2 % mean growth a year', async () => {
  const rows = parseTargets(await readFile('seeds/comp_targets.csv', 'utf8'), 'comp_targets.csv');
  expect(rows.map((row) => row.fiscal_year)).toEqual([2025, 2026, 2027, 2028, 2029]);
  for (const row of rows)
    expect(row).toMatchObject({
      metric: 'compensation_growth_rate',
      kind: 'target',
      value: 2,
      tolerance: 0.1,
      priority: 'high',
    });
});

test('rates are exact in millionths', () => {
  expect([0.31, 0.07, 0.000001, 0.95, -0.5, 0.29].map(millionths)).toEqual([
    310000, 70000, 1, 950000, -500000, 290000,
  ]);
  expect(workforceSettings.shape.total_termination_rate.safeParse(0.1234567).success).toBe(false);
});

test('there may be fewer levels, or more; then every other file must have the same', async () => {
  await change('config_job_levels.csv', '5,VP,275000,500000,312500\n', '');
  await expect(validateSeeds(folder)).rejects.toMatchObject({
    code: 'ROW_INVALID',
    message: 'config_hire_levels.csv line 6: level_id = 5: must be a whole number from 1 to 4',
  });
  await change('config_hire_levels.csv', '5,0.02\n', '');
  await change('config_termination_hazard.csv', 'level,5,0.60\n', '');
  await expect(validateSeeds(folder)).rejects.toMatchObject({
    code: 'ROW_INVALID',
    message: expect.stringMatching(
      /^comp_levers\.csv line \d+: job_level = 5: must be a whole number from 1 to 4/,
    ),
  });
});
