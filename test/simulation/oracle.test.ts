/** The models against a second, independent reading of the rule book, row for row on companies at the rules' edges. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadConfig } from '../../src/config.js';
import { compilePlan } from '../../src/simulation/model/compile-plan.js';
import type { Plan } from '../../src/simulation/model/plan.js';
import type { CensusRow, Company } from './oracle/company.js';
import { differences } from './oracle/differences.js';
import { SCENARIOS, writeDeliveredSeeds, writeOddSeeds } from './oracle/odd-seeds.js';
import { cents, decimal, whole } from './oracle/exact.js';
import { hiresFor, splitOverLevels } from './oracle/flow.js';
import { lateHires, longestHorizon, sameDays } from './oracle/chosen-companies.js';
import { randomCompany } from './oracle/random-company.js';
import type { EventRow } from './oracle/rows.js';
import { readRuleTables } from './oracle/rule-tables.js';
import { runModels } from './oracle/run-models.js';
import { simulateCompany } from './oracle/simulate-company.js';
import { SITUATIONS } from './oracle/situations.js';

const numbered = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const COMPANIES = [
  ['delivered', 'late hires'] as const,
  ['delivered', 'same days'] as const,
  ['delivered', 'longest horizon'] as const,
  ...numbered(30).map((number) => ['delivered', number] as const),
  ...numbered(15).map((number) => ['odd', number] as const),
];

let folder: string;
let plan: Plan;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'meritloop-oracle-'));
  const config = loadConfig({ home: folder });
  plan = await compilePlan(config);
  const seeds = path.join(config.projectRoot, 'seeds');
  await writeDeliveredSeeds(seeds, path.join(folder, 'delivered'));
  await writeOddSeeds(seeds, path.join(folder, 'odd'));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const CHOSEN = { 'late hires': lateHires, 'same days': sameDays, 'longest horizon': longestHorizon };

/** Random by number, or chosen by name. */
async function companyOf(seeds: string, which: number | keyof typeof CHOSEN): Promise<Company> {
  const tables = await readRuleTables(path.join(folder, seeds));
  const random = randomCompany({
    number: typeof which === 'number' ? which : 1,
    tables,
    scenarios: SCENARIOS,
  });
  return typeof which === 'number' ? random : CHOSEN[which](random);
}

const modelsOf = (company: Company, seeds = 'delivered') =>
  runModels(company, { plan, seedsFolder: path.join(folder, seeds), folder });

test.each(COMPANIES)(
  "%s seeds, company %s: every event, snapshot row and growth figure is the oracle's",
  async (seeds, which) => {
    const company = await companyOf(seeds, which);
    expect(differences(simulateCompany(company), await modelsOf(company, seeds)).slice(0, 20)).toEqual([]);
  },
);

describe('the oracle counts as the rule book does', () => {
  test.each([
    ['1.005', 101n],
    ['1.004999', 100n],
    ['-1.005', -101n],
    ['0.005', 1n],
  ])('%s USD are %s cents, half away from zero', (text, expected) => {
    expect(cents(text)).toBe(expected);
  });

  test.each([
    [69, '0.31', 100n],
    [70, '0.30', 100n],
    [1, '0.95', 20n],
    [71, '0.30', 102n],
  ])('%i more people at an early leaving rate of %s need %s hires', (net, rate, expected) => {
    expect(hiresFor(whole(net), decimal(rate))).toBe(expected);
  });

  test.each([
    [1, [1, 0, 0, 0, 0]],
    [2, [1, 1, 0, 0, 0]],
    [5, [2, 2, 1, 0, 0]],
    [7, [3, 2, 1, 1, 0]],
    [100, [40, 30, 20, 8, 2]],
  ])('%i hires are split into %j', async (count, expected) => {
    const { hireLevels } = await readRuleTables(path.join(folder, 'delivered'));
    expect([...splitOverLevels(count, hireLevels).values()]).toEqual(expected);
  });
});

test('the compared companies reach every rare situation', async () => {
  const unseen = new Set(Object.keys(SITUATIONS));
  for (const [seeds, which] of COMPANIES) {
    const rows = simulateCompany(await companyOf(seeds, which));
    for (const name of unseen) if (SITUATIONS[name]?.(rows)) unseen.delete(name);
  }
  expect([...unseen]).toEqual([]);
});

const NEWCOMER: CensusRow = {
  employee_id: '!first of all ids',
  birth_date: '1988-02-29',
  hire_date: '2011-05-05',
  termination_date: null,
  annual_salary: '81000.00',
  job_level: null,
};

describe('one more person in the census', () => {
  test.each([4, 12, 16, 21, 26])('changes no draw of anyone else: company %i', async (number) => {
    const company = await companyOf('delivered', number);
    const before = await modelsOf(company);
    const after = await modelsOf({ ...company, people: [...company.people, NEWCOMER] });
    const keyOf = (event: EventRow) => [event.employee_id, event.simulation_year, event.event_type].join(' ');
    const dates = new Map(before.events.map((event) => [keyOf(event), event.effective_date]));
    // Quotas decide who leaves and how many are hired, and the mean shape who is promoted; never when.
    const common = after.events.filter((event) => dates.has(keyOf(event)));
    expect(common.map((event) => [keyOf(event), event.effective_date])).toEqual(
      common.map((event) => [keyOf(event), dates.get(keyOf(event))]),
    );
    expect(common.length).toBeGreaterThan(0.5 * before.events.length);
    const births = new Map(before.snapshot.map((row) => [row.employee_id, row.birth_date]));
    for (const row of after.snapshot)
      expect([row.employee_id, births.get(row.employee_id) ?? row.birth_date]).toEqual([
        row.employee_id,
        row.birth_date,
      ]);
  });

  test('changes no row of anyone else where nobody leaves, is hired or promoted', async () => {
    const drawn = await companyOf('delivered', 20);
    const company: Company = {
      ...drawn,
      settings: { headcount_growth: 0, termination_rate: 0, new_hire_termination_rate: 0 },
      levers: drawn.levers.map((row) =>
        row.parameter_name === 'promotion_probability' ? { ...row, parameter_value: '0' } : row,
      ),
    };
    const before = await modelsOf(company);
    const after = await modelsOf({ ...company, people: [...company.people, NEWCOMER] });
    const others = {
      events: after.events.filter((event) => event.employee_id !== NEWCOMER.employee_id),
      snapshot: after.snapshot.filter((row) => row.employee_id !== NEWCOMER.employee_id),
      growth: before.growth,
      baseline: before.baseline,
    };
    expect(before.events.length).toBeGreaterThan(0);
    expect(differences(before, others)).toEqual([]);
  });
});

test('the order of the census rows changes nothing', async () => {
  const company = await companyOf('delivered', 12);
  const reversed = { ...company, people: company.people.toReversed() };
  expect(differences(await modelsOf(company), await modelsOf(reversed))).toEqual([]);
});
