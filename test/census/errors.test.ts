/** Every rule of the census, on real files: file, line, column, value and rule are named. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { generateCensus } from '../../src/census/generate.js';
import { importCensus, validateCensus } from '../../src/census/import.js';
import { DuckDBInstance } from '@duckdb/node-api';
import { BASELINE, HEADER, testFolder, thrown, type TestFolder } from './folder.js';

let folder: TestFolder;
beforeAll(async () => (folder = await testFolder()));
afterAll(() => folder.remove());

const load = (file: string) =>
  importCensus({ file, home: path.join(folder.path, 'home'), baselineDate: BASELINE, topLevel: 5 });
const GOOD = 'E0,1990-01-01,2020-01-01,,50000,1';

test.each([
  [',1990-01-01,2020-01-01,,50000,1', 'employee_id = (empty): must not be empty'],
  ['" ",1990-01-01,2020-01-01,,50000,1', 'employee_id =  : must not be empty'],
  [
    ' E1,1990-01-01,2020-01-01,,50000,1',
    'employee_id =  E1: must not begin or end with white space or hold a control character',
  ],
  [
    'NH_2025_0000001,1990-01-01,2020-01-01,,50000,1',
    'employee_id = NH_2025_0000001: must not be of the form NH_<year>_…, which is kept for hires',
  ],
  ['E0,1990-01-01,2020-01-01,,50000,1', 'employee_id = E0: must stand once, and is also on line 2'],
  ['E1,,2020-01-01,,50000,1', 'birth_date = (empty): must be a date like 1985-03-31'],
  ['E1,01/02/1990,2020-01-01,,50000,1', 'birth_date = 01/02/1990: must be a date like 1985-03-31'],
  ['E1,1990-02-30,2020-01-01,,50000,1', 'birth_date = 1990-02-30: must be a date like 1985-03-31'],
  [
    'E1,1990-01-01 00:00:00,2020-01-01,,50000,1',
    'birth_date = 1990-01-01 00:00:00: must be a date like 1985-03-31',
  ],
  [
    'E1,2009-01-01,2024-01-01,,50000,1',
    'birth_date = 2009-01-01: age at the baseline date 2024-12-31 must be 16 to 80',
  ],
  [
    'E1,1943-12-31,1980-01-01,,50000,1',
    'birth_date = 1943-12-31: age at the baseline date 2024-12-31 must be 16 to 80',
  ],
  [
    'E1,1990-01-01,2025-01-01,,50000,1',
    'hire_date = 2025-01-01: must not be after the baseline date 2024-12-31',
  ],
  ['E1,1990-01-02,2004-01-01,,50000,1', 'hire_date = 2004-01-01: age at hire must be 14 or more'],
  ['E1,1990-01-01,never,,50000,1', 'hire_date = never: must be a date like 1985-03-31'],
  [
    'E1,1990-01-01,2020-01-01,2019-12-31,50000,1',
    'termination_date = 2019-12-31: must not be before the hire date',
  ],
  [
    'E1,1990-01-01,2020-01-01,soon,50000,1',
    'termination_date = soon: must be a date like 1985-03-31, or empty',
  ],
  ['E1,1990-01-01,2020-01-01,,0.004,1', 'annual_salary = 0.004: must be above 0 and below 10 billion'],
  [
    'E1,1990-01-01,2020-01-01,,10000000000,1',
    'annual_salary = 10000000000: must be above 0 and below 10 billion',
  ],
  ...['', '1e5', '"85,000"', '$85000', '-5', 'NaN', ' 85000', '85000.'].map((pay) => [
    `E1,1990-01-01,2020-01-01,,${pay},1`,
    `annual_salary = ${pay.replaceAll('"', '') || '(empty)'}: must be a plain number like 85000.00: digits and a decimal point, no sign, comma, currency or exponent`,
  ]),
  ...['0', '6', '1.5', 'two'].map((level) => [
    `E1,1990-01-01,2020-01-01,,50000,${level}`,
    `job_level = ${level}: must be 1, 2, 3, 4 or 5, or empty`,
  ]),
])('%s', async (row, message) => {
  const file = await folder.file('bad.csv', `${[HEADER, GOOD, row].join('\n')}\n`);
  expect(await thrown(load(file))).toMatchObject({
    code: 'ROW_INVALID',
    exitCode: 2,
    message: `bad.csv line 3: ${message}`,
  });
});

test.each([
  ['E1,2008-12-31,2024-01-01,,50000,1', 'sixteen on the baseline date'],
  ['E1,1944-01-01,1980-01-01,,50000,1', 'eighty on the baseline date'],
  ['E1,1990-01-01,2004-01-01,,50000,1', 'fourteen on the day of hire'],
  ['E1,1990-01-01,2020-01-01,2020-01-01,0.01,5', 'gone on the day of hire, for a cent'],
])('%s is right: %s', async (row) => {
  const file = await folder.file('good.csv', `${[HEADER, GOOD, row].join('\n')}\n`);
  expect((await load(file)).rows).toBe(2);
});

test.each([
  ['LF', '\n', ''],
  ['CRLF and a byte-order mark', '\r\n', '\ufeff'],
])('lines are physical: quoted newlines, blank lines, %s', async (_what, end, mark) => {
  const rows = [
    `note,"employee_id",birth_date,hire_date,annual_salary`,
    `"one${end}two, ""three""${end}four",E1,1990-01-01,2020-01-01,50000`,
    '',
    `,E2,1990-01-01,2020-01-01,50000`,
    `"${end}",E1,1990-01-01,2020-01-01,oops`,
  ];
  const file = await folder.file('lines.csv', mark + rows.join(end));
  expect(await thrown(load(file))).toMatchObject({
    message: 'lines.csv line 7: employee_id = E1: must stand once, and is also on line 2 (and 1 more)',
    fields: {
      line: 7,
      more: 1,
      errors: [
        'line 7: employee_id = E1: must stand once, and is also on line 2',
        expect.stringContaining('line 7: annual_salary = oops: must be a plain number'),
      ],
    },
  });
});

test.each([
  ['too few fields', 'E1,1990-01-01,2020-01-01', 'missing columns'],
  ['too many fields', `${GOOD},7,8`, 'too many columns'],
  ['a quote that is never closed', 'E1,"1990-01-01,2020-01-01,,50000,1', 'unquoted value'],
  [
    'text that is not UTF-8',
    Buffer.from([0x45, 0xff, 0xfe, ...Buffer.from(',1990-01-01,2020-01-01,,50000,1')]),
    'invalid encoding',
  ],
])('a record that is no CSV is named by its line: %s', async (_what, row, kind) => {
  const head = Buffer.from(
    `\ufeff${HEADER.replace('job_level', '"job_level"')}\n"E\n9${GOOD.slice(2).replace(',', '",')}\n`,
  );
  const file = await folder.file('broken.csv', Buffer.concat([head, Buffer.from(row), Buffer.from('\n')]));
  expect(await thrown(load(file))).toMatchObject({
    code: 'ROW_INVALID',
    message: `broken.csv line 4: row = ${kind}: must be UTF-8 text with one field for each column of the header, quotes closed`,
  });
});

test('all errors are grouped by kind, the first twenty of each', async () => {
  const rows = Array.from(
    { length: 50 },
    (_, index) => `E${index},1990-01-01,2020-01-01,,${index < 30 ? 'x' : 1},9`,
  );
  const file = await folder.file('many.csv', [HEADER, ...rows].join('\n'));
  const result = await validateCensus({ file, scratch: folder.path, baselineDate: BASELINE, topLevel: 5 });
  expect(
    result.problems.map(({ field, count, examples }) => [field, count, examples.length, examples[0]?.line]),
  ).toEqual([
    ['annual_salary', 30, 20, 2],
    ['job_level', 50, 20, 2],
  ]);
  expect(await thrown(load(file))).toMatchObject({ fields: { line: 2, more: 79 } });
});

test('a Parquet file counts rows', async () => {
  const file = path.join(folder.path, 'rows.parquet');
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`copy (select 'E' || (n % 4) as employee_id, date '1990-01-01' as birth_date,
    timestamp '2020-01-01' + to_hours(case when n = 2 then 3 else 0 end) as hire_date,
    case when n = 1 then 'NaN'::double else 100 end as annual_salary from range(5) t(n)) to '${file}' (format parquet)`);
  connection.closeSync();
  instance.closeSync();
  expect(await thrown(load(file))).toMatchObject({
    code: 'ROW_INVALID',
    fields: {
      unit: 'row',
      errors: [
        expect.stringMatching(/^row 2: annual_salary = nan: must be a plain number/),
        'row 3: hire_date = 2020-01-01 03:00:00: must be a date like 1985-03-31',
        'row 5: employee_id = E0: must stand once, and is also on row 1',
      ],
    },
  });
});

test('a truncated or foreign Parquet file cannot be read', async () => {
  const whole = path.join(folder.path, 'whole.parquet');
  await generateCensus({ employees: 500, seed: 1, out: whole, baselineDate: BASELINE });
  const bytes = await readFile(whole);
  for (const [name, content] of [
    ['cut.parquet', bytes.subarray(0, bytes.length / 2)],
    ['tail.parquet', bytes.subarray(0, bytes.length - 1)],
    ['holed.parquet', Buffer.from(bytes).fill(0, 100, 4000)],
    ['foreign.parquet', Buffer.from('not a parquet file at all')],
    ['book.csv', Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 8])],
  ] as const) {
    const error = await thrown(load(await folder.file(name, content)));
    expect(error).toMatchObject({ code: 'FILE_UNREADABLE', message: expect.stringContaining(name) });
    expect(error).not.toMatchObject({ message: expect.stringContaining('.partial') });
  }
});

test.each([
  ['', 'CENSUS_EMPTY', 'empty.csv: the file is empty'],
  [HEADER, 'CENSUS_EMPTY', 'empty.csv: it has a header but no rows'],
  [
    `${HEADER}\nE1,1990-01-01,2020-01-01,2024-01-01,1,1\n`,
    'CENSUS_EMPTY',
    'empty.csv: every employee has a termination date',
  ],
  [
    'employee_id,birth_date,hire_date\n',
    'COLUMN_MISSING',
    'empty.csv: column annual_salary is missing (found: employee_id, birth_date, hire_date)',
  ],
  [
    `${HEADER},job_level\n`,
    'ROW_INVALID',
    'empty.csv line 1: column = job_level: stands twice in the header',
  ],
])('%j: %s', async (content, code, message) => {
  expect(await thrown(load(await folder.file('empty.csv', content)))).toMatchObject({ code, message });
});

test('a missing file, a folder and a bad baseline date are named', async () => {
  expect(await thrown(load(path.join(folder.path, 'none.csv')))).toMatchObject({ code: 'FILE_MISSING' });
  expect(await thrown(load(folder.path))).toMatchObject({ code: 'FILE_UNREADABLE' });
  const file = await folder.file('a.csv', `${HEADER}\n${GOOD}\n`);
  const call = importCensus({ file, home: folder.path, baselineDate: '31.12.2024' });
  expect(await thrown(call)).toMatchObject({ code: 'REQUEST_INVALID', fields: { field: 'baseline_date' } });
});
