/** What a trial's lever set changes of the set that it starts from. */
import { withValues } from '../../src/levers/update-parameters.activities.js';
import type { LeverRow } from '../../src/levers/lever.contract.js';

const row = (scenario_id: string, fiscal_year: number, is_locked = false): LeverRow => ({
  scenario_id,
  fiscal_year,
  job_level: 1,
  event_type: 'RAISE',
  parameter_name: 'merit_base',
  parameter_value: 0.03,
  is_locked,
  created_at: '2024-12-31T00:00:00Z',
  created_by: 'seed',
});

const SPEC = { scenario: 'child', started_at: '2025-01-15T08:00:00Z', run_id: 'r1' };
const value = (fiscal_year: number, to: number) => ({
  fiscal_year,
  job_level: 1,
  parameter_name: 'merit_base' as const,
  value: to,
});

test('an inherited lever that moves becomes a row of the scenario, and the parent keeps its own', () => {
  const rows = [row('default', 2025), row('default', 2026)];
  expect(withValues(rows, [value(2026, 0.02)], SPEC)).toEqual([
    ...rows,
    {
      ...row('child', 2026),
      parameter_value: 0.02,
      created_at: SPEC.started_at,
      created_by: 'optimize r1',
    },
  ]);
});

test('rows of the scenario are replaced where they move and left byte for byte where they do not', () => {
  const rows = [row('child', 2025), row('child', 2026), row('default', 2025)];
  const [changed, same, parent] = withValues(rows, [value(2025, 0.05), value(2026, 0.03)], SPEC);
  expect(changed).toMatchObject({ parameter_value: 0.05, created_by: 'optimize r1' });
  expect(same).toBe(rows[1]);
  expect(parent).toBe(rows[2]);
});
