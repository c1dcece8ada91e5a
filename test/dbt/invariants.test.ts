/** The invariants hold on simulated companies, and each finds the fault that breaks its rule. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { generateCensus } from '../../src/census/generate.js';
import { countedTogether } from '../../src/simulation/model/check-rules.js';
import type { PlanCheck } from '../../src/simulation/model/plan.js';
import { FAULTS, RECOMPUTED_FAULTS } from './invariant-faults.js';
import { simulateCompany, type CompanyOptions, type SimulatedCompany } from './simulated-company.js';

const INVARIANTS = [
  'HC-1',
  'HC-2',
  'HC-3',
  'ID-1',
  'ID-2',
  'EV-1',
  'EV-2',
  'PAY-1',
  'PAY-2',
  'PAY-3',
  'PAY-4',
  'LV-1',
  'AGE-1',
  'ST-1',
  'PAR-1',
  'CFG-1',
  'CH-1',
  'CH-2',
  'CH-3',
  'CH-4',
  'CH-5',
  'CH-6',
  'CH-7',
  'CH-8',
  'CH-9',
  'RE-1',
  'RE-2',
  'RE-3',
  'ID-3',
];

let folder: string;
let census: string;
let company: SimulatedCompany;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'meritloop-invariants-'));
  census = path.join(folder, 'census.parquet');
  await generateCensus({ employees: 1_000, seed: 7, out: census, baselineDate: '2024-12-31' });
  company = await simulateCompany({ folder, census });
});

afterAll(async () => {
  await company.database.close();
  await rm(folder, { recursive: true, force: true });
});

const idOf = ({ description, name }: PlanCheck): string => /^[A-Z]+-\d/.exec(description)?.[0] ?? name;

/** The checks that find a fault, an invariant by its id; each is asked, also those that follow from others. */
async function findings({ checks, database }: SimulatedCompany): Promise<string[]> {
  const found: string[] = [];
  for (const counted of countedTogether(checks)) {
    const [row] = await database.rows(counted.sql);
    found.push(
      ...counted.checks.flatMap((check, index) => (Number(row?.[`c${index}`]) > 0 ? [idOf(check)] : [])),
    );
  }
  return found.toSorted();
}

const idsOf = (proof: PlanCheck['proof']) =>
  new Set(company.checks.filter((check) => check.proof === proof).map(idOf));

test('every invariant is a check with its id in front', () => {
  const ids = company.checks.flatMap(({ description }) => /^[A-Z]+-\d/.exec(description) ?? []);
  expect(ids.toSorted()).toEqual(INVARIANTS.toSorted());
});

test('an invariant is named by what it holds; its id stands in its meta', () => {
  const invariants = company.checks.flatMap(({ name, invariant }) => (invariant === null ? [] : [name]));
  expect(invariants).toHaveLength(INVARIANTS.length);
  expect(invariants.filter((name) => /\d/.test(name))).toEqual([]);
  for (const check of company.checks.filter(({ invariant }) => invariant !== null))
    expect(idOf(check)).toBe(check.invariant);
});

test('a simulated company breaks no rule', async () => {
  expect(await findings(company)).toEqual([]);
});

test.each<[string, Omit<CompanyOptions, 'folder' | 'census'>]>([
  [
    'a headcount that halves',
    {
      settings: { headcount_growth: -500_000, termination_rate: 120_000, new_hire_termination_rate: 250_000 },
    },
  ],
  [
    'a headcount that stays, without leavers',
    { settings: { headcount_growth: 0, termination_rate: 0, new_hire_termination_rate: 0 } },
  ],
  [
    'the highest rates',
    {
      years: { first: 2025, last: 2026 },
      settings: { headcount_growth: 500_000, termination_rate: 950_000, new_hire_termination_rate: 950_000 },
    },
  ],
  ['one year', { years: { first: 2025, last: 2025 } }],
])('no rule is broken by %s', async (_title, options) => {
  const other = await simulateCompany({ folder, census, ...options });
  try {
    expect(await findings(other)).toEqual([]);
  } finally {
    await other.database.close();
  }
});

async function withFault(sql: string, look: () => Promise<void>): Promise<void> {
  await company.database.run('begin');
  try {
    await company.database.run(sql);
    await look();
  } finally {
    await company.database.run('rollback');
  }
}

test.each(FAULTS)('%s', (_fault, sql, found) =>
  withFault(sql, async () => {
    const names = await findings(company);
    const recomputing = idsOf('recomputes');
    expect(names.filter((name) => !recomputing.has(name))).toEqual(found.toSorted());
    // What follows from the recomputing checks is not asked where they find nothing.
    const isProven = names.every((name) => !recomputing.has(name));
    expect(isProven ? found.filter((name) => idsOf('follows').has(name)) : []).toEqual([]);
  }),
);

test.each(RECOMPUTED_FAULTS)('%s', (_fault, sql, found) =>
  withFault(sql, async () => expect(await findings(company)).toEqual(found.toSorted())),
);

test('a check counts the same rows alone and together with others', async () => {
  await withFault(FAULTS[0]?.[1] ?? '', async () => {
    const together: Record<string, number> = {};
    for (const { checks, sql } of countedTogether(company.checks)) {
      const [row] = await company.database.rows(sql);
      for (const [index, { name }] of checks.entries()) together[name] = Number(row?.[`c${index}`]);
    }
    const alone: Record<string, number> = {};
    for (const { name, sql } of company.checks) {
      const [row] = await company.database.rows(`select count(*) as found from (${sql})`);
      alone[name] = Number(row?.['found']);
    }
    expect(together).toEqual(alone);
    expect(Object.keys(alone).length).toBe(company.checks.length);
  });
});
