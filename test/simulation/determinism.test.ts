/** Same inputs, same bytes; and what may not matter, does not. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Database, literal } from '../../src/simulation/engine/database.js';
import { createCompany, type Company } from './company.js';

const FILES = ['fct_yearly_events.parquet', 'fct_workforce_snapshot.parquet', 'levers.csv'];

/** Digests of the events and the workforce of the sample company, with the delivered levers, seeds and settings. */
const SAMPLE_DIGESTS = [
  '6656554128323cec7c29e79badbc840262c6a14321884d96cb9045a827c521eb',
  'f84886640e961d8f16acb421bde318bff0097eb972cc9a1de2eb63bc54bfced5',
];

let company: Company;
beforeAll(async () => {
  company = await createCompany();
});
afterAll(() => company.remove());

const folderOf = (id: string, home = company.config.home) => path.join(home, 'simulations', id);

async function digests(folder: string): Promise<string[]> {
  return Promise.all(
    FILES.map(async (file) =>
      createHash('sha256')
        .update(await readFile(path.join(folder, file)))
        .digest('hex'),
    ),
  );
}

async function query(sql: string) {
  const database = await Database.open(':memory:', { spillFolder: company.config.home });
  try {
    return await database.rows(sql);
  } finally {
    await database.close();
  }
}

const eventsOf = (id: string) =>
  `read_parquet(${literal(path.join(folderOf(id), 'fct_yearly_events.parquet'))})`;

test('two homes make the same id and the same bytes', async () => {
  const twin = await createCompany();
  try {
    const [one, two] = await Promise.all([
      company.simulator().simulate(company.spec, { keep: 'tables' }),
      twin.simulator().simulate(twin.spec, { keep: 'tables' }),
    ]);
    expect(two.summary.simulation_id).toBe(one.summary.simulation_id);
    const id = one.summary.simulation_id;
    expect(await digests(folderOf(id, twin.config.home))).toEqual(await digests(folderOf(id)));
    const summaries = await Promise.all(
      [company, twin].map(async ({ config }) => {
        const { seconds, ...rest } = JSON.parse(
          await readFile(path.join(folderOf(id, config.home), 'summary.json'), 'utf8'),
        ) as { seconds: number };
        expect(seconds).toBeGreaterThan(0);
        return rest;
      }),
    );
    expect(summaries[1]).toEqual(summaries[0]);
  } finally {
    await twin.remove();
  }
});

test('the order of the census rows changes neither id nor result', async () => {
  const shuffled = path.join(company.config.home, 'shuffled.csv');
  const census = path.join(company.config.home, 'census.parquet');
  await query(
    `copy (from read_parquet(${literal(census)}) order by md5(employee_id)) to ${literal(shuffled)}`,
  );
  const simulator = company.simulator();
  const straight = await simulator.simulate(company.spec, { keep: 'summary' });
  const other = await simulator.simulate(await company.withCensus(shuffled), { keep: 'summary' });
  expect(other.summary.simulation_id).toBe(straight.summary.simulation_id);
});

test('one person more changes nobody else’s dates and draws', async () => {
  const census = path.join(company.config.home, 'census.parquet');
  const larger = path.join(company.config.home, 'larger.parquet');
  await query(`copy (from read_parquet(${literal(census)}) union all by name select 'AAA_1' as employee_id,
    date '1980-05-05' as birth_date, date '2015-03-01' as hire_date, null as termination_date,
    90000 as annual_salary, 2 as job_level) to ${literal(larger)}`);
  const simulator = company.simulator();
  const before = await simulator.simulate(company.spec, { keep: 'tables' });
  const after = await simulator.simulate(await company.withCensus(larger), { keep: 'tables' });
  // Quotas may choose another leaver; whoever has the same event has it on the same day, at the same probability.
  const [joined] = await query(`
    select count(*) as events, count(*) filter (where a.effective_date <> b.effective_date) as moved
    from ${eventsOf(before.summary.simulation_id)} a
    join ${eventsOf(after.summary.simulation_id)} b using (simulation_year, employee_id, event_category)
    where simulation_year = 2025`);
  expect(joined).toMatchObject({ moved: 0 });
  expect(Number(joined?.['events'])).toBeGreaterThan(900);
});

test('another seed chooses other leavers', async () => {
  const simulator = company.simulator();
  const one = await simulator.simulate(company.spec, { keep: 'tables' });
  const two = await simulator.simulate({ ...company.spec, seed: 43 }, { keep: 'tables' });
  const [same] = await query(`
    select count(*) as leavers from ${eventsOf(one.summary.simulation_id)} a
    join ${eventsOf(two.summary.simulation_id)} b using (simulation_year, employee_id, event_category)
    where event_category = 'experienced_termination' and simulation_year = 2025`);
  const quota = one.summary.years[0]?.experienced_terminations ?? 0;
  expect(quota).toBeGreaterThan(100);
  expect(Number(same?.['leavers'])).toBeLessThan(quota / 2);
});

test.each([
  ['who locked a lever', (locked: boolean) => ({ is_locked: locked })],
  ['who created a lever', (changed: boolean) => (changed ? { created_by: 'somebody' } : {})],
])('%s does not change the id', async (_, change) => {
  const simulator = company.simulator();
  const plain = await simulator.simulate(company.spec, { keep: 'summary' });
  const spec = await company.withLevers((row) => ({ ...row, ...change(true) }));
  expect(spec.levers).not.toBe(company.spec.levers);
  const changed = await simulator.simulate(spec, { keep: 'summary' });
  expect(changed.summary.simulation_id).toBe(plain.summary.simulation_id);
});

test.each(['merit_base', 'cola_rate', 'promotion_raise', 'new_hire_salary_adjustment'] as const)(
  'raising %s never lowers total pay (MONO-1)',
  async (parameter) => {
    const simulator = company.simulator();
    const before = await simulator.simulate(company.spec, { keep: 'summary' });
    const raised = await company.withLevers((row) =>
      row.parameter_name === parameter ? { ...row, parameter_value: row.parameter_value * 1.1 } : row,
    );
    const after = await simulator.simulate(raised, { keep: 'summary' });
    const payrolls = (years: typeof after.summary.years) => years.map(({ payroll }) => payroll);
    for (const [index, payroll] of payrolls(after.summary.years).entries()) {
      expect(payroll).toBeGreaterThan(payrolls(before.summary.years)[index] ?? Number.POSITIVE_INFINITY);
    }
  },
);

test('a lever that moves alone moves growth as its sensitivity says', async () => {
  const simulator = company.simulator();
  const before = await simulator.simulate(company.spec, { keep: 'summary' });
  const sensitivities = await simulator.sensitivities(company.spec);
  const step = 0.001;
  const spec = await company.withLevers((row) =>
    row.parameter_name === 'merit_base' && row.job_level === 2 && row.fiscal_year === 2026
      ? { ...row, parameter_value: row.parameter_value + step }
      : row,
  );
  const after = await simulator.simulate(spec, { keep: 'summary' });
  const lever = sensitivities.find(
    (row) => row.parameter_name === 'merit_base' && row.job_level === 2 && row.fiscal_year === 2026,
  );
  for (const [index, year] of after.summary.years.entries()) {
    const measured = (year.growth - (before.summary.years[index]?.growth ?? 0)) / step;
    expect(measured).toBeCloseTo(lever?.growth_by_year[year.year] ?? Number.NaN, 1);
  }
});

test('any first year and length', async () => {
  const simulator = company.simulator();
  const spec = await company.withLevers((row) => ({ ...row, fiscal_year: row.fiscal_year + 3 }));
  const leap = await simulator.simulate({ ...spec, years: { first: 2028, last: 2028 } }, { keep: 'tables' });
  expect(leap.summary.years.map(({ year }) => year)).toEqual([2028]);
  const three = await simulator.simulate({ ...spec, years: { first: 2029, last: 2031 } }, { keep: 'tables' });
  expect(three.summary.years).toHaveLength(3);
  const two = await simulator.simulate({ ...spec, years: { first: 2029, last: 2030 } }, { keep: 'tables' });
  expect(two.summary.years).toEqual(three.summary.years.slice(0, 2));
});

test('every lever that is missing is named at once, with the command that sets them', async () => {
  const simulator = company.simulator();
  const refused = simulator.simulate(
    { ...company.spec, years: { first: 2025, last: 2031 } },
    { keep: 'summary' },
  );
  await expect(refused).rejects.toMatchObject({
    code: 'LEVER_MISSING',
    message: expect.stringMatching(/2030–2031, level 1–5: .*merit_base.*cola_rate/) as string,
    hint: expect.stringMatching(/`meritloop levers set .* --years 2030-2031 --level 1-5 /) as string,
  });
});

test('the default sample grows as the domain expects', async () => {
  const sample = await company.withCensus(
    path.join(company.config.projectRoot, 'seeds', 'sample_census.parquet'),
  );
  const { summary } = await company.simulator().simulate(sample, { keep: 'tables' });
  // What no change of the code may move unseen.
  expect((await digests(folderOf(summary.simulation_id))).slice(0, 2)).toEqual(SAMPLE_DIGESTS);
  expect(summary.mean_growth).toBeGreaterThan(3.7);
  expect(summary.mean_growth).toBeLessThan(4);
  for (const { growth, decomposition: parts } of summary.years) {
    expect(parts.raises + parts.promotions + parts.hires + parts.leavers).toBeCloseTo(growth, 9);
  }
});
