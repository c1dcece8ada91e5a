/** The invariants hold on simulated companies, and each finds the fault that breaks its rule. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { generateCensus } from '../../src/census/generate.js';
import { FAULTS } from './invariant-faults.js';
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
  company.database.close();
  await rm(folder, { recursive: true, force: true });
});

/** Names of the checks that find a fault; an invariant by its id. */
async function findings({ checks, violations }: SimulatedCompany): Promise<string[]> {
  const found: string[] = [];
  for (const check of checks) {
    const rows = await violations(check);
    if (rows.length > 0) found.push(/^[A-Z]+-\d/.exec(check.description)?.[0] ?? check.name);
  }
  return found.toSorted();
}

test('every invariant is a check with its id in front', () => {
  const ids = company.checks.flatMap(({ description }) => /^[A-Z]+-\d/.exec(description) ?? []);
  expect(ids.toSorted()).toEqual(INVARIANTS.toSorted());
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
    other.database.close();
  }
});

test.each(FAULTS)('%s', async (_fault, sql, found) => {
  await company.database.run('begin');
  try {
    await company.database.run(sql);
    expect(await findings(company)).toEqual(found.toSorted());
  } finally {
    await company.database.run('rollback');
  }
});
