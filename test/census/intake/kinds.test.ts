/** Exports as they come: each kind is read, or asked about with the option that answers it, never taken for something else. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { importCensus, validateCensus } from '../../../src/census/import.js';
import type { CensusAnswers } from '../../../src/census/intake/answers.contract.js';
import { Database, literal } from '../../../src/simulation/engine/database.js';
import { checksOf } from '../../../src/census/checks-of.js';
import { testFolder, type TestFolder } from '../folder.js';

let folder: TestFolder;
beforeEach(async () => {
  folder = await testFolder();
});
afterEach(() => folder.remove());

const HEADER = 'employee_id,birth_date,hire_date,termination_date,annual_salary,job_level';
const baselineDate = '2024-12-31';

const check = async (content: string | Buffer, name = 'census.csv', answers: CensusAnswers = {}) => {
  const file = await folder.file(name, content);
  return validateCensus({
    file,
    baselineDate,
    scratch: folder.path,
    answers,
    ...(await checksOf({ seeds: 'seeds' })),
  });
};

/** The rows as they are stored. */
async function stored(content: string | Buffer, name = 'census.csv', answers: CensusAnswers = {}) {
  const file = await folder.file(name, content);
  const home = path.join(folder.path, 'home');
  const { sha256 } = await importCensus({
    file,
    home,
    baselineDate,
    answers,
    ...(await checksOf({ seeds: 'seeds' })),
  });
  const database = await Database.open(':memory:', { spillFolder: folder.path });
  try {
    const parquet = path.join(home, 'inputs', sha256, 'census.parquet');
    const rows = await database.rows(
      `select employee_id, birth_date::varchar as birth, hire_date::varchar as hire, termination_date::varchar as left_on,
         annual_salary::varchar as pay, job_level as level from read_parquet(${literal(parquet)}) order by employee_id`,
    );
    return rows.map((row) =>
      Object.values(row)
        .map((value) => (value === null ? '' : text(value)))
        .join(' '),
    );
  } finally {
    await database.close();
  }
}

const text = (value: unknown): string => `${value as string | number}`;

const PLAIN = ['A1 1980-05-09 2010-03-15  60000.00 1', 'A2 1985-05-19 2012-03-25  90000.00 2'];
const table = (delimiter: string, rows: readonly (readonly string[])[]): string =>
  [HEADER.split(','), ...rows].map((row) => row.join(delimiter)).join('\n');
const ROWS = [
  ['A1', '1980-05-09', '2010-03-15', '', '60000', '1'],
  ['A2', '1985-05-19', '2012-03-25', '', '90000', '2'],
];
const german = [
  ['A1', '09.05.1980', '15.03.2010', '', '60.000,00', '1'],
  ['A2', '19.05.1985', '25.03.2012', '', '90.000,00', '2'],
];
const utf16 = (text: string): Buffer =>
  Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);

test.each<[string, string | Buffer, string, RegExp | null]>([
  ['tabs', table('\t', ROWS), 'census.tsv', /separated by tabs/],
  ['bars', table('|', ROWS), 'census.txt', /separated by \|/],
  [
    'semicolons, days first and a decimal comma',
    table(';', german),
    'census.csv',
    /separated by ;.*\n.*decimal comma/,
  ],
  ['UTF-16', utf16(table('\t', ROWS)), 'census.csv', /UTF-16LE/],
  ['UTF-16 without a mark', Buffer.from(table(',', ROWS), 'utf16le'), 'census.csv', /UTF-16LE/],
  [
    'Windows-1252',
    Buffer.from(
      table(',', ROWS)
        .replace('job_level', 'job_level,Straße')
        .replaceAll(/(1|2)$/gm, '$1,München'),
      'latin1',
    ),
    'census.csv',
    /Windows-1252/,
  ],
  ['gzip', gzipSync(table(',', ROWS)), 'census.csv.gz', null],
  [
    'a title above the header',
    `Census as of 12/31/2024\n"Run by: A, ""B"""\n\n${table(',', ROWS)}`,
    'census.csv',
    /header stands on line 4.*--skip 3/,
  ],
  [
    'rows without values and a total',
    `${table(',', ROWS)}\n,,,,,\nTotal,,,,150000,\n`,
    'census.csv',
    /without any value \(line 4\).*\n.*line 5 looks like a total/,
  ],
  [
    'times behind the dates',
    table(
      ',',
      ROWS.map((row) => row.map((cell, at) => (at === 1 || at === 2 ? `${cell} 00:00:00` : cell))),
    ),
    'census.csv',
    null,
  ],
  [
    'months in words',
    table(',', ROWS)
      .replaceAll('1980-05-09', '09-May-1980')
      .replaceAll('1985-05-19', '19-May-1985')
      .replaceAll('2010-03-15', '15-Mar-2010')
      .replaceAll('2012-03-25', '25-Mar-2012'),
    'census.csv',
    null,
  ],
  [
    'days of a sheet',
    table(',', ROWS)
      .replaceAll('1980-05-09', '29350')
      .replaceAll('1985-05-19', '31186')
      .replaceAll('2010-03-15', '40252')
      .replaceAll('2012-03-25', '40993'),
    'census.csv',
    null,
  ],
  ['months first', table(',', ROWS).replaceAll(/(\d{4})-(\d\d)-(\d\d)/g, '$2/$3/$1'), 'census.csv', null],
  [
    'signs and separators',
    table(';', ROWS).replace('60000', '$60,000.00').replace('90000', '$90,000.00'),
    'census.csv',
    /separated by ;/,
  ],
  [
    'thousands with a k',
    table(',', ROWS).replace('60000', '60k').replace('90000', '90K'),
    'census.csv',
    null,
  ],
  ['levels in words', table(',', ROWS).replaceAll(/,(1|2)$/gm, ',Level $1'), 'census.csv', null],
  ['ends without end', table(',', ROWS).replaceAll(',,', ',9999-12-31,'), 'census.csv', /open end/],
  [
    'the last day that pandas knows',
    table(',', ROWS).replaceAll(',,', ',2262-04-11,'),
    'census.csv',
    /open end/,
  ],
  ['words for no date', table(',', ROWS).replaceAll(',,', ',N/A,'), 'census.csv', null],
])('%s', async (_, content, name, notice) => {
  const { problems, questions, notices } = await check(content, name);
  expect({ problems, questions }).toEqual({ problems: [], questions: [] });
  expect(notices.join('\n')).toMatch(notice ?? /^$/);
  expect(await stored(content, name)).toEqual(PLAIN);
});

test.each([
  [
    'Workday',
    'Employee ID,Date of Birth,Hire Date,Termination Date,Total Base Pay Annualized,Management Level',
  ],
  ['SAP SuccessFactors', 'personIdExternal,dateOfBirth,startDate,endDate,annualSalary,payGrade'],
  ['ADP', 'Associate ID,Birth Date,Hire Date,Termination Date,Annual Salary,Pay Grade'],
  ['BambooHR', 'Employee #,Birth Date,Hire Date,Termination Date,Pay rate,Job Level'],
  ['UKG', 'Employee Number,Date Of Birth,Last Hire Date,Date Of Termination,Annual Pay,Salary Grade'],
  ['Oracle', 'Person Number,DATE_OF_BIRTH,Start Date,End Date,Salary Amount,Grade'],
  ['plain English', 'EMPLOYEE_ID,Birthday,Join Date,Leaving date,Salary,Level'],
])('headings of %s', async (_, headings) => {
  const names = headings.replace('Employee #', 'Employee No');
  const content = [names, ...ROWS.map((row) => row.join(','))].join('\n');
  const { problems, questions, notices } = await check(content);
  expect({ problems, questions }).toEqual({ problems: [], questions: [] });
  expect(notices.join('\n')).toContain('--map');
  expect(await stored(content)).toEqual(PLAIN);
});

test.each<[string, string, RegExp, CensusAnswers]>([
  [
    'days or months',
    table(',', ROWS)
      .replaceAll(/(\d{4})-(\d\d)-(\d\d)/g, '$2/$3/$1')
      .replaceAll(/(\d\d)\/(15|19|25)/g, '$1/07')
      .replaceAll(/,,/g, ',,'),
    /--date-format mdy/,
    { dates: 'mdy' },
  ],
  [
    'an hourly rate by a letter',
    `${HEADER},pay_type\n${[...ROWS, ['A3', '1980-05-09', '2010-03-15', '', '30', '1']].map((row, at) => [...row, at === 2 ? 'H' : 'S'].join(',')).join('\n')}`,
    /it looks like an hourly rate, x 2080 = 62,400.*--pay-unit/,
    { pay_unit: { H: 'hourly', S: 'annual' } },
  ],
  [
    'a whole file by the month',
    table(',', [...ROWS, ['A3', '1980-05-09', '2010-03-15', '', '5000', '1']])
      .replace('60000', '5000')
      .replace('90000', '7500'),
    /looks like a monthly rate.*--pay-unit monthly/,
    { pay_unit: 'monthly' },
  ],
  [
    'several currencies',
    `${HEADER},Currency\n${ROWS.map((row, at) => [...row, at === 0 ? 'USD' : 'JPY'].join(',')).join('\n')}`,
    /several currencies.*--rates/,
    { currency: 'USD', rates: { JPY: 0.0067 } },
  ],
  [
    'thousands or decimals',
    table(';', ROWS).replace('60000', '60.000').replace('90000', '90.000'),
    /--decimal comma/,
    { decimal: 'comma' },
  ],
  [
    'pay of part-timers',
    `Employee ID;Birth date;Hire date;Base salary;FTE\nA1;1980-05-09;2010-03-15;60000;1\nA2;1985-05-19;2012-03-25;30000;0.5`,
    /part-time.*--part-time-pay actual/,
    { pay_of_part_timers: 'actual' },
  ],
])('%s: asked at once, with the option that answers it', async (_, content, question, answers) => {
  const open = await check(content);
  expect(open.questions.map(({ message, option }) => `${message} ${option}`).join('\n')).toMatch(question);
  await expect(stored(content)).rejects.toMatchObject({ code: 'CENSUS_QUESTIONS', exitCode: 2 });
  expect((await check(content, 'census.csv', answers)).questions).toEqual([]);
  // What was answered is the mapping by which the next file is read.
  expect(
    (await check(content, 'census.csv', open.questions.length > 0 ? answers : {})).mapping,
  ).toMatchObject(answers.rates === undefined ? answers : { currency: 'USD' });
});

test('all that is missing in a header stands in one answer, with the likely columns', async () => {
  await expect(
    check('Person,Born on,Hired at,Wage p.a.\nA1,1980-05-09,2010-03-15,60000\n'),
  ).rejects.toMatchObject({
    code: 'COLUMN_MISSING',
    message: expect.stringMatching(
      /columns employee_id, birth_date, hire_date, annual_salary are missing.*birth_date: Born on\?/,
    ),
    hint: expect.stringContaining('--map'),
  });
});

test('somebody who came back is one person, and a doubled row is refused', async () => {
  const back = table(',', [['A1', '1980-05-09', '2005-03-15', '2009-01-31', '40000', '1'], ...ROWS]);
  expect((await check(back)).notices.join('\n')).toMatch(/1 earlier spells of people who came back.*line 2/);
  expect(await stored(back)).toEqual(PLAIN);
  const twice = table(',', [...ROWS, ROWS[0] ?? []]);
  expect((await check(twice)).problems).toMatchObject([{ field: 'employee_id', rule: 'must stand once' }]);
});

test('who has left by the status alone is not in the baseline', async () => {
  const content = `${HEADER},Status\n${ROWS.map((row, at) => [...row, at === 0 ? 'Terminated' : 'Active'].join(',')).join('\n')}`;
  const { active, notices } = await check(content);
  expect(active).toBe(1);
  expect(notices.join('\n')).toMatch(/1 people have left by their status/);
});

test('a few bytes that stand for millions of rows are refused before they are read', async () => {
  const database = await Database.open(':memory:', { spillFolder: folder.path });
  const bomb = path.join(folder.path, 'bomb.parquet');
  try {
    await database.run(
      `copy (select 'A' as employee_id, date '1980-01-01' as birth_date, date '2010-01-01' as hire_date, 1 as annual_salary
         from range(6000000)) to ${literal(bomb)} (format parquet, compression zstd)`,
    );
  } finally {
    await database.close();
  }
  await expect(check(await readFile(bomb), 'bomb.parquet')).rejects.toMatchObject({
    code: 'CENSUS_TOO_LARGE',
    message: expect.stringContaining('6000000 rows'),
  });
  const zeros = gzipSync(Buffer.alloc(600 * 1024 * 1024));
  await expect(check(zeros, 'bomb.csv.gz')).rejects.toMatchObject({ code: 'CENSUS_TOO_LARGE' });
});

test('a file of another kind is named', async () => {
  await expect(
    check(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), 'old.xls'),
  ).rejects.toMatchObject({
    code: 'FILE_UNREADABLE',
    message: expect.stringContaining('Excel 97'),
  });
});
