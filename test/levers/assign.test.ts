/** Levers set by hand: which rows change, which never do. */
import type { LeverRow } from '../../src/levers/lever.contract.js';
import { assignLevers, type Assignment } from '../../src/levers/assign.js';
import { describeChange, leverChanges, summarizeChanges } from '../../src/levers/changes.js';

const row = (change: Partial<LeverRow> = {}): LeverRow => ({
  scenario_id: 'default',
  fiscal_year: 2025,
  job_level: 1,
  event_type: 'RAISE',
  parameter_name: 'merit_base',
  parameter_value: 0.04,
  is_locked: false,
  created_at: '2024-12-31T00:00:00Z',
  created_by: 'seed',
  ...change,
});

const assign = (change: Partial<Assignment> = {}): Assignment => ({
  scenario: 'default',
  chain: ['default'],
  years: [2025],
  levels: [1],
  values: new Map([['merit_base', 0.05]]),
  by: 'ann',
  at: '2025-01-01T00:00:00Z',
  ...change,
});

const made = { created_at: '2025-01-01T00:00:00Z', created_by: 'ann' };

test('a changed row says who made it and when; all others stay as they are', () => {
  const rows = [row(), row({ job_level: 2 }), row({ fiscal_year: 2026 })];
  expect(assignLevers(rows, assign()).toSorted((a, b) => b.parameter_value - a.parameter_value)).toEqual([
    row({ parameter_value: 0.05, ...made }),
    rows[1],
    rows[2],
  ]);
});

test('a row that has the value already is left as it is, also when it is locked', () => {
  const rows = [row({ parameter_value: 0.05, is_locked: true })];
  expect(assignLevers(rows, assign())).toEqual(rows);
});

test('a year without rows gets them', () => {
  const rows = assignLevers([row()], assign({ years: [2030, 2031], levels: [1, 2] }));
  expect(rows).toHaveLength(5);
  expect(rows).toContainEqual(row({ fiscal_year: 2031, job_level: 2, parameter_value: 0.05, ...made }));
});

test('a scenario gets rows of its own, also for a value that its parent has; the parent keeps its rows', () => {
  const growth = {
    scenario: 'growth',
    chain: ['growth', 'default'],
    values: new Map([['merit_base', 0.04]]),
  };
  const rows = assignLevers([row()], assign(growth as Partial<Assignment>));
  expect(rows).toEqual([row(), row({ scenario_id: 'growth', ...made })]);
});

test.each([
  ['its own', 'default', ['default']],
  ['inherited', 'growth', ['growth', 'default']],
])('locked rows, %s, are refused by year, level and parameter', (_, scenario, chain) => {
  const rows = [row({ is_locked: true }), row({ job_level: 2 }), row({ job_level: 3, is_locked: true })];
  expect(() => assignLevers(rows, assign({ scenario, chain, levels: [1, 2, 3] }))).toThrow(
    `locked rows of ${scenario} would change: 2025 L1 merit_base, 2025 L3 merit_base`,
  );
});

test('differences are of values and locks, not of who made a row', () => {
  const before = [row(), row({ job_level: 2 }), row({ job_level: 3 }), row({ job_level: 4 })];
  const after = [
    row(made),
    row({ job_level: 2, parameter_value: 0.041 }),
    row({ job_level: 3, is_locked: true }),
    row({ job_level: 5 }),
  ];
  const changes = leverChanges(before, after);
  expect(changes.map(describeChange)).toEqual([
    'default 2025 L2 merit_base 0.04 -> 0.041',
    'default 2025 L3 merit_base 0.04 (unlocked) -> 0.04 (locked)',
    'default 2025 L4 merit_base 0.04 -> none',
    'default 2025 L5 merit_base none -> 0.04',
  ]);
  expect(summarizeChanges(changes)).toBe(
    `${changes.slice(0, 3).map(describeChange).join('; ')} and 1 more changes`,
  );
  expect(leverChanges(after, before)).toHaveLength(4);
  expect(summarizeChanges(leverChanges(before, before.toReversed()))).toBe('the same values and locks');
});
