/** Sample companies: the same bytes for the same arguments, and the look of a real company. */
import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { generateCensus, SAMPLE_LEVELS } from '../../src/census/generate.js';
import { validateCensus } from '../../src/census/import.js';
import { readJobLevels } from '../../src/simulation/seeds/job-levels.js';
import { BASELINE, testFolder, thrown, type TestFolder } from './folder.js';

let folder: TestFolder;
beforeAll(async () => (folder = await testFolder()));
afterAll(() => folder.remove());

const make = (name: string, employees: number, seed = 42, baselineDate = BASELINE) =>
  generateCensus({ employees, seed, out: path.join(folder.path, name), baselineDate });

async function row(sql: string): Promise<Record<string, number>> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const [first = {}] = (await connection.runAndReadAll(sql)).getRowObjects();
  connection.closeSync();
  instance.closeSync();
  return Object.fromEntries(Object.entries(first).map(([name, value]) => [name, Number(value)]));
}

test('the committed sample is what the generator makes', async () => {
  const { sha256 } = await make('sample.parquet', 5000);
  const committed = await readFile('seeds/sample_census.parquet');
  expect(createHash('sha256').update(committed).digest('hex')).toBe(sha256);
  expect(committed.length).toBeLessThan(1_000_000);
});

test('the same arguments give the same bytes, others do not', async () => {
  const first = await make('a.parquet', 150_000);
  const again = await make('b.parquet', 150_000);
  expect(again).toEqual(first);
  expect(await readFile(path.join(folder.path, 'a.parquet'))).toEqual(
    await readFile(path.join(folder.path, 'b.parquet')),
  );
  expect((await make('c.parquet', 150_000, 43)).sha256).not.toBe(first.sha256);
  expect((await readdir(folder.path)).filter((name) => name.includes('partial'))).toEqual([]);
});

test('more people leave the first ones as they are', async () => {
  await make('few.csv', 100);
  await make('many.csv', 1000);
  const many = await readFile(path.join(folder.path, 'many.csv'), 'utf8');
  expect(many.startsWith(await readFile(path.join(folder.path, 'few.csv'), 'utf8'))).toBe(true);
});

test('it looks like a real company', async () => {
  const { active } = await make('look.parquet', 50_000);
  const file = path.join(folder.path, 'look.parquet');
  const age = `datesub('year', birth_date, date '${BASELINE}')`;
  const tenure = `(date '${BASELINE}' - hire_date) / 365.25`;
  const look =
    await row(`select count(termination_date) as left, min(${age}) as youngest, max(${age}) as oldest,
    avg(${age}) as age, stddev(${age}) as spread, min(datesub('year', birth_date, hire_date)) as hired_at,
    median(${tenure}) as tenure, corr(${age}, job_level) as age_level,
    corr(${tenure}, (termination_date is null)::int) as tenure_stays,
    min(year(termination_date)) as first_leaving, max(year(termination_date)) as last_leaving,
    ${SAMPLE_LEVELS.map(({ level }) => `count_if(job_level = ${level}) / count(*) as l${level}`).join(', ')}
    from '${file}'`);
  expect(active).toBe(50_000 - (look['left'] ?? 0));
  expect(look).toMatchObject({ youngest: 20, oldest: 66, first_leaving: 2024, last_leaving: 2024 });
  expect(look['left']).toBeGreaterThan(5_700);
  expect(look['left']).toBeLessThan(6_300);
  expect(look['age']).toBeCloseTo(40, 0);
  expect(look['spread']).toBeCloseTo(9.85, 0);
  expect(look['hired_at']).toBeGreaterThanOrEqual(20);
  expect(look['tenure']).toBeGreaterThan(4);
  expect(look['tenure']).toBeLessThan(5);
  expect(look['age_level']).toBeCloseTo(0, 1);
  expect(look['tenure_stays']).toBeCloseTo(0, 1);
  for (const { level, share } of SAMPLE_LEVELS)
    expect(Math.abs((look[`l${level}`] ?? 0) - share)).toBeLessThan(0.008);
});

test('pay follows the compa-ratio of the tenure inside the range of the level', async () => {
  await make('pay.parquet', 50_000);
  const middle = `case job_level ${SAMPLE_LEVELS.map(({ level, min, max }) => `when ${level} then ${(min + max) / 2}`).join(' ')} end`;
  const outside = SAMPLE_LEVELS.map(
    ({ level, min, max }) => `(job_level = ${level} and annual_salary not between ${min} and ${max})`,
  ).join(' or ');
  const pay = await row(`with person as (
      select job_level, annual_salary, (date '${BASELINE}' - hire_date) / 365.25 as tenure, annual_salary / ${middle} as ratio
      from '${path.join(folder.path, 'pay.parquet')}')
    select count_if(${outside}) as outside, count_if(annual_salary % 1 <> 0) as cents,
      avg(ratio) filter (tenure < 1) as new, avg(ratio) filter (tenure between 7 and 8) as middle,
      avg(ratio) filter (tenure > 15 and job_level = 4) as old, stddev(ratio) filter (tenure between 7 and 8 and job_level = 4) as noise
    from person`);
  expect(pay).toMatchObject({ outside: 0, cents: 0 });
  expect(pay['new']).toBeCloseTo(0.957, 2);
  expect(pay['middle']).toBeCloseTo(1.05, 2);
  expect(pay['old']).toBeCloseTo(1.15, 2);
  expect(pay['noise']).toBeCloseTo(0.05, 2);
});

test('the pay scale is that of the job levels', async () => {
  const levels = await readJobLevels('seeds');
  expect(SAMPLE_LEVELS.map(({ level, min, max }) => [level, min, max])).toEqual(
    levels.map(({ level_id, min_pay, max_pay }) => [level_id, min_pay, max_pay]),
  );
});

test.each(['2024-12-31', '2019-12-31', '2024-02-29', '2059-12-31', '2030-06-30'])(
  'a company of %s passes the import',
  async (baselineDate) => {
    await make('dated.parquet', 20_000, 5, baselineDate);
    const file = path.join(folder.path, 'dated.parquet');
    const result = await validateCensus({ file, scratch: folder.path, baselineDate });
    expect(result).toMatchObject({ rows: 20_000, problems: [], notices: [] });
  },
);

test.each([
  [0, 42, BASELINE, 'employees'],
  [2_000_001, 42, BASELINE, 'employees'],
  [10.5, 42, BASELINE, 'employees'],
  [10, -1, BASELINE, 'seed'],
  [10, 2 ** 31, BASELINE, 'seed'],
  [10, 42, '2024-13-01', 'baseline_date'],
])('%s employees, seed %s, %s: bad %s', async (employees, seed, baselineDate, field) => {
  expect(await thrown(make('bad.parquet', employees, seed, baselineDate))).toMatchObject({
    code: 'REQUEST_INVALID',
    fields: { field },
  });
});
