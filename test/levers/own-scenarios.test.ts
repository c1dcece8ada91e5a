/** Scenarios made in a home: they simulate, compare by what holds for them, and are promoted by two people. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { byHand } from '../../src/levers/gate.js';
import { atHome } from '../../src/levers/move-policy.pure.js';
import type { LeverRow } from '../../src/levers/lever.contract.js';
import { auditHome } from '../../src/runs/audit-runs.js';
import { assignLevers } from '../../src/levers/assign.js';
import {
  cloneScenario,
  compareScenarios,
  listScenarios,
  promoteScenario,
} from '../../src/levers/own-scenarios.js';
import { inheritance, readScenarios } from '../../src/levers/scenarios.js';
import { createCompany, type Company } from '../simulation/company.js';

let company: Company;
beforeEach(async () => {
  company = await createCompany({ employees: 200 });
});
afterEach(() => company.remove());

const cloning = { inherit: false, description: '', by: 'ann', reason: 'what if' };
const clone = (source: string, name: string, inherit = false) =>
  cloneScenario(company.config, { ...cloning, source, name, inherit });
const promotion = { by: 'ann', approved_by: 'ben', reason: 'board' };

/** As `levers set` does. */
async function setCola(scenario: string, value: number, years: readonly number[]): Promise<void> {
  const { config, levers } = company;
  const expected = await levers.current(scenario);
  const chain = inheritance(scenario, await readScenarios(config));
  const rows = assignLevers(await levers.load(expected), {
    scenario,
    chain,
    years,
    levels: [1, 2, 3, 4, 5],
    values: new Map([['cola_rate', value]]),
    by: 'ann',
    at: '2025-01-01T00:00:00Z',
  });
  const fingerprint = await levers.save(rows);
  await levers.publish({
    scenario,
    fingerprint,
    expected,
    action: 'set',
    warrant: byHand(atHome('ann')),
    reason: 'cola',
  });
}

test('a copy has the levers under its own name; the source and the seeds stay', async () => {
  const seeds = path.join(company.config.projectRoot, 'seeds', 'scenarios.csv');
  const before = await readFile(seeds, 'utf8');
  const source = await company.levers.load(company.spec.levers);
  const { scenario, move } = await clone('default', 'frugal');
  expect(scenario).toMatchObject({ scenario_id: 'frugal', parent_id: 'default', is_own: true });
  expect(move).toMatchObject({ action: 'clone', scenario: 'frugal', by: 'ann', reason: 'what if' });
  const rows = await company.levers.load(await company.levers.current('frugal'));
  expect(rows.filter(({ scenario_id }) => scenario_id === 'default')).toEqual(source);
  expect(rows.filter(({ scenario_id }) => scenario_id === 'frugal')).toHaveLength(source.length);
  expect((await compareScenarios(company.config, 'default', 'frugal')).changes).toEqual([]);
  expect(await company.levers.current('default')).toBe(company.spec.levers);
  expect(await readFile(seeds, 'utf8')).toBe(before);
});

test('a clone of a clone inherits, compares by what holds for it, and simulates with that', async () => {
  await clone('default', 'frugal', true);
  await setCola('frugal', 0.01, [2026]);
  await clone('frugal', 'uk', true);
  await setCola('uk', 0.03, [2028]);
  const list = await listScenarios(company.config);
  expect(list.map(({ scenario_id, inherits }) => [scenario_id, inherits])).toEqual([
    ['default', ['default']],
    ['frugal', ['frugal', 'default']],
    ['uk', ['uk', 'frugal', 'default']],
  ]);
  const { changes } = await compareScenarios(company.config, 'default', 'uk');
  expect(changes.map(({ fiscal_year, before, after }) => [fiscal_year, before, after])).toEqual([
    ...Array.from({ length: 5 }, () => [2026, 0.02, 0.01]),
    ...Array.from({ length: 5 }, () => [2028, 0.02, 0.03]),
  ]);

  const simulator = company.simulator();
  const spec = { ...company.spec, scenario: 'uk', levers: await company.levers.current('uk') };
  const resolved = await simulator.resolveLevers(spec);
  const cola = (year: number): LeverRow | undefined =>
    resolved.find((row) => row.fiscal_year === year && row.parameter_name === 'cola_rate');
  expect([2025, 2026, 2028].map((year) => [cola(year)?.scenario_id, cola(year)?.parameter_value])).toEqual([
    ['default', 0.02],
    ['frugal', 0.01],
    ['uk', 0.03],
  ]);
  const flat = await company.withLevers((row) => ({
    ...row,
    parameter_value:
      row.parameter_name !== 'cola_rate'
        ? row.parameter_value
        : ({ 2026: 0.01, 2028: 0.03 }[row.fiscal_year] ?? row.parameter_value),
  }));
  const [own, same] = [
    await simulator.simulate(spec, { keep: 'tables' }),
    await simulator.simulate(flat, { keep: 'summary' }),
  ];
  expect(own.summary.years.map(({ payroll }) => payroll)).toEqual(
    same.summary.years.map(({ payroll }) => payroll),
  );
});

test.each([
  ['a name that is taken', () => clone('default', 'default'), 'SCENARIO_EXISTS'],
  ['a source that is not there', () => clone('nowhere', 'new'), 'SCENARIO_UNKNOWN'],
  ['a name that is none', () => clone('default', '../x'), 'REQUEST_INVALID'],
  ['a comparison with nothing', () => compareScenarios(company.config, 'default', 'no'), 'SCENARIO_UNKNOWN'],
])('%s is refused', async (_, act, code) => {
  await expect(act()).rejects.toMatchObject({ code, exitCode: 2 });
  expect((await listScenarios(company.config)).map(({ scenario_id }) => scenario_id)).toEqual(['default']);
});

test('two clones of one name at once: one is made', async () => {
  const made = await Promise.allSettled([clone('default', 'twin'), clone('default', 'twin')]);
  expect(made.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
});

test('a promotion needs somebody else, a free hand and the set that was seen; the audit trail tells it row by row', async () => {
  const { config, levers } = company;
  await clone('default', 'frugal');
  await setCola('frugal', 0.01, [2026]);
  const promote = (changed: object) =>
    promoteScenario(config, { ...promotion, source: 'frugal', target: 'default', ...changed });
  for (const approved_by of ['ann', ' ANN ', 'a\u200Bnn'])
    await expect(promote({ approved_by })).rejects.toMatchObject({ code: 'OWN_CHANGE', exitCode: 2 });
  expect(await levers.current('default')).toBe(company.spec.levers);

  const promoted = await promote({});
  expect(promoted.changes.map(({ fiscal_year, scenario_id }) => [scenario_id, fiscal_year])).toEqual(
    Array.from({ length: 5 }, () => ['default', 2026]),
  );
  expect((await compareScenarios(config, 'default', 'frugal')).changes).toEqual([]);
  expect(await promote({})).toMatchObject({ move: null, changes: [] });

  await setCola('frugal', 0.02, [2026]);
  await expect(promote({ expected: company.spec.levers })).rejects.toMatchObject({ code: 'LEVERS_MOVED' });

  const trail = await auditHome(config, {});
  expect(trail.map(({ action, scenario, by }) => [action, scenario, by])).toEqual([
    ['set', 'frugal', 'ann'],
    ['promote', 'default', 'ben'],
    ['set', 'frugal', 'ann'],
    ['clone', 'frugal', 'ann'],
  ]);
  const [entry] = await auditHome(config, { scenario: 'default', lever: ['cola_rate'], levels: [3] });
  expect(entry).toMatchObject({
    reason: 'board (scenario frugal)',
    from: company.spec.levers,
    to: promoted.lever_set,
    approval: { outcome: 'approved', requested_by: 'ann', by: 'ben' },
    changes: [{ fiscal_year: 2026, job_level: 3, parameter_name: 'cola_rate', before: 0.02, after: 0.01 }],
  });
  expect(await auditHome(config, { lever: ['promotion_raise'], scenario: 'default' })).toEqual([]);
  expect(await auditHome(config, { who: 'BEN' })).toHaveLength(1);
});

test('a locked row of the target is refused, and nothing moves', async () => {
  const { levers, config } = company;
  await clone('default', 'frugal');
  await setCola('frugal', 0.01, [2026]);
  const rows = await levers.load(company.spec.levers);
  const locked = await levers.save(rows.map((row) => ({ ...row, is_locked: row.fiscal_year === 2026 })));
  await levers.publish({
    scenario: 'default',
    fingerprint: locked,
    expected: company.spec.levers,
    warrant: byHand(atHome('cora')),
    reason: 'lock',
  });
  await expect(
    promoteScenario(config, { ...promotion, source: 'frugal', target: 'default' }),
  ).rejects.toMatchObject({ code: 'LEVER_LOCKED' });
  expect(await levers.current('default')).toBe(locked);
});
