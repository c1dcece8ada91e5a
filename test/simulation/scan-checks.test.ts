/** The checks that every trial runs find a fault in a kept table, and look again only at rows that are new. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { generateCensus } from '../../src/census/generate.js';
import { ScanChecks } from '../../src/simulation/engine/run-checks.js';
import { simulateCompany, type SimulatedCompany } from '../dbt/simulated-company.js';

let folder: string;
let company: SimulatedCompany;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'meritloop-scan-checks-'));
  const census = path.join(folder, 'census.parquet');
  await generateCensus({ employees: 1_000, seed: 7, out: census, baselineDate: '2024-12-31' });
  company = await simulateCompany({ folder, census });
});

afterAll(async () => {
  await company.database.close();
  await rm(folder, { recursive: true, force: true });
});

/** Runs `fault` on one person, then `work`, and takes the fault back. */
async function withFault(table: string, fault: string, where: string, work: () => Promise<void>) {
  await company.database.run(`create table kept as from ${table}`);
  try {
    await company.database.run(`
      update ${table} set ${fault} where (person_no, simulation_year) in (
        select (person_no, simulation_year) from ${table} where ${where} order by all limit 1)`);
    await work();
  } finally {
    await company.database.run(`
      delete from ${table}; insert into ${table} from kept; drop table kept;`);
  }
}

const check = (checks: ScanChecks, fingerprint: string) =>
  checks.run(company.database, () => fingerprint, 2029);

test('a simulated company passes', async () => {
  await expect(check(new ScanChecks(company), 'a')).resolves.toBeUndefined();
});

const PAY = 'int_pay_year';
const CAREER = 'int_workforce_year';

test.each([
  [PAY, 'closing_cents = closing_cents + 1', 'raise_amount_cents > 0'],
  [PAY, 'prorated_cents = 0', 'true'],
  [PAY, 'prorated_cents = closing_cents + 1', 'raise_amount_cents > 0'],
  [
    PAY,
    'starting_cents = 0, closing_cents = 0',
    'raise_amount_cents is null and promotion_amount_cents is null',
  ],
  [PAY, 'closing_cents = null', 'true'],
  [CAREER, 'closing_level = closing_level + 1', 'promotion_date is null'],
  [CAREER, 'raise_date = termination_date', 'raise_date is not null and termination_date is not null'],
  [CAREER, 'promotion_date = promotion_date + to_years(1)', 'promotion_date is not null'],
  [CAREER, 'termination_date = hire_date - 1', 'hired_in_year and termination_date is not null'],
  [CAREER, 'hired_in_year = not hired_in_year', 'true'],
  [CAREER, 'opening_level = 6, closing_level = 6', 'promotion_date is null'],
])('%s with %s is found', (table, fault, where) =>
  withFault(table, fault, where, async () => {
    await expect(check(new ScanChecks(company), 'a')).rejects.toMatchObject({
      code: 'INVARIANT_VIOLATED',
      message: expect.stringContaining(table) as string,
    });
  }),
);

test('rows that passed are not scanned again, others are', async () => {
  const checks = new ScanChecks(company);
  await check(checks, 'a');
  await withFault(PAY, 'prorated_cents = 0', 'true', async () => {
    await expect(check(checks, 'a')).resolves.toBeUndefined();
    await expect(check(checks, 'b')).rejects.toMatchObject({ code: 'INVARIANT_VIOLATED' });
    await expect(check(checks, 'b')).rejects.toMatchObject({ code: 'INVARIANT_VIOLATED' });
  });
});
