/** The effect of levers, on a real company: figures that are simulated, and parts that add up to the last bit. */
import path from 'node:path';
import { pino } from 'pino';
import { byHand } from '../../src/levers/gate.js';
import { atHome } from '../../src/levers/move-policy.pure.js';
import { impactReport, type ImpactReport } from '../../src/impact/impact.contract.js';
import { PARAMETER_NAMES } from '../../src/levers/lever.contract.js';
import { createImpactAnalyser, type ImpactAnalyser } from '../../src/dependencies.js';
import { formatLevers } from '../../src/levers/file.js';
import { writeWhole } from '../../src/shared/files/durable.js';
import { createCompany, setLever, type Company } from '../simulation/company.js';

let company: Company;
let analyser: ImpactAnalyser;
let census: string;
beforeAll(async () => {
  company = await createCompany({ employees: 400 });
  analyser = createImpactAnalyser(company.config, pino({ level: 'silent' }));
  census = path.join(company.config.home, 'census.parquet');
});
afterAll(async () => {
  await analyser.close();
  await company.remove();
});

const ask = (request: object): Promise<ImpactReport> => analyser.analyse({ census, ...request });
const cents = (usd: number): number => Math.round(usd * 100);
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Every parameter moves, in some places only. */
const ALL_FIVE = [
  { parameter_name: 'cola_rate', parameter_value: 0.017 },
  { parameter_name: 'merit_base', parameter_value: 0.031, years: [2026, 2027], levels: [1, 2, 3] },
  { parameter_name: 'promotion_probability', parameter_value: 0.04, levels: [1, 2] },
  { parameter_name: 'promotion_raise', parameter_value: 0.1 },
  { parameter_name: 'new_hire_salary_adjustment', parameter_value: 1.083333 },
];
const QUICK = { sensitivities: false };

function addsUp({ waterfall, difference }: ImpactReport): void {
  expect(sum(waterfall.map(({ growth }) => growth))).toBe(difference.growth);
  expect(sum(waterfall.map(({ payroll }) => cents(payroll)))).toBe(cents(difference.payroll));
  for (const [index, year] of difference.by_year.entries()) {
    const parts = waterfall.map(({ by_year }) => by_year[index]!);
    expect(sum(parts.map(({ growth }) => growth))).toBe(year.growth);
    expect(sum(parts.map(({ mean_pay }) => mean_pay))).toBe(year.mean_pay);
    expect(sum(parts.map(({ payroll }) => cents(payroll)))).toBe(cents(year.payroll));
  }
}

test.each([
  ['mean', 'average'],
  ['payroll', 'final-year'],
] as const)(
  '%s growth, %s: the parts of the waterfall add up to the difference',
  async (metric, target_mode) => {
    const report = await ask({ ...QUICK, assignments: ALL_FIVE, metric, target_mode });
    expect(impactReport.parse(report)).toEqual(report);
    expect(
      report.waterfall.map(({ parameter_name, levers_changed }) => [parameter_name, levers_changed]),
    ).toEqual([
      ['cola_rate', 25],
      ['merit_base', 6],
      ['promotion_probability', 10],
      ['promotion_raise', 25],
      ['new_hire_salary_adjustment', 25],
    ]);
    addsUp(report);
    expect(report.difference.growth).toBe(report.proposed.growth - report.baseline.growth);
    expect(report.waterfall.every(({ growth }) => growth !== 0)).toBe(true);
  },
);

test('every figure is that of a simulation of exactly these levers', async () => {
  const report = await ask({ ...QUICK, assignments: ALL_FIVE });
  const simulator = company.simulator();
  let before = await simulator.load(report.baseline.simulation_id);
  expect(report.baseline.growth).toBeCloseTo(before.mean_growth, 11);
  for (const part of report.waterfall) {
    // Simulated anew by another simulator, from the set that the part names.
    const spec = { ...company.spec, levers: part.lever_set };
    const { summary } = await simulator.simulate(spec, { keep: 'tables' });
    expect(summary.simulation_id).toBe(part.simulation_id);
    expect(part.growth).toBeCloseTo(summary.mean_growth - before.mean_growth, 11);
    expect(part.by_year[3]?.payroll).toBeCloseTo(summary.years[3]!.payroll - before.years[3]!.payroll, 5);
    before = summary;
  }
  expect(report.proposed.simulation_id).toBe(before.simulation_id);
});

test('raises, promotions, hires and leavers add up to the growth of each year, before, after and between', async () => {
  const { decomposition, proposed, difference } = await ask({ ...QUICK, assignments: ALL_FIVE });
  expect(decomposition).toHaveLength(5);
  for (const [index, pair] of (decomposition ?? []).entries()) {
    for (const parts of [pair.baseline, pair.proposed, pair.difference])
      expect(parts.leavers + parts.raises + parts.promotions + parts.hires).toBe(parts.growth);
    expect(pair.proposed.growth).toBe(proposed.by_year[index]?.growth);
    expect(pair.difference.growth).toBe(difference.by_year[index]?.growth);
  }
  expect((await ask({ ...QUICK, metric: 'median' })).decomposition).toBeNull();
});

test('steps, slopes and the heat map; asked again, nothing is simulated', async () => {
  const question = { assignments: ALL_FIVE.slice(0, 1), heat_map: 'year', years: '2025-2026' };
  const report = await ask(question);
  expect(report.tornado.map(({ parameter_name }) => parameter_name).toSorted()).toEqual(
    [...PARAMETER_NAMES].toSorted(),
  );
  const swings = report.tornado.map(({ growth_swing }) => Math.abs(growth_swing));
  expect(swings).toEqual(swings.toSorted((one, other) => other - one));
  for (const { parameter_name, method, growth_per_point } of report.elasticities) {
    const row = report.tornado.find((one) => one.parameter_name === parameter_name);
    // By one whole step to each side, but for promotion probabilities, which end at 0.
    const width = ((row?.up?.lever_change ?? 0) - (row?.down?.lever_change ?? 0)) * 100;
    expect(method).toBe('central');
    expect(growth_per_point).toBeCloseTo((row?.growth_swing ?? 0) / width, 9);
  }
  const merit = report.elasticities.find(({ parameter_name }) => parameter_name === 'merit_base');
  expect(merit?.growth_per_point).toBeGreaterThan(0.5);
  expect(merit?.growth_per_point).toBeLessThan(0.9);
  expect(report.heat_map).toHaveLength(10);
  expect(
    report.heat_map.every(({ job_level, fiscal_year }) => job_level === null && fiscal_year !== null),
  ).toBe(true);
  const again = await ask(question);
  expect(again.simulations_run).toBe(0);
  expect({ ...again, seconds: 0 }).toEqual({
    ...report,
    seconds: 0,
    simulations_run: 0,
    simulations_reused: report.simulations_run + report.simulations_reused,
  });
});

test('at the end of the hard range a step goes to one side only', async () => {
  const { levers: fingerprint } = await company.withLevers(setLever('cola_rate', 0.1));
  const file = path.join(company.config.home, 'high.csv');
  await writeWhole(file, formatLevers(await company.levers.load(fingerprint)));
  const report = await ask({ levers: file });
  const row = report.tornado.find(({ parameter_name }) => parameter_name === 'cola_rate');
  expect(row?.up).toBeNull();
  expect(row?.down?.lever_change).toBe(-0.01);
  expect(report.elasticities.find(({ parameter_name }) => parameter_name === 'cola_rate')?.method).toBe(
    'down',
  );
  const probability = report.tornado.find(({ parameter_name }) => parameter_name === 'promotion_probability');
  expect(probability?.down?.rows_held).toBe(0);
  expect(report.notices.join('\n')).toContain('cola_rate averages 0.1');
});

test('a scenario that inherits keeps its parent as it was', async () => {
  const rows = await company.levers.load(company.spec.levers);
  const own = rows.filter(({ parameter_name }) => parameter_name === 'cola_rate').slice(0, 5);
  const set = await company.levers.save([...rows, ...own.map((row) => ({ ...row, scenario_id: 'growth' }))]);
  await company.levers.publish({
    scenario: 'growth',
    fingerprint: set,
    expected: company.spec.levers,
    warrant: byHand(atHome('ann')),
    reason: 'test',
  });
  const report = await ask({ ...QUICK, scenario: 'growth', assignments: ALL_FIVE.slice(0, 2) });
  addsUp(report);
  const changed = await company.levers.load(report.proposed.lever_set);
  expect(changed.filter(({ scenario_id }) => scenario_id === 'default')).toEqual(rows);
});

test('an abort ends it as cancelled, and the next question is answered', async () => {
  const controller = new AbortController();
  const question = { census, seed: 77 };
  const options = { signal: controller.signal, onProgress: () => controller.abort() };
  await expect(analyser.analyse(question, options)).rejects.toMatchObject({ code: 'CANCELLED', exitCode: 5 });
  const report = await analyser.analyse({ ...question, ...QUICK });
  expect(report.simulations_run + report.simulations_reused).toBe(1);
});

test.each([
  ['an unknown key', { lever: 1 }, 'REQUEST_INVALID', 'lever'],
  [
    'a value outside the hard range',
    { assignments: [{ ...ALL_FIVE[0], parameter_value: 0.11 }] },
    'REQUEST_INVALID',
    'cola_rate',
  ],
  [
    'an unknown parameter',
    { assignments: [{ parameter_name: 'luck', parameter_value: 1 }] },
    'REQUEST_INVALID',
    'assignments.0.parameter_name',
  ],
  ['a year without levers', { assignments: [{ ...ALL_FIVE[0], years: [2031] }] }, 'REQUEST_INVALID', 'years'],
  ['plan years without levers', { years: '2029-2031' }, 'LEVER_MISSING', undefined],
  ['an unknown scenario', { scenario: 'nowhere' }, 'SCENARIO_UNKNOWN', undefined],
  ['a set that is not stored', { proposed: 'f'.repeat(64) }, 'LEVER_SET_UNKNOWN', undefined],
  ['a file that is not there', { proposed: '/nowhere.csv' }, 'FILE_MISSING', undefined],
  [
    'a metric without these people',
    { metric: 'median', statuses: ['new_hire_active'] },
    'NOT_SUPPORTED',
    undefined,
  ],
])('%s is a bad input', async (_, request, code, field) => {
  await expect(ask(request)).rejects.toMatchObject({
    code,
    exitCode: 2,
    ...(field === undefined ? {} : { fields: { field } }),
  });
});

test('a locked lever is no part of a proposal', async () => {
  const { levers: fingerprint } = await company.withLevers((row) => ({
    ...row,
    is_locked: row.fiscal_year === 2025,
  }));
  const file = path.join(company.config.home, 'locked.csv');
  await writeWhole(file, formatLevers(await company.levers.load(fingerprint)));
  await expect(ask({ levers: file, assignments: ALL_FIVE.slice(0, 1) })).rejects.toMatchObject({
    code: 'LEVER_LOCKED',
  });
});
