/** Imports of real files: what is stored, what the reference depends on, and that nothing is half-loaded. */
import { createHash } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { generateCensus } from '../../src/census/generate.js';
import { importCensus } from '../../src/census/import.js';
import { BASELINE, HEADER, testFolder, thrown, type TestFolder } from './folder.js';

const PEOPLE = [
  'EMP_2,1990-02-28,2015-06-01,,85000,2',
  'EMP_1,1960-12-31,2000-01-31,2024-03-01,120500.50,3',
  'EMP_3,2001-07-15,2024-12-31,,56000.10,',
];
const CSV = `${[HEADER, ...PEOPLE].join('\n')}\n`;

let folder: TestFolder;
beforeEach(async () => (folder = await testFolder()));
afterEach(() => folder.remove());

const load = (file: string, baselineDate = BASELINE) =>
  importCensus({ file, home: path.join(folder.path, 'home'), baselineDate });
const stored = () => readdir(path.join(folder.path, 'home', 'inputs'));

async function sql(statement: string): Promise<unknown[][]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const rows = (await connection.runAndReadAll(statement)).getRowsJS();
  connection.closeSync();
  instance.closeSync();
  return rows;
}

test('stores a verbatim copy and sorted, typed rows', async () => {
  const result = await load(await folder.file('company.csv', CSV));
  expect(result).toMatchObject({ rows: 3, active: 2, notices: [] });
  expect(result.sha256).toBe(createHash('sha256').update(CSV).digest('hex'));
  const place = path.join(folder.path, 'home', 'inputs', result.sha256);
  expect((await readdir(place)).toSorted()).toEqual([
    'census.json',
    'census.parquet',
    'seal.json',
    'source.csv',
  ]);
  expect(await readFile(path.join(place, 'source.csv'), 'utf8')).toBe(CSV);
  const census = path.join(place, 'census.parquet');
  expect(await sql(`select column_name, column_type from (describe select * from '${census}')`)).toEqual([
    ['employee_id', 'VARCHAR'],
    ['birth_date', 'DATE'],
    ['hire_date', 'DATE'],
    ['termination_date', 'DATE'],
    ['annual_salary', 'DECIMAL(18,2)'],
    ['job_level', 'TINYINT'],
  ]);
  expect(await sql(`select columns(*)::varchar from '${census}'`)).toEqual([
    ['EMP_1', '1960-12-31', '2000-01-31', '2024-03-01', '120500.50', '3'],
    ['EMP_2', '1990-02-28', '2015-06-01', null, '85000.00', '2'],
    ['EMP_3', '2001-07-15', '2024-12-31', null, '56000.10', null],
  ]);
  expect(await stored()).toEqual([result.sha256]);
});

test('the fingerprint is of the rows alone', async () => {
  const { fingerprint } = await load(await folder.file('a.csv', CSV));
  const reordered = [
    'note,job_level,annual_salary,termination_date,hire_date,birth_date,employee_id',
    '"a, b",,56000.1,,2024-12-31,2001-07-15,EMP_3',
    ',3.0,120500.500,2024-03-01,2000-01-31,1960-12-31,"EMP_1"',
    '"two\r\nlines",2,085000.00,"",2015-06-01,1990-02-28,EMP_2',
  ].join('\r\n');
  const other = await load(await folder.file('b.csv', `\ufeff${reordered}`));
  expect(other.fingerprint).toBe(fingerprint);
  expect(other.notices).toEqual(['ignored columns: note']);

  const parquet = path.join(folder.path, 'c.parquet');
  await sql(`copy (select 'EMP_' || n as employee_id, birth::timestamp as birth_date, hire as hire_date,
    gone::timestamptz as termination_date, pay::double as annual_salary, level::double as job_level, 'x' as ssn
    from (values (3, date '2001-07-15', '2024-12-31', null, 56000.1, null),
      (1, date '1960-12-31', '2000-01-31', timestamp '2024-03-01' at time zone 'UTC', 120500.5, 3),
      (2, date '1990-02-28', '2015-06-01', null, 85000, 2)) t(n, birth, hire, gone, pay, level)
    ) to '${parquet}' (format parquet)`);
  const third = await load(parquet);
  expect(third).toMatchObject({ fingerprint, rows: 3, active: 2, notices: ['ignored columns: ssn'] });
  expect(await stored()).toHaveLength(3);
});

test.each([
  ['an id', 'EMP_2,', 'EMP_9,'],
  ['a birth date', '1990-02-28', '1990-02-27'],
  ['pay by a cent', '85000', '85000.01'],
  ['a level', '85000,2', '85000,'],
  ['a leaving date', '2024-03-01', '2024-03-02'],
])('another fingerprint for %s', async (_what, from, to) => {
  const first = await load(await folder.file('a.csv', CSV));
  const second = await load(await folder.file('b.csv', CSV.replace(from, to)));
  expect(second.fingerprint).not.toBe(first.fingerprint);
});

test('termination_date and job_level may be absent, and pay beyond the cent is rounded half away from zero', async () => {
  const file = await folder.file(
    'a.csv',
    'employee_id,birth_date,hire_date,annual_salary\nE1,1990-01-01,2020-01-01,1000.005\nE2,1990-01-01,2020-01-01,1000.00499999\nE3,1990-01-01,2020-01-01,7.0000\n',
  );
  const { sha256, notices } = await load(file);
  expect(notices).toEqual(['annual_salary was rounded to the cent in 2 rows']);
  const census = path.join(folder.path, 'home', 'inputs', sha256, 'census.parquet');
  expect(await sql(`select annual_salary::varchar, job_level, termination_date from '${census}'`)).toEqual([
    ['1000.01', null, null],
    ['1000.00', null, null],
    ['7.00', null, null],
  ]);
});

test('known content is not read again, but checked against each baseline date', async () => {
  const file = await folder.file('a.csv', CSV);
  const first = await load(file);
  const marker = path.join(folder.path, 'home', 'inputs', first.sha256, 'census.json');
  // As in a home of before there were seals.
  await rm(path.join(path.dirname(marker), 'seal.json'));
  await writeFile(
    marker,
    JSON.stringify({ ...JSON.parse(await readFile(marker, 'utf8')), notices: ['kept'] }),
  );
  expect((await load(file, '2025-12-31')).notices).toEqual(['kept']);
  expect(await thrown(load(file, '2023-12-31'))).toMatchObject({
    code: 'ROW_INVALID',
    message: 'a.csv line 4: hire_date = 2024-12-31: must not be after the baseline date 2023-12-31',
  });
});

test('imports of the same file at once all succeed and store it once', async () => {
  const file = await folder.file('a.csv', CSV);
  const results = await Promise.all([load(file), load(file), load(file)]);
  expect(new Set(results.map(({ fingerprint }) => fingerprint)).size).toBe(1);
  expect(await stored()).toEqual([results[0]?.sha256]);
});

test('a bad file stores nothing', async () => {
  const file = await folder.file('a.csv', CSV.replace('85000', '85,000'));
  expect(await thrown(load(file))).toMatchObject({ code: 'ROW_INVALID' });
  expect(await stored()).toEqual([]);
});

test('an aborted import is cancelled and stores nothing', async () => {
  const file = await folder.file('a.csv', CSV);
  const signal = AbortSignal.abort();
  const call = importCensus({ file, home: path.join(folder.path, 'home'), baselineDate: BASELINE, signal });
  expect(await thrown(call)).toMatchObject({ code: 'CANCELLED', exitCode: 5 });
  expect(await stored()).toEqual([]);
});

test('a generated company round-trips through both formats', async () => {
  const companies = ['a.csv', 'a.parquet'].map((name) => path.join(folder.path, name));
  for (const out of companies)
    await generateCensus({ employees: 3000, seed: 7, out, baselineDate: BASELINE });
  const [csv, parquet] = [await load(companies[0] ?? ''), await load(companies[1] ?? '')];
  expect(csv.sha256).not.toBe(parquet.sha256);
  expect({ ...csv, sha256: '' }).toEqual({ ...parquet, sha256: '' });
});
