/** An export of any of six systems becomes a company by one command, and its own growth is planned. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runMeritloop } from '../cli/run-meritloop.js';
import { exportOf, middlePay, STYLES } from './exports.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'meritloop-add-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const ask = async (...argv: string[]) => {
  const { exitCode, stdout } = await runMeritloop(['--home', path.join(folder, 'home'), '--json', ...argv]);
  return { exitCode, document: JSON.parse(stdout) as Record<string, unknown> };
};

interface Report {
  readonly levels: readonly { readonly level: number; readonly people: number; readonly mid: number }[];
  readonly version: number | null;
}

test.each(STYLES)('$name', async (style) => {
  const name = style.name.toLowerCase().replaceAll(' ', '-');
  const file = path.join(folder, `${name}.csv`);
  await writeFile(file, exportOf(style));
  const added = await ask('company', 'add', file, '--name', name, '--as-of', '2024-12-31', '--yes');
  expect(added).toMatchObject({
    exitCode: 0,
    document: {
      company: name,
      version: 1,
      as_of: '2024-12-31',
      employees: 700,
      currency: 'USD',
      questions: [],
    },
  });
  const { levels } = added.document as unknown as Report;
  expect(levels.map(({ level }) => level)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(added.document['segments']).toMatchObject([{ name: style.headings[6], values: 3 }]);
  // The settings pay hires as comparable people are paid; of fewer people the mean itself is further off.
  const shown = (await ask('company', 'show', name)).document as unknown as Report;
  for (const { level, mid, people } of shown.levels.filter((each) => each.people >= 120))
    expect({ level, people, ratio: Math.abs((mid * 0.99) / middlePay(level) - 1) < 0.02 }).toEqual({
      level,
      people,
      ratio: true,
    });
});

test('the growth of today is met within half a percentage point, and hires are paid like comparable people', async () => {
  const simulated = (await ask('--company', 'workday', 'simulate')).document as {
    readonly mean_growth: number;
  };
  const target = (Math.round(simulated.mean_growth * 10) / 10 - 0.5).toFixed(1);
  const tuned = await ask('--company', 'workday', 'optimize', '--target', target);
  expect(tuned).toMatchObject({
    exitCode: 0,
    document: { company: 'workday', company_version: 1, status: 'converged' },
  });
});

test('next month is one command, with the answers and the settings of before', async () => {
  await ask('--company', 'ukg', 'company', 'set', 'headcount_growth=.01', 'Band 3.mid=75000');
  const file = path.join(folder, 'next.csv');
  await writeFile(file, exportOf({ ...STYLES[4]!, name: 'UKG, a month later' }, 720));
  const next = await ask('company', 'add', file, '--name', 'ukg', '--as-of', '2025-01-31', '--yes');
  expect(next).toMatchObject({ exitCode: 0, document: { version: 3, employees: 720, as_of: '2025-01-31' } });
  const { document } = await ask('company', 'history', 'ukg');
  expect(
    (document['versions'] as readonly object[]).map((each) => ('action' in each ? each.action : '')),
  ).toEqual(['census', 'set', 'add']);
  expect((await ask('company', 'show', 'ukg', '--settings')).document).toMatchObject({
    version: 3,
    settings: { workforce: { start_year: 2026, headcount_growth: 0.01 } },
  });
  const shown = (await ask('company', 'show', 'ukg')).document as unknown as Report;
  expect(shown.levels[2]?.mid).toBe(75_000);
  const simulated = (await ask('--company', 'ukg', 'simulate', '--years', '2026-2026')).document;
  expect(simulated['years']).toMatchObject([{ year: 2026 }]);
});

test('what is open is refused at once with the option that answers it, and a dry run stores nothing', async () => {
  const file = path.join(folder, 'open.csv');
  await writeFile(
    file,
    'EmpID,DOB,Hired,Base pay,Currency\n1,1980-05-09,2010-03-15,60000,USD\n2,1980-05-09,2012-03-15,50000,EUR\n',
  );
  const refused = await ask('company', 'add', file, '--name', 'open');
  expect(refused).toMatchObject({
    exitCode: 2,
    document: {
      error: { code: 'CENSUS_QUESTIONS', message: expect.stringMatching(/--rates FILE.*--as-of 2012-03-31/) },
    },
  });
  expect(await ask('company', 'add', file, '--name', 'open', '--dry-run')).toMatchObject({
    exitCode: 2,
    document: { version: null, questions: [{ code: 'CURRENCIES' }, { code: 'AS_OF' }] },
  });
  expect((await ask('company', 'show', 'open')).document).toMatchObject({
    error: { code: 'COMPANY_UNKNOWN' },
  });
});

test.each([
  [['company', 'set', 'headcount_growth=5'], 'SETTING_INVALID', /must be from -0.5 to 0.5/],
  [['company', 'set', 'colour=5'], 'SETTING_INVALID', /is no setting; known: start_year/],
  [['company', 'set', 'IC2.mid=1'], 'ROW_INVALID', /hire_midpoint = 1: must lie between/],
  [['company', 'fit', '--accept', 'nothing'], 'REQUEST_INVALID', /settings that are proposed/],
])('%j is refused, and no version is made', async (argv, code, message) => {
  expect(await ask('--company', 'workday', ...argv)).toMatchObject({
    exitCode: 2,
    document: { error: { code, message: expect.stringMatching(message) } },
  });
  expect((await ask('company', 'show', 'workday')).document).toMatchObject({ version: 1 });
});

test('a fit is shown with its evidence, and what is accepted is the next version', async () => {
  await ask('--company', 'adp', 'company', 'set', 'total_termination_rate=.3');
  const { document } = await ask('--company', 'adp', 'company', 'fit');
  expect(document['proposals']).toContainEqual(
    expect.objectContaining({
      setting: 'total_termination_rate',
      today: 0.3,
      evidence: expect.stringMatching(/leavers of the year/),
    }),
  );
  const taken = await ask('--company', 'adp', 'company', 'fit', '--accept', 'total_termination_rate');
  expect(taken).toMatchObject({ exitCode: 0, document: { version: 3, action: 'fit' } });
  expect((await ask('--company', 'adp', 'company', 'fit')).document['proposals']).not.toContainEqual(
    expect.objectContaining({ setting: 'total_termination_rate' }),
  );
});
